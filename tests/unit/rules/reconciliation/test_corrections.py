"""What has to change in Trac so that it follows a decision, both ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.reconciliation.corrections import (
    answer_suffices,
    corrected,
    foretold,
    has_to_be_held,
    stage_corrections,
    stages_to_reopen,
    ticket_corrections,
    TicketCorrections,
)
from support.factories import (
    ASKED,
    facts,
    KEYS,
    requirement,
    signoff,
    snapshot,
    state,
)

FREEZE = 'feature-freeze'
NOW = 10**15
FAR = date(2100, 1, 1)
OPPOSED = Objection('eve', 5, 'No.', 3)


def found(said=(), status='new', changes=None, **campaign):
    """A campaign whose freeze, alone of its requirements, is so."""
    asked = [requirement(FREEZE, **(changes or {}))] + [
        requirement(k) for k in list(ASKED)[1:]]
    return snapshot(state=state(said, asked, **campaign),
                    tickets={FREEZE: facts(FREEZE, status)})


def waived(reason):
    return signoff(2, verdict='waived', role='administrator',
                   waiver=Waiver(reason, FAR))


@pytest.mark.parametrize(('case', 'reopen', 'close'), [
    pytest.param(found(), False, False, id='open and unmet'),
    pytest.param(found([signoff(2)], 'closed'), False, False,
                 id='closed and met'),
    pytest.param(found([signoff(2)]), False, True, id='open and met'),
    pytest.param(found([signoff(2)], 'reopened'), False, True,
                 id='reopened and met'),
    pytest.param(found([signoff(2)], 'closed', {'quorum': 2}), True, False,
                 id='closed and one too few'),
    pytest.param(found([signoff(2)], changes={'quorum': 2}), False, False,
                 id='open and one too few'),
    pytest.param(found([signoff(2)], 'closed', {'objection': OPPOSED}), True,
                 False, id='closed and objected to'),
    pytest.param(found([signoff(2)], changes={'objection': OPPOSED}), False,
                 False, id='open and objected to'),
    pytest.param(found([signoff(2), signoff(3, verdict='withdrawn')]), False,
                 False, id='withdrawn'),
    pytest.param(found([], 'closed'), False, False, id='closed unsigned'),
    pytest.param(found([signoff(2)], 'closed', {'unsigned': True}), False,
                 False, id='signed, and closed by a side door'),
    pytest.param(found([waived('awaiting')]), False, True,
                 id='open and waived'),
    pytest.param(found([waived('closed-unsigned')],
                       changes={'unsigned': True}), False, True,
                 id='open, its unsigned closing waived'),
    pytest.param(found(changes={'unsigned': True}), False, False,
                 id='open, once closed unsigned'),
])
def test_tickets_follow_the_decision_both_ways(case, reopen, close):
    corrections = ticket_corrections(decide(case, NOW))
    assert [a.requirement.key for a in corrections.reopen] == (
        [FREEZE] if reopen else [])
    assert [(a.requirement.key, a.met) for a in corrections.close] == (
        [(FREEZE, True)] if close else [])
    assert bool(corrections) is (reopen or close)


def test_nothing_is_corrected_in_doubt_or_without_a_ticket():
    doubtful = replace(found([signoff(2)]), doubts=('a row is missing',))
    assert ticket_corrections(decide(doubtful, NOW)) == TicketCorrections()
    lost = replace(found([signoff(2)]), tickets={})
    assert ticket_corrections(decide(lost, NOW)) == TicketCorrections()


def test_corrected_tickets_are_as_the_decision_has_them():
    both = found([signoff(2), signoff(3, 'software-quality')])
    asked = both.state.requirement('software-quality')
    both = replace(both, state=both.state.having(replace(asked, quorum=2)),
                   tickets={**both.tickets, asked.key: facts(
                       asked.key, 'closed')})
    after = corrected(both, ticket_corrections(decide(both, NOW)))
    closed, opened = after.tickets[FREEZE], after.tickets[asked.key]
    assert (closed.status, closed.resolution, closed.changed) == (
        'closed', 'fixed', 100)
    assert (opened.status, opened.resolution, opened.changed) == (
        'reopened', '', 100)
    assert not ticket_corrections(decide(after, NOW))


def closed_stages(signed, closed, **campaign):
    """The stages with these keys are closed, these requirements signed."""
    plain = snapshot(signed, milestones={k: 5 if k in closed else 0
                                         for k in KEYS})
    return replace(plain, state=replace(plain.state, campaign=replace(
        plain.state.campaign, **campaign)))


@pytest.mark.parametrize(('signed', 'closed', 'reopened'), [
    pytest.param(list(ASKED), KEYS, (), id='all is signed'),
    pytest.param(list(ASKED), KEYS[1:], KEYS[1:], id='behind an open one'),
    pytest.param(list(ASKED)[:3], KEYS, KEYS[1:], id='behind a shut gate'),
    pytest.param([], KEYS[:1], KEYS[:1], id='first'),
    pytest.param([], (), (), id='none is closed'),
])
def test_stages_reopen_behind_a_shut_gate_or_an_open_stage(
        signed, closed, reopened):
    found_ = decide(closed_stages(signed, closed), NOW)
    assert tuple(s.key for s in stages_to_reopen(found_)) == reopened
    advisory = decide(closed_stages(signed, closed, enforcement='advisory'),
                      NOW)
    assert stages_to_reopen(advisory) == ()


ALL, FIRST, NONE = list(ASKED), list(ASKED)[:3], ()
OPENED = {'reopened': True}
WAS = {'closed': True}


def remembered(signed, closed, known, **campaign):
    """The stages closed in Trac, and what the ledger knows of each."""
    case = closed_stages(signed, closed, **campaign)
    return replace(case, state=replace(case.state, stages=tuple(
        replace(s, closed=False, **k)
        if 'closed' not in k else replace(s, **k)
        for s, k in zip(case.state.stages, known))))


@pytest.mark.parametrize(('signed', 'closed', 'known', 'close'), [
    pytest.param(ALL, NONE, [OPENED] * 3, KEYS, id='all, in order'),
    pytest.param(ALL, KEYS[:1], [WAS, OPENED, {}], KEYS[1:2],
                 id='not one that nobody had closed'),
    pytest.param(FIRST, NONE, [OPENED] * 3, KEYS[:1],
                 id='not behind a shut gate'),
    pytest.param(ALL, NONE, [{}, OPENED, OPENED], NONE,
                 id='not behind a stage that a person opened'),
    pytest.param(ALL, NONE, [{}] * 3, NONE, id='by a person'),
    pytest.param([], NONE, [OPENED] * 3, NONE, id='shut'),
    pytest.param(ALL, KEYS, [WAS] * 3, NONE, id='closed'),
])
def test_stages_that_the_rules_reopened_close_again(signed, closed, known,
                                                    close):
    case = remembered(signed, closed, known)
    found_ = stage_corrections(decide(case, NOW))
    assert tuple(s.key for s in found_.close) == tuple(close)
    assert found_.reopen == ()
    assert [w for w in foretold(case, NOW) if 'stage' in w] == [
        f'would close stage {s.label} again' for s in found_.close]
    launched = remembered(signed, closed, known, phase='launched',
                          launched=5, held_since=6)
    assert stage_corrections(decide(launched, NOW)) == found_
    for other in (replace(case, doubts=('a row is missing',)),
                  remembered(signed, closed, known, enforcement='advisory')):
        assert stage_corrections(decide(other, NOW)).close == ()


def test_a_stage_without_its_milestone_is_not_closed_again():
    case = replace(remembered(ALL, NONE, [OPENED] * 3), milestones={})
    assert stage_corrections(decide(case, NOW)).close == ()


@pytest.mark.parametrize(('signed', 'closed', 'known', 'by_rules'), [
    pytest.param([], KEYS, [WAS] * 3, KEYS, id='shut'),
    pytest.param(FIRST, KEYS, [WAS] * 3, KEYS[1:], id='the second is shut'),
    pytest.param(ALL, KEYS[1:], [{}, WAS, WAS], NONE,
                 id='a person opened the first'),
    pytest.param(ALL, KEYS[1:], [WAS] * 3, NONE,
                 id='somebody opened the first while nobody was watching'),
    pytest.param([], KEYS, [{}] * 3, NONE,
                 id='closed while nobody was watching'),
    pytest.param([], KEYS[1:], [OPENED, WAS, WAS], KEYS[1:],
                 id='the rules opened the first'),
])
def test_the_rules_remember_what_they_alone_reopened(signed, closed, known,
                                                     by_rules):
    found_ = stage_corrections(decide(remembered(signed, closed, known), NOW))
    assert tuple(s.key for s in found_.by_rules) == tuple(by_rules)
    assert set(found_.by_rules) <= set(found_.reopen)


LAUNCHED = {'phase': 'launched', 'launched': 5}


@pytest.mark.parametrize(('signed', 'campaign', 'held'), [
    pytest.param([], LAUNCHED, True, id='shut'),
    pytest.param(list(ASKED), LAUNCHED, False, id='open'),
    pytest.param([], {**LAUNCHED, 'held_since': 6}, False, id='held already'),
    pytest.param([], {**LAUNCHED, 'enforcement': 'advisory'}, False,
                 id='advisory'),
    pytest.param([], {}, False, id='not launched'),
    pytest.param([], {'phase': 'closed', 'launched': 5}, False, id='closed'),
])
def test_launched_campaign_is_held_behind_a_shut_gate(signed, campaign,
                                                      held):
    case = decide(closed_stages(signed, (), **campaign), NOW)
    assert has_to_be_held(case) is held


def test_what_reconciliation_would_do_is_told_beforehand():
    case = found([signoff(2)], **LAUNCHED)
    case = replace(case, milestones={**case.milestones, KEYS[1]: 5})
    assert foretold(case, NOW) == [
        'would close #1 Feature Freeze, for it is signed off by anna',
        'would reopen stage 2. Release validation',
        'would put the campaign on hold']
    short = found([signoff(2)], 'closed', {
        'quorum': 2, 'contacts': ('anna', 'bruno')})
    assert foretold(short, NOW) == [
        'would reopen #1 Feature Freeze, for it has 1 of 2 approvals; '
        'awaits bruno']
    assert foretold(found([signoff(2)], phase='closed'), NOW) == []
    assert foretold(found(), NOW) == []


@pytest.mark.parametrize(('said', 'changes', 'suffices'), [
    pytest.param([signoff(2)], {'objection': OPPOSED}, True, id='signed'),
    pytest.param([signoff(2)], {}, False, id='no objection'),
    pytest.param([], {'objection': OPPOSED}, False, id='not signed'),
    pytest.param([signoff(2)], {'objection': OPPOSED, 'quorum': 2}, False,
                 id='one too few'),
])
def test_an_answer_suffices_where_nothing_else_is_missing(said, changes,
                                                          suffices):
    assert answer_suffices(found(said, changes=changes), FREEZE,
                           NOW) is suffices


def test_of_a_single_requirement_one_correction_is_told():
    alone = snapshot(state=state([signoff(2)], [requirement(FREEZE)]),
                     tickets={FREEZE: facts(FREEZE)})
    assert foretold(alone, NOW) == [
        'would close #1 Feature Freeze, for it is signed off by anna']
