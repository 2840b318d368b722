"""The ledger in words: every verb, told as a person would tell it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.ledger.effects import VERBS
from prodworkflow.domain.ledger.evidence_words import EvidenceHistory
from prodworkflow.domain.ledger.history import history
from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from support.factories import chain, entry, requirement, state

FREEZE = 'feature-freeze'
VALIDATION = 'release-validation'


def told(*entries, now=None):
    """The last event of a ledger; `now` is the campaign's present state."""
    return history(chain(*entries), now or state())[-1]


WORDS = [
    pytest.param('created', {}, 'created the campaign', id='created'),
    pytest.param('created', {'like': '2010 Prod'},
                 'created the campaign, like 2010 Prod', id='created like'),
    pytest.param('removed', {'reason': 'a test'},
                 'removed the campaign: “a test”', id='removed'),
    pytest.param('approved', {'ticket': 1, 'statement': ' '},
                 'approved #1 Feature Freeze without a statement',
                 id='approved without a statement'),
    pytest.param('approved', {'ticket': 1},
                 'approved #1 Feature Freeze without a statement',
                 id='approved, no statement kept'),
    pytest.param('approved', {'ticket': 1, 'statement': 'Fine.'},
                 'approved #1 Feature Freeze: “Fine.”', id='approved'),
    pytest.param('rejected', {'ticket': 1, 'statement': 'Leaks.'},
                 'rejected #1 Feature Freeze: “Leaks.”', id='rejected'),
    pytest.param('withdrawn', {'ticket': 1, 'statement': ''},
                 'withdrew the sign-off of #1 Feature Freeze',
                 id='withdrawn'),
    pytest.param('closed-unsigned', {'ticket': 1, 'resolution': 'invalid'},
                 'closed #1 Feature Freeze (invalid) without a sign-off',
                 id='closed unsigned'),
    pytest.param('closed-unsigned', {'ticket': 1, 'resolution': ''},
                 'closed #1 Feature Freeze (no resolution) without a '
                 'sign-off', id='closed unsigned, no resolution'),
    pytest.param('reopened', {'ticket': 1}, 'reopened #1 Feature Freeze',
                 id='reopened'),
    pytest.param('moved-on', {'ticket': 1, 'status': 'verified'},
                 'moved #1 Feature Freeze on to verified, which leaves its '
                 'sign-off', id='moved on'),
    pytest.param('restored', {'ticket': 1},
                 'closed #1 Feature Freeze again: its sign-off stands',
                 id='restored'),
    pytest.param('restored', {'ticket': 1, 'because': 'it was changed'},
                 'closed #1 Feature Freeze, which is met: it was changed',
                 id='restored, for it is met'),
    pytest.param('objected', {'ticket': 1, 'statement': 'It crashes.'},
                 'objected to #1 Feature Freeze: “It crashes.”',
                 id='objected'),
    pytest.param('answered', {'ticket': 1, 'statement': 'Not here.'},
                 'answered the objection to #1 Feature Freeze: “Not here.”',
                 id='answered'),
    pytest.param('reopening-refused', {'ticket': 1, 'statement': 'Crash.'},
                 'wanted to reopen #1 Feature Freeze after the launch, '
                 'which they may not: “Crash.”', id='reopening refused'),
    pytest.param('ticket-missing', {'ticket': 1},
                 'deleted #1 Feature Freeze', id='ticket missing'),
    pytest.param('attachment-changed', {
        'ticket': 1, 'attachment': 'phi.png', 'digest': '', 'was': 'a' * 64},
        'removed phi.png (SHA-256 aaaaaaaaaaaa…), which is evidence of '
        '#1 Feature Freeze', id='attachment removed'),
    pytest.param('attachment-changed', {
        'ticket': 1, 'attachment': 'phi.png', 'digest': 'b' * 64, 'was': '',
        'restored': True},
        'put phi.png (SHA-256 bbbbbbbbbbbb…) back, which is evidence of '
        '#1 Feature Freeze', id='attachment put back'),
    pytest.param('attachment-changed', {
        'ticket': 1, 'attachment': 'phi.png', 'digest': 'b' * 64, 'was': ''},
        'attached another phi.png (SHA-256 bbbbbbbbbbbb…) in place of '
        'evidence of #1 Feature Freeze', id='another one attached'),
    pytest.param('attachment-changed', {
        'ticket': 1, 'attachment': 'phi.png', 'digest': 'b' * 64,
        'was': 'a' * 64},
        'changed phi.png, which is evidence of #1 Feature Freeze: SHA-256 '
        'bbbbbbbbbbbb…, was aaaaaaaaaaaa…', id='attachment replaced'),
    pytest.param('ticket-replaced', {'ticket': 9},
                 'made #9 Feature Freeze in place of a lost ticket',
                 id='ticket replaced'),
    pytest.param('ticket-moved', {'ticket': 1, 'from': 'A', 'to': 'B'},
                 'moved #1 Feature Freeze from A to B', id='ticket moved'),
    pytest.param('ticket-moved', {'ticket': 1, 'from': 'A', 'to': ''},
                 'moved #1 Feature Freeze from A to no milestone',
                 id='ticket moved out'),
    pytest.param('refused', {'ticket': 1, 'what': 'changing the ticket'},
                 'was refused changing the ticket #1 Feature Freeze',
                 id='ticket refused'),
    pytest.param('refused', {'ticket': 1, 'what': 'changing the ticket',
                             'reasons': ['only anna may.', 'and so on']},
                 'was refused changing the ticket #1 Feature Freeze: only '
                 'anna may; and so on', id='ticket refused for reasons'),
    pytest.param('refused', {'ticket': 1, 'what': 'changing the ticket',
                             'reasons': 'x'},
                 'was refused changing the ticket #1 Feature Freeze',
                 id='reasons that are none'),
    pytest.param('reported', {'ticket': 1, 'statement': 'Five.'},
                 'reported on #1 Feature Freeze: “Five.”', id='reported'),
    pytest.param('waived', {'ticket': 1, 'statement': 'Small.', 'waiver': {
        'reason': 'out-of-bounds', 'until': '2026-07-01', 'bounds': [
            {'name': 'leak', 'at_least': '', 'at_most': '5 kB/event'},
            {'name': 'cpu', 'at_least': '1 h', 'at_most': '2 h'}]}},
        'waived “out-of-bounds” of #1 Feature Freeze, leak up to 5 kB/event, '
        'cpu from 1 h up to 2 h, until 2026-07-01: “Small.”', id='waived'),
    pytest.param('contacts-changed', {'ticket': 1, 'reason': 'holidays'},
                 'changed who signs #1 Feature Freeze: “holidays”',
                 id='contacts changed'),
]
CAMPAIGN_WORDS = [
    pytest.param('held', {'reason': 'Jobs fail.', 'token': 'nightly'},
                 'put the campaign on hold: “Jobs fail.”, by the token '
                 'nightly', id='held by a token'),
    pytest.param('passed', {'what': 'the launch gate', 'against': [
        '#3 awaits anna']}, 'passed the launch gate, against the rules: #3 '
        'awaits anna', id='passed the launch gate'),
    pytest.param('passed', {'what': 'the feature freeze', 'tickets': [
        '8', '9'], 'against': ['#9 is no defect']},
        'passed the feature freeze with #8 and #9, against the rules: #9 is '
        'no defect', id='passed a freeze'),
    pytest.param('launched', {'reason': 'Go.', 'known_issues': [
        {'ticket': 8}, {'ticket': 9}]},
        'launched production with the known issues #8 and #9: “Go.”',
        id='launched with known issues'),
    pytest.param('launched', {'reason': 'Go.', 'known_issues': [
        {'ticket': 8}]}, 'launched production with the known issue #8: “Go.”',
        id='launched with a known issue'),
    pytest.param('toleration-ended', {'ticket': 12, 'reason': 'It crashes.'},
                 'tolerates #12 no more: “It crashes.”',
                 id='toleration ended'),
    pytest.param('released', {'release': 'V2', 'reason': 'a patch'},
                 'moved the campaign to release V2: “a patch”',
                 id='released'),
    pytest.param('released', {'release': 'V2', 'touches': ['emc', 'dch'],
                              'reason': 'a patch'},
                 'moved the campaign to release V2, touching emc and dch: '
                 '“a patch”', id='patched'),
    pytest.param('release-renamed', {'release': 'V1.0', 'was': 'V1',
                                     'reason': 'as it was built'},
                 'followed release V1 to its new name V1.0: “as it was '
                 'built”', id='release renamed'),
    pytest.param('item-added', {
        'list': 'sites', 'item': {'name': 'RAL'}, 'reason': 'new',
        'instead': ['site: no task. It gets bug.', 'And so on.']},
        'added RAL to sites (site: no task. It gets bug. And so on.): “new”',
        id='item added, in other words'),
    pytest.param('freeze-changed', {
        'types': ['bug', 'a, b'], 'priority': 'P 1', 'reason': 'renamed',
        'was': {'types': ['defect'], 'priority': '*'}},
        'changed what may enter after the feature freeze to bug or "a, b" of '
        'priority "P 1" or higher, from defect of any priority: “renamed”',
        id='freeze changed'),
    pytest.param('freeze-changed', {'types': ['*', 'bug'], 'priority': 'high'},
                 'changed what may enter after the feature freeze to any type '
                 'of priority high or higher, from  of priority  or higher',
                 id='freeze changed, to any type'),
    pytest.param('word-renamed', {'field': 'type', 'was': 'defect',
                                  'word': 'a bug'},
                 'followed the type defect to its new name "a bug"',
                 id='word renamed'),
    pytest.param('held', {'reason': 'crashes'},
                 'put the campaign on hold: “crashes”', id='held'),
    pytest.param('resumed', {'reason': 'mended'},
                 'resumed the campaign: “mended”', id='resumed'),
    pytest.param('launched', {'reason': ''}, 'launched production',
                 id='launched'),
    pytest.param('closed', {'reason': 'done'},
                 'closed the campaign: “done”', id='closed'),
    pytest.param('abandoned', {'reason': 'no money'},
                 'abandoned the campaign: “no money”', id='abandoned'),
    pytest.param('item-added', {'list': 'sites', 'item': {'name': 'RAL'},
                                'reason': 'new'},
                 'added RAL to sites: “new”', id='item added'),
    pytest.param('item-dropped', {'list': 'sites', 'item': 'cnaf',
                                  'name': 'CNAF', 'reason': 'flooded'},
                 'dropped CNAF from sites: “flooded”', id='item dropped'),
    pytest.param('item-returned', {'list': 'sites', 'item': {'name': 'RAL'},
                                   'reason': 'dry'},
                 'brought RAL back into sites, with all that was said of it: '
                 '“dry”', id='item returned'),
    pytest.param('weight-changed', {'list': 'sites', 'item': 'ral',
                                    'name': 'RAL', 'was': '2', 'weight': '3',
                                    'reason': 'disks'},
                 'changed the weight of RAL in sites from 2 to 3: “disks”',
                 id='weight changed'),
    pytest.param('enforcement-changed', {'enforcement': 'advisory',
                                         'reason': 'haste'},
                 'changed enforcement to advisory: “haste”',
                 id='enforcement changed'),
    pytest.param('rescheduled', {'was': '2026-06-01', 'start': '2026-06-11',
                                 'reason': 'the magnet'},
                 'moved the start from 2026-06-01 to 2026-06-11: “the '
                 'magnet”', id='start moved'),
    pytest.param('rescheduled', {'was': '', 'start': '2026-06-11',
                                 'reason': 'ready'},
                 'moved the start from none to 2026-06-11: “ready”',
                 id='first start'),
]
STAGE_WORDS = [
    pytest.param('ticket-entered', {'ticket': 12},
                 'opened #12 in stage 2. Release validation',
                 id='ticket entered'),
    pytest.param('ticket-turned-away', {'ticket': 12},
                 'was refused #12 in stage 2. Release validation: frozen',
                 id='ticket turned away'),
    pytest.param('ticket-noted', {'ticket': 12, 'statement': 'Crash'},
                 'opened #12 in stage 2. Release validation after the '
                 'launch, which does not stop production',
                 id='ticket noted'),
    pytest.param('ticket-left', {'ticket': 12},
                 'closed or moved #12, of stage 2. Release validation',
                 id='ticket left'),
    pytest.param('stage-closed', {'completed': 5},
                 'closed stage 2. Release validation', id='stage closed'),
    pytest.param('stage-closed', {'against': ['#3 is open', '#4 as well']},
                 'closed stage 2. Release validation, against the rules: '
                 '#3 is open and #4 as well', id='against the rules'),
    pytest.param('stage-closed', {'because': '#3 was approved'},
                 'closed stage 2. Release validation again: #3 was approved',
                 id='closed again'),
    pytest.param('stage-reopened', {'because': '#3 was reopened'},
                 'reopened stage 2. Release validation: #3 was reopened',
                 id='stage reopened'),
    pytest.param('stage-renamed', {'milestone': 'Two'},
                 'renamed the milestone of stage 2. Release validation to '
                 'Two', id='stage renamed'),
    pytest.param('milestone-missing', {'milestone': 'Two'},
                 'deleted the milestone of stage 2. Release validation',
                 id='milestone missing'),
    pytest.param('milestone-restored', {'milestone': 'Two'},
                 'made the milestone of stage 2. Release validation anew',
                 id='milestone restored'),
    pytest.param('refused', {'what': 'closing the stage'},
                 'was refused closing the stage 2. Release validation',
                 id='stage refused'),
    pytest.param('passed', {'what': 'the gate of stage',
                            'against': ['#3 is open']},
                 'passed the gate of stage 2. Release validation, against '
                 'the rules: #3 is open', id='passed the gate of a stage'),
    pytest.param('deputy-named', {
        'person': 'dora', 'stands_for': 'anna', 'first': '2026-07-01',
        'last': '2026-07-14', 'reason': 'Leave.'},
        'named dora deputy of anna from 2026-07-01 to 2026-07-14: “Leave.”',
        id='deputy named'),
    pytest.param('deputy-ended', {
        'person': 'dora', 'stands_for': 'anna', 'reason': ''},
        'ended that dora is deputy of anna', id='deputy ended'),
    pytest.param('tolerated', {'ticket': 12, 'until': '2026-07-01',
                               'reason': 'Cosmetic.'},
                 'declared #12, open in stage 2. Release validation, a known '
                 'issue until 2026-07-01: “Cosmetic.”', id='tolerated'),
]


