"""Lapses: what has ended with its day, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prodworkflow.domain.model.known_issue import KnownIssue
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.reconciliation.lapses import (
    because,
    foretold_lapses,
    Lapse,
    lapses,
    unfollowed,
)
from prodworkflow.domain.rules.waivers import expired
from support.factories import (
    ASKED,
    facts,
    KEYS,
    moment,
    signoff,
    snapshot,
    state,
)

FREEZE = 'feature-freeze'
UNTIL = date(2026, 7, 1)
AFTER = UNTIL + timedelta(1)
WAIVER = 'the waiver of #1 Feature Freeze expired with 2026-07-01'
ISSUE = 'the toleration of #50 ended with 2026-07-01'


def waived(number=2, until=UNTIL, reason='awaiting', **changes):
    return signoff(number, FREEZE, 'waived', 'dora', 'administrator',
                   waiver=Waiver(reason, until, ()), **changes)


def decided(day, signoffs=(), issues=(), others=None, closed=True, **changes):
    """A decision on a campaign of which all else is signed."""
    rest = [signoff(n, key) for n, key in enumerate(ASKED, 10)
            if key != FREEZE]
    at = snapshot(
        state=replace(state([*signoffs, *rest], **changes),
                      known_issues=tuple(issues)),
        tickets={k: facts(k, 'closed' if closed or k != FREEZE else 'new')
                 for k in ASKED},
        others=others or {})
    return decide(at, moment(day))


def issue(until=UNTIL):
    return KnownIssue(50, 'dora', 'Cosmetic.', until, 200, 7)


OPEN = {KEYS[2]: (50,)}


@pytest.mark.parametrize(('day', 'found'), [
    (UNTIL, []), (AFTER, [Lapse(WAIVER, 2), Lapse(ISSUE, 7)])])
def test_waivers_and_known_issues_lapse_when_their_day_is_over(day, found):
    decision = decided(day, [waived()], [issue()], OPEN)
    assert lapses(decision) == found
    if found:
        assert because(found) == f'{WAIVER}; {ISSUE}'


@pytest.mark.parametrize('signoffs', [
    pytest.param([], id='none'),
    pytest.param([waived(), signoff(3, FREEZE)], id='signed since'),
    pytest.param([waived(), waived(3, AFTER)], id='prolonged'),
    pytest.param([waived(3, AFTER), waived()], id='in any order'),
    pytest.param([waived(), signoff(3, FREEZE, 'rejected')], id='rejected'),
    pytest.param([waived(release='V0'), signoff(3, FREEZE, 'rejected')],
                 id='of another release')])
def test_waiver_whose_end_changes_nothing_is_no_lapse(signoffs):
    assert lapses(decided(AFTER, signoffs)) == []


def test_the_last_waiver_of_each_reason_counts():
    decision = decided(AFTER, [
        waived(2), waived(3, UNTIL - timedelta(9)),
        waived(4, reason='evidence-missing')])
    assert [s.signoff.number for s in expired(
        decision.launch.answers, decision.snapshot.state, AFTER)] == [3, 4]


def test_known_issue_that_is_closed_is_no_lapse():
    assert lapses(decided(AFTER, [signoff(2, FREEZE)], [issue()])) == []


def test_what_trac_follows_already_is_left():
    lapsed = decided(AFTER, [waived()])
    assert unfollowed(lapsed) == [Lapse(WAIVER, 2)]
    followed = decided(AFTER, [waived()], closed=False)
    assert (lapses(followed), unfollowed(followed)) == (
        [Lapse(WAIVER, 2)], [])


LAUNCHED = {'phase': 'launched', 'launched': 5}


@pytest.mark.parametrize(('changes', 'held'), [
    pytest.param(LAUNCHED, True, id='launched'),
    pytest.param({**LAUNCHED, 'held_since': 6}, False, id='on hold'),
    pytest.param({**LAUNCHED, 'enforcement': 'advisory'}, False,
                 id='advisory'),
    pytest.param({}, False, id='not launched'),
    pytest.param({'phase': 'closed'}, False, id='closed')])
def test_launched_campaign_has_to_be_held_for_a_known_issue(changes, held):
    decision = decided(AFTER, [signoff(2, FREEZE)], [issue()], OPEN,
                       **changes)
    assert unfollowed(decision) == ([Lapse(ISSUE, 7)] if held else [])
    assert foretold_lapses(decision) == ([
        f'would put the campaign on hold, for {ISSUE}'] if held else [])


def test_without_a_lapse_nothing_is_foretold():
    """Whatever else does not fit is for a check to tell."""
    decision = decided(UNTIL, closed=False, **LAUNCHED)
    assert foretold_lapses(decision) == []


def test_ticket_that_reopens_is_foretold_with_its_cause():
    assert foretold_lapses(decided(AFTER, [waived()])) == [
        'would reopen #1 Feature Freeze, for it awaits anna, for '
        + WAIVER]
