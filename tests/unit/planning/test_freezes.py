"""The words of a feature freeze: chosen, checked against the site, told."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.campaign import ANY, Freeze
from prodworkflow.domain.planning.freezes import (
    chosen,
    FreezeWords,
    misfits,
    notices,
    problems_of,
)
from prodworkflow.domain.rules.words.options import Options

USUAL = Freeze('first')
OWN = Freeze('first', ('Fehler', 'defect'), 'hoch')
SITE = {'type': Options(('Wunsch', 'Fehler', 'a, b')),
        'priority': Options(('hoch', 'Not set', 'niedrig'))}
TRAC = {'type': Options(('defect', 'task')),
        'priority': Options(('blocker', 'critical'))}


def asked(types=None, priority=None, freeze=USUAL, site=SITE):
    """The freeze that is chosen, and the problems."""
    problems = []
    return chosen(freeze, FreezeWords(types, priority), site, problems), \
        problems


@pytest.mark.parametrize(('types', 'priority', 'found'), [
    pytest.param(None, None, USUAL, id='nothing'),
    pytest.param('Fehler', None, Freeze('first', ('Fehler',)), id='a type'),
    pytest.param(' Wunsch , Fehler,Wunsch', None,
                 Freeze('first', ('Wunsch', 'Fehler')), id='types, once each'),
    pytest.param('"a, b"', None, Freeze('first', ('a, b',)),
                 id='type with a comma'),
    pytest.param(None, ' hoch ', Freeze('first', priority='hoch'),
                 id='a priority'),
    pytest.param(None, '"Not set"', Freeze('first', priority='Not set'),
                 id='priority in quotation marks'),
    pytest.param(None, 'Not set', Freeze('first', priority='Not set'),
                 id='priority with a blank'),
    pytest.param('*', '*', Freeze('first', (ANY,), ANY), id='any'),
    pytest.param('defect', 'critical', USUAL,
                 id='what it has, though the site lacks it'),
])
def test_words_of_the_site_are_taken(types, priority, found):
    assert asked(types, priority) == (found, [])


@pytest.mark.parametrize(('types', 'priority', 'field', 'words'), [
    pytest.param('Feler', None, 'freeze-types',
                 'Feature freeze: "Feler" is no type that Trac knows. Did you '
                 'mean Fehler? It has Fehler, Wunsch and "a, b". Choose by '
                 '--freeze-types=Fehler, or in the form.', id='type'),
    pytest.param(None, 'set', 'freeze-priority',
                 'Feature freeze: "set" is no priority that Trac knows. It '
                 'has hoch, "Not set" and niedrig. Choose by '
                 '--freeze-priority=PRIORITY, or in the form.',
                 id='priority'),
    pytest.param(None, 'not set', 'freeze-priority',
                 'Feature freeze: "not set" is no priority that Trac knows. '
                 'Did you mean Not set? It has "Not set", hoch and niedrig. '
                 "Choose by --freeze-priority='\"Not set\"', or in the form.",
                 id='priority that is clear'),
    pytest.param(' , ', None, 'freeze-types',
                 'Name the ticket types that may enter, or * for any.',
                 id='no type'),
    pytest.param(None, ' ', 'freeze-priority',
                 'Name the least urgent priority that may enter, or * for '
                 'any.', id='no priority'),
    pytest.param('a "b', None, 'freeze-types',
                 '"a "b": put commas between types, and a type that holds '
                 'commas or quotation marks in quotation marks, each mark in '
                 'it twice.', id='misquoted'),
])
def test_other_words_are_told_with_those_that_are_nearest(
        types, priority, field, words):
    assert asked(types, priority)[1] == [(field, words)]


@pytest.mark.parametrize(('given', 'field'), [
    (('Fehler', None), 'freeze-types'), ((None, 'hoch'), 'freeze-priority')])
def test_campaign_without_a_freeze_takes_no_words(given, field):
    assert asked(*given, freeze=None) == (None, [(
        field, 'The campaign has no feature freeze, which its template would '
        'name in [freeze]; leave this out.')])
    assert asked(freeze=None) == (None, [])


def test_words_are_compared_with_nothing_where_the_site_is_unknown():
    assert asked('x', 'y', site=None) == (Freeze('first', ('x',), 'y'), [])
    assert list(misfits(OWN, None)) == []
    assert list(misfits(None, SITE)) == []


def test_site_without_types_can_only_let_any_in():
    assert [w for _, _, w in misfits(USUAL, {})] == [
        'Feature freeze: "defect" is no type that Trac knows. It has none. '
        "Choose by --freeze-types='*', or in the form.",
        'Feature freeze: "critical" is no priority that Trac knows. It has '
        "none. Choose by --freeze-priority='*', or in the form."]
    assert asked('*', '*', site={}) == (Freeze('first', (ANY,), ANY), [])


@pytest.mark.parametrize(('freeze', 'own', 'site', 'wrong', 'told'), [
    pytest.param(USUAL, USUAL, TRAC, 0, 0, id='all there'),
    pytest.param(USUAL, USUAL, SITE, 0, 2, id='usual ones lack'),
    pytest.param(OWN, OWN, SITE, 0, 1, id='one usual one lacks'),
    pytest.param(OWN, OWN, TRAC, 2, 0, id='the template\'s own lack'),
    pytest.param(USUAL, OWN, TRAC, 0, 0, id='chosen anew'),
    pytest.param(OWN, USUAL, TRAC, 0, 0, id='chosen, so told elsewhere'),
    pytest.param(None, None, TRAC, 0, 0, id='no freeze'),
])
def test_own_words_that_lack_are_problems_and_usual_ones_are_told(
        freeze, own, site, wrong, told):
    found = problems_of(freeze, own, site)
    assert [field for field, _ in found] == ['template'] * wrong
    assert all(words.startswith('Feature freeze: "') for _, words in found)
    assert len(notices(freeze, site)) == told


@pytest.mark.parametrize(('types', 'priority', 'found'), [
    (None, None, ('a', 'b')), ('x', None, ('x', 'b')),
    (None, 'y', ('a', 'y')), ('', '', ('', ''))])
def test_words_overrule_others_as_far_as_they_are_given(
        types, priority, found):
    assert FreezeWords('a', 'b').overruled(
        FreezeWords(types, priority)) == FreezeWords(*found)


def test_of_types_that_cannot_be_read_so_much_is_told():
    _, ((field, words),) = asked('"' + 'x' * 99)
    assert field == 'freeze-types'
    assert words == (
        '"' + ('"' + 'x' * 63) + '": put commas between types, and a type '
        'that holds commas or quotation marks in quotation marks, each mark '
        'in it twice.')