BARE = [
    pytest.param('released', 'moved the campaign to release ', id='released'),
    pytest.param('enforcement-changed', 'changed enforcement to ',
                 id='enforcement changed'),
    pytest.param('ticket-moved', 'moved  from none to no milestone',
                 id='ticket moved'),
    pytest.param('stage-reopened', 'reopened stage : ', id='stage reopened'),
    pytest.param('stage-renamed', 'renamed the milestone of stage  to ',
                 id='stage renamed'),
    pytest.param('refused', 'was refused  ', id='refused'),
    pytest.param('waived', 'waived “” of , until ', id='waived'),
    pytest.param('attachment-changed', 'removed  (SHA-256 …), which is '
                 'evidence of ', id='attachment changed'),
    pytest.param('item-added', 'added  to ', id='item added'),
    pytest.param('item-returned', 'brought  back into , with all that was '
                 'said of it', id='item returned'),
    pytest.param('item-dropped', 'dropped  from ', id='item dropped'),
    pytest.param('weight-changed', 'changed the weight of  in  from none to ',
                 id='weight changed'),
]


@pytest.mark.parametrize(('verb', 'words'), BARE)
def test_entry_without_details_is_told_without_any(verb, words):
    """Whoever wrote it; the chain is checked elsewhere."""
    assert told(entry(verb)).words == words


