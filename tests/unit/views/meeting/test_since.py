"""What has changed in a campaign since a moment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.ledger.history import history
from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.views.meeting.kinds import Kind, kind_of, mark_of
from prodworkflow.domain.views.meeting.since import changes_since, Mention
from support.factories import ASKED, entry, requirement, state
from support.ledgers import EVERY

FREEZE, RESULTS = 'feature-freeze', 'physics-results'


def changed(*found, moment=0, now=None):
    """The changes of entries, numbered and timed as they come, from 1."""
    now = now or state()
    entries = [replace(e, number=n, time=n)
               for n, e in enumerate(found, 1)]
    return changes_since(history(entries, now), moment, now)


def said(changes):
    return [(line.kind.value, line.mark, line.count,
             [m.ticket for m in line.mentions]) for line in changes.lines]


def test_nothing_has_changed_where_no_event_is_late_enough():
    changes = changed(entry('approved', FREEZE), moment=2)
    assert changes.count == 0
    assert (changes.lines, changes.told, changes.moved) == ((), (), ())


def test_each_way_of_changing_is_a_line_in_a_fixed_order():
    changes = changed(
        entry('waived', RESULTS, statement='Small.'),
        entry('objected', 'software-quality', statement='It crashes.'),
        entry('rejected', 'release-validated', statement='No.'),
        entry('approved', FREEZE, statement='Fine.'),
        entry('attachment-changed', 'runtime-performance'))
    assert said(changes) == [
        ('signed', 'met', 1, [1]), ('rejected', 'rejected', 1, [4]),
        ('asked-again', 'stale', 1, [6]), ('waived', 'waived', 1, [7]),
        ('withdrawn', 'withdrawn', 1, [2])]
    assert changes.count == 5


def test_a_report_is_told_where_nothing_else_is_of_its_sign_off():
    report = {'evidence': [], 'statement': ''}
    changes = changed(
        entry('reported', FREEZE, **report), entry('reported', FREEZE),
        entry('reported', RESULTS, **report),
        entry('approved', RESULTS, statement='Fine.'))
    assert said(changes) == [('signed', 'met', 1, [7]),
                             ('reported', '', 1, [1])]
    assert changes.count == 2


def test_a_rejection_is_quoted_with_its_author_and_a_signature_is_not():
    changes = changed(entry('rejected', FREEZE, statement='No.'),
                      entry('approved', RESULTS, statement='Fine.'))
    signed, rejected = changes.lines
    assert rejected.mentions == (Mention('Feature Freeze', 1, 1, 'anna',
                                         'No.'),)
    assert signed.mentions == (Mention('Physics results ok', 7),)


def test_what_two_people_signed_counts_once():
    changes = changed(entry('approved', FREEZE), entry('approved', FREEZE))
    assert said(changes) == [('signed', 'met', 1, [1])]


def test_a_release_asks_again_only_what_was_signed_and_is_still_asked():
    release = entry('released', stale=[FREEZE, RESULTS, 'gone'],
                    release='V2')
    changes = changed(entry('approved', FREEZE), entry('approved', 'gone'),
                      release, moment=3)
    assert said(changes) == [('asked-again', 'stale', 1, [1])]
    assert [e.verb for e in changes.told] == ['released']
    assert changed(entry('approved', FREEZE), release, release,
                   moment=3).lines == ()


def test_many_of_one_group_are_told_by_their_number():
    members = [replace(requirement(FREEZE), key=f'site.{n}', title=f'At {n}',
                       ticket=n, group='site') for n in range(10, 16)]
    now = replace(state(requirements=members), groups=(
        Group('site', 'sites', 'Valid at each site', 'software-preparation',
              'all'),))
    signed = [entry('approved', r.key) for r in members]
    line, = changed(*signed, now=now).lines
    assert line.mentions == (Mention('Valid at each site', count=6),)
    line, = changed(*signed[:3], now=now).lines
    assert [m.ticket for m in line.mentions] == [10, 11, 12]
    line, = changed(*(entry('rejected', r.key) for r in members),
                    now=now).lines
    assert len(line.mentions) == 6


def test_holds_members_and_releases_are_told_in_their_own_words():
    changes = changed(entry('held', reason='Storage.'),
                      entry('rescheduled', start='2026-07-06',
                            was='2026-06-29'),
                      entry('item-dropped', list='sites', item='ral',
                            name='RAL', reason='Left.'))
    assert [e.verb for e in changes.told] == ['held', 'item-dropped']
    assert [e.verb for e in changes.moved] == ['rescheduled']
    assert changes.count == 3


@pytest.mark.parametrize('verb', EVERY)
def test_every_verb_has_a_kind_with_words(verb):
    event, = history([entry(verb, **EVERY[verb])], state())
    assert kind_of(event) in Kind
    assert kind_of(event).words
    assert isinstance(mark_of(event), str)


@pytest.mark.parametrize(('verb', 'mark'), [
    ('approved', 'met'), ('released', 'stale'), ('reported', '')])
def test_an_event_has_the_mark_of_its_verb(verb, mark):
    event, = history([entry(verb, FREEZE, **EVERY[verb])], state())
    assert mark_of(event) == mark


def test_events_know_what_they_are_about():
    first, second, third = history([
        entry('approved', FREEZE, statement='Fine.'),
        entry('item-added', item={'key': 'ral', 'name': 'RAL'}, list='sites',
              reason='New.'),
        entry('item-dropped', item='ral', list='sites')],
        state(requirements=[requirement(FREEZE, item='cnaf')]))
    assert (first.verb, first.requirement, first.ticket, first.item,
            first.said) == ('approved', FREEZE, 1, 'cnaf', 'Fine.')
    assert (second.item, second.said) == ('ral', 'New.')
    assert (third.item, third.again) == ('ral', ())


def asked_again(*members, groups=(), **changes):
    """The changes of a release that asks approved members again."""
    now = replace(state(requirements=members), groups=groups)
    keys = [r.key for r in members]
    return changed(*(entry('approved', key) for key in keys),
                   entry('released', stale=keys, release='V2'),
                   *changes.pop('after', ()), moment=len(keys) + 1, now=now)


def test_what_is_asked_again_is_told_by_its_title_and_counted_by_its_group():
    again, = asked_again(requirement(RESULTS)).lines
    assert again.mentions == (Mention('Physics results ok', 7),)
    members = [replace(requirement(FREEZE), key=f'site.{n}', group='site')
               for n in range(4)]
    again, = asked_again(*members).lines
    assert (again.count, again.mentions) == (4, (Mention('site', count=4),))


def test_a_report_is_not_told_of_what_is_asked_again():
    changes = asked_again(requirement(FREEZE), after=[
        entry('reported', FREEZE, evidence=[], statement='')])
    assert said(changes) == [('asked-again', 'stale', 1, [1])]


def test_many_of_no_group_are_all_told_behind_what_stands_before_them():
    one = replace(requirement('release-validated'), key='site.1',
                  group='site')
    others = [requirement(k) for k in [*list(ASKED)[:3], RESULTS]]
    now = state(requirements=[one, *others])
    line, = changed(*(entry('approved', r.key) for r in (one, *others)),
                    now=now).lines
    assert [m.title for m in line.mentions] == [
        'Release validated', 'Feature Freeze', 'Software quality ok',
        'Resources estimate', 'Physics results ok']
