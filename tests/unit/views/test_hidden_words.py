"""Sentences without what is hidden; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.logins import joined_logins
from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.rules.freeze import FROZEN
from prodworkflow.domain.text import joined, joined_by, Message
from prodworkflow.domain.views.visibility import HiddenWords
from prodworkflow.domain.views.visibility.hidden_words import (
    HIDDEN,
    HOLDER,
    UNSEEN,
    WAITS,
)
from support.factories import requirement, signoff, state

WORDS = HiddenWords(frozenset({7}), frozenset({'Secret', 'Cern'}),
                    frozenset({'zoe'}))


@pytest.mark.parametrize(('text', 'told'), [
    pytest.param('All is well.', False, id='nothing'),
    pytest.param('waits for #7', True, id='number'),
    pytest.param('waits for #70', False, id='longer number'),
    pytest.param('the Secret one', True, id='name'),
    pytest.param('Secrets and Cernox', False, id='part of a word'),
    pytest.param('says zoe', False, id='a person alone'),
])
def test_a_text_mentions_what_is_hidden(text, told):
    assert WORDS.mention(text) is told


@pytest.mark.parametrize(('text', 'shown'), [
    pytest.param('All is well.', 'All is well.', id='nothing'),
    pytest.param('#7 is open', HIDDEN, id='text'),
    pytest.param('says zoe', 'says zoe', id='text with a person'),
    pytest.param(Message('Secret'), HIDDEN, id='message without parts'),
    pytest.param(Message('%(requirement)s %(words)s', requirement='#7 A',
                         words='is 5'), HIDDEN, id='its subject'),
    pytest.param(Message('%(requirement)s %(words)s', requirement='#1 A',
                         words='rests on #7'), f'#1 A {WAITS}', id='clause'),
    pytest.param(Message('#%(ticket)s is %(value)s', ticket=7, value='5'),
                 HIDDEN, id='number as a part'),
    pytest.param(Message('#%(ticket)s: only %(signers)s may', ticket=1,
                         signers='zoe'), f'#1: only {HOLDER} may',
                 id='signers'),
    pytest.param(joined_by('; ', ['#1 A', '#7 B', '#7 C']),
                 f'#1 A; {HIDDEN}; more', id='list of reasons'),
    pytest.param(Message('open: %(names)s', names='#1 A, #7 Secret'),
                 'open: #1 A', id='names'),
    pytest.param(Message('It has %(keys)s.', keys=joined(['a', 'Cern', 'b'])),
                 'It has a and b.', id='list of names'),
    pytest.param(Message('It has %(keys)s.', keys='Cern'), HIDDEN,
                 id='hidden names alone'),
    pytest.param(Message('No.%(suggestion)s', suggestion=' Cern?'), 'No.',
                 id='suggestion'),
])
def test_of_a_sentence_only_what_may_be_told_is_shown(text, shown):
    assert WORDS.shown(text) == shown


def test_a_freeze_is_told_without_the_hidden_sign_off_that_it_rests_on():
    told = WORDS.shown(Message(
        FROZEN.msgid, campaign='P', title='Secret', types='defect', least='x',
        ticket='this', type='task', priority='y', signers='zoe'))
    assert f'("{UNSEEN}" is signed)' in told
    assert told.endswith(f'Ask {HOLDER}')


def test_of_several_texts_the_same_is_told_once():
    assert WORDS.each(['#7', 'a', 'Secret']) == [HIDDEN, 'a']


# Of a campaign

ONE, TWO = 'feature-freeze', 'software-quality'
VALUE = ValueSpec('size', 'Size', 'TB', compare_with=ONE, tolerance='10 %')
ASKED = (
    requirement(ONE, ticket=1, title='First', contacts=('zoe', 'anna'),
                item='cern', asks=EvidenceSpec(values=(
                    ValueSpec('size', 'Size', 'TB'),))),
    requirement(TWO, ticket=2, title='Second', contacts=('anna',),
                asks=EvidenceSpec(values=(VALUE,))))


def campaign():
    given = Evidence('value', 'size', '200 TB', '')
    return replace(
        state(requirements=list(ASKED)),
        lists=(ItemList('sites', (Item('cern', 'CERN'),)),),
        signoffs=(signoff(1, ONE, statement='So it is.',
                          evidence=(given,)),))


def test_hidden_are_titles_items_values_and_bounds_drawn_from_them():
    found = HiddenWords.of(campaign(), frozenset({1}), frozenset())
    assert {'First', 'CERN', 'cern', 'So it is.', '200 TB',
            '220 TB', '180 TB'} <= found.names
    assert 'Second' not in found.names
    assert 'zoe' in found.people
    assert 'anna' not in found.people


def test_hidden_are_no_key_nor_what_is_too_short_nor_who_signed_others():
    plain = campaign()
    found = HiddenWords.of(replace(plain, signoffs=(
        signoff(1, TWO, statement='So.', signer='eve'),
        signoff(2, ONE, signer='bob'))), frozenset({2}), frozenset())
    assert (found.names, found.people) == ({'Second'}, {'eve'})


def test_members_of_a_hidden_group_are_hidden_without_its_sign():
    asked = [replace(ASKED[0], contacts=('@physics',)), ASKED[1]]
    found = HiddenWords.of(state(requirements=asked), frozenset({1}),
                           frozenset())
    assert found.people == {'physics'}


def test_bounds_behind_one_that_cannot_be_read_are_hidden():
    odd = replace(VALUE, unit='h')
    asked = replace(ASKED[1], asks=EvidenceSpec(values=(odd, VALUE)))
    found = HiddenWords.of(campaign().having(asked), frozenset({1}),
                           frozenset())
    assert {'220 TB', '180 TB'} <= found.names


def test_of_a_hidden_stage_milestone_and_title_are_hidden():
    whole = campaign()
    stage = whole.stages[0]
    found = HiddenWords.of(whole, frozenset(), frozenset({stage.key}))
    assert found.names == {stage.label, stage.title, stage.milestone}


def test_a_comment_on_a_ticket_may_not_tell_of_others():
    found = HiddenWords.of_others(campaign(), ASKED[1])
    assert found.mention('#1')
    assert found.mention('First')
    assert not found.mention('#2 Second')


@pytest.mark.parametrize(('end', 'shown'), [
    pytest.param('220 TB', '', id='drawn from a hidden estimate'),
    pytest.param('9 TB', '9 TB', id='its own'),
])
def test_a_waiver_tells_no_bound_of_a_hidden_estimate(end, shown):
    words = HiddenWords.of(campaign(), frozenset({1}), frozenset())
    said = signoff(3, TWO, verdict='waived', waiver=Waiver(
        'out-of-bounds', date(2026, 6, 30), (Bound('size', '', end),)))
    assert words.signoff(said).waiver.bounds[0].at_most == shown
    assert words.signoff(signoff(4, TWO)).waiver is None


# Lists, and parts that are no texts

def test_a_list_that_is_hidden_as_a_whole_is_replaced_as_one_was_asked():
    assert WORDS.shown(joined_by(' ', ['Se', 'cret']), WAITS) == 'Se cret'
    whole = Message('%(part1)s #%(count)s', part1='a', count=7)
    assert WORDS.shown(whole, WAITS) == WAITS


def test_numbers_in_a_list_stay_numbers():
    shown = WORDS.shown(Message('%(part1)s and %(count)s more',
                                part1='#7 B', count=3))
    assert shown == f'{HIDDEN} and 3 more'
    assert shown.params['count'] == 3


def test_numbers_in_a_sentence_stay_numbers():
    shown = WORDS.shown(Message('%(names)s: %(left)s left',
                                names='#1 A, #7 Secret', left=3))
    assert shown == '#1 A: 3 left'
    assert shown.params['left'] == 3


def test_people_are_hidden_only_where_people_stand():
    shown = WORDS.shown(Message('%(signers)s says %(fact)s', signers='anna',
                                fact='zoe #7'))
    assert shown == f'anna says {HIDDEN}'
    assert WORDS.shown(Message('%(what)s is %(people)s', what='zoe',
                               people='zoe')) == f'zoe is {HOLDER}'


@pytest.mark.parametrize(('clause', 'instead'), [
    ('words', WAITS), ('fact', HIDDEN), ('verdict', HIDDEN),
    ('fault', HIDDEN)])
def test_a_hidden_clause_is_replaced_by_one_of_its_kind(clause, instead):
    text = Message(f'#1 A %({clause})s', **{clause: 'rests on Secret'})
    assert WORDS.shown(text) == f'#1 A {instead}'


def test_numbers_among_names_are_names():
    names = joined([3, 'Cern'])
    assert WORDS.shown(Message('It has %(keys)s.', keys=names)) == 'It has 3.'


def test_a_login_is_hidden_however_it_is_written():
    """In a list a quotation mark in it stands twice."""
    login = 'a "b" c'
    hidden = HiddenWords.of(state((), [
        requirement('feature-freeze', contacts=(login,)),
        requirement('software-quality')]), frozenset({1}), frozenset())
    assert hidden.people == {login, 'a ""b"" c'}
    words = Message('only %(people)s can sign it',
                    people=joined_logins(['anna', login]))
    assert words == 'only anna and "a ""b"" c" can sign it'
    assert hidden.shown(words) == f'only {HOLDER} can sign it'