@pytest.mark.parametrize('item', [{}, {'name': None}, {'name': ''}])
def test_item_without_a_name_is_told_without_one(item):
    assert told(entry('item-added', item=item, list='sites')).words == (
        'added  to sites')


@pytest.mark.parametrize(('verb', 'payload', 'words'), WORDS)
def test_history_tells_each_verb_of_a_requirement(verb, payload, words):
    key = '' if verb in ('created', 'removed') else FREEZE
    assert told(entry(verb, key, **payload)).words == words


@pytest.mark.parametrize(('verb', 'payload', 'words'), STAGE_WORDS)
def test_history_tells_each_verb_of_a_stage(verb, payload, words):
    event = told(entry(verb, stage=VALIDATION, **payload))
    assert event.words == words
    assert event.stage == VALIDATION


@pytest.mark.parametrize(('verb', 'payload', 'words'), CAMPAIGN_WORDS)
def test_history_tells_each_verb_of_the_campaign(verb, payload, words):
    assert told(entry(verb, **payload)).words == words


def test_every_verb_has_words():
    assert {row.values[0] for row in [*WORDS, *STAGE_WORDS,
                                      *CAMPAIGN_WORDS]} == set(VERBS)


def test_history_is_oldest_first_with_time_and_actor():
    events = history(chain(
        entry('approved', FREEZE, statement=''),
        replace(entry('reopened', FREEZE), time=2000, actor='eve')), state())
    assert [e.number for e in events] == [1, 2, 3]
    assert (events[2].time, events[2].actor) == (2000, 'eve')
    assert [e.release for e in events] == ['V1'] * 3
    assert [e.stage for e in events] == ['', 'software-preparation',
                                         'software-preparation']


def test_an_entry_names_the_ticket_of_its_own_time():
    """A ticket that was replaced later keeps its number in the past."""
    now = state(requirements=[requirement(FREEZE, ticket=9)])
    assert told(entry('approved', FREEZE, ticket=1), now=now).tickets == {1}
    assert told(entry('approved', FREEZE), now=now).tickets == {9}


def test_a_requirement_without_ticket_is_told_by_title():
    now = state(requirements=[requirement(FREEZE, ticket=None)])
    assert told(entry('reopened', FREEZE), now=now).words == (
        'reopened Feature Freeze')


def test_requirement_or_stage_that_is_gone_is_told_by_key():
    """A removed campaign has neither stages nor requirements left."""
    gone = replace(state(), stages=(), requirements=())
    assert told(entry('reopened', FREEZE), now=gone).words == (
        'reopened feature-freeze')
    assert told(entry('stage-closed', stage=VALIDATION), now=gone).words == (
        'closed stage release-validation')


def test_an_unknown_verb_is_told_as_it_stands():
    assert told(entry('sung')).words == 'sung'


def test_a_statement_is_told_on_one_line():
    event = told(entry('approved', FREEZE, statement=' No\r\n\n leaks \t'))
    assert event.words == 'approved #1 Feature Freeze: “No leaks”'


@pytest.mark.parametrize(('statement', 'tickets'), [
    pytest.param('see #12 and r7/#13', {1, 12, 13}, id='two'),
    pytest.param('see no. 12', {1}, id='no ticket'),
    pytest.param('#' + '1' * 5000, {1}, id='too long for any number'),
    pytest.param('#' + '9' * 18, {1, 10**18 - 1}, id='very long'),
])
def test_event_of_the_history_knows_all_tickets_in_its_words(
        statement, tickets):
    """So that an event can be kept from those who may not see them."""
    assert told(entry('approved', FREEZE, ticket=1,
                      statement=statement)).tickets == tickets


def value(text, name='leak'):
    return {'kind': 'value', 'name': name, 'text': text, 'digest': text,
            'reference': '', 'reference_digest': ''}


def reported(*evidence, key=FREEZE, ticket=1):
    return entry('reported', key, ticket=ticket, statement='',
                 evidence=list(evidence))


LEAKS = EvidenceSpec((ValueSpec('leak', 'Leak', 'kB'),))
PLOT = {'kind': 'plot', 'name': 'phi', 'text': 'new.png', 'digest': 'a' * 64,
        'reference': 'old.png', 'reference_digest': 'b' * 64}


@pytest.mark.parametrize(('entries', 'words'), [
    pytest.param([reported(value('1 kB'))], '(Leak 1 kB)', id='first'),
    pytest.param([reported(value('1 kB')), reported(value('1 kB'))],
                 '(Leak 1 kB)', id='the same again'),
    pytest.param([reported(value('1 kB')), reported(value('2 kB'))],
                 '(Leak 2 kB, was 1 kB)', id='another'),
    pytest.param([reported(value('1 kB')), reported(value('2 kB', 'other'))],
                 '(other 2 kB)', id='of another name'),
    pytest.param([reported(value('1 kB'), key='software-quality'),
                  reported(value('2 kB'))], '(Leak 2 kB)',
                 id='of another requirement'),
    pytest.param([reported(PLOT, value('1 kB'))],
                 '(phi new.png (aaaaaaaaaaaa…) beside old.png '
                 '(bbbbbbbbbbbb…), Leak 1 kB)', id='a plot and a value'),
])
def test_history_tells_values_new_and_old(entries, words):
    asked = state((), [requirement(FREEZE, asks=LEAKS)])
    assert told(*entries, now=asked).words == (
        f'reported on #1 Feature Freeze {words}')


def test_history_tells_an_estimate_that_was_revised_after_a_measurement():
    measured = replace(LEAKS.values[0], compare_with=FREEZE, tolerance='20 %')
    asked = state((), [requirement(FREEZE, asks=LEAKS), requirement(
        'software-quality', asks=EvidenceSpec((measured,)))])
    first, second = reported(value('1 kB')), reported(value('2 kB'))
    between = reported(value('3 kB'), key='software-quality', ticket=2)
    assert told(first, between, second, now=asked).words == (
        'reported on #1 Feature Freeze (Leak 2 kB, revised from 1 kB after '
        '3 kB was measured)')
    assert told(first, second, now=asked).words == (
        'reported on #1 Feature Freeze (Leak 2 kB, was 1 kB)')


def test_an_attachment_that_was_found_changed_tells_by_what():
    assert told(entry('attachment-changed', FREEZE, ticket=1, digest='',
                      attachment='phi.png', was='a' * 64,
                      found='a launch')).words == (
        'removed phi.png (SHA-256 aaaaaaaaaaaa…), which is evidence of '
        '#1 Feature Freeze, found by a launch')


@pytest.mark.parametrize(('kept', 'words'), [
    (None, 'changed who signs #1 Feature Freeze: “So.”'),
    (['anna', 'bruno'], 'changed who signs #1 Feature Freeze, keeping what '
     'anna and bruno signed: “So.”'),
    ([''], 'changed who signs #1 Feature Freeze, keeping what '
     'administrators signed: “So.”')])
def test_whose_approvals_are_kept_is_told(kept, words):
    more = {'kept': kept} if kept else {}
    event, = history([entry(
        'contacts-changed', 'feature-freeze', contacts=[], deputies=[],
        quorum=1, was='anna', ticket=1, reason='So.', **more)], state())
    assert event.words == words


def test_history_names_the_file_from_which_a_value_was_read():
    piece = {'kind': 'value', 'name': 'rate', 'text': '0/3', 'digest': 'x',
             'read': {'file': 'jobs.log', 'digest': 'a' * 64}}
    assert EvidenceHistory(state()).words(entry(
        'reported', 'feature-freeze', evidence=[piece])) == (
            'rate 0/3 from jobs.log (aaaaaaaaaaaa…)')
