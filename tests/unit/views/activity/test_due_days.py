"""What is due when: unmet requirements that one may see, and the start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.activity.due_days import due_days, START
from prodworkflow.domain.views.visibility import VisibilityFilter
from support.factories import ASKED, KEYS, requirement, snapshot, state

NOW = 1781049600 * 10**6


def due(found=None, tickets=(), stages=(), keys=None):
    """What is due, by requirement."""
    decision = decide(found or snapshot(), NOW)
    seen = VisibilityFilter(decision, frozenset(tickets), frozenset(stages))
    return {day.key: day for day in due_days(decision, seen, keys)}


def of_state(**changes):
    """A snapshot with these changes of its campaign."""
    return replace(snapshot(), state=state(**changes))


def test_all_that_is_unmet_is_due_with_its_stage_and_then_the_start():
    found = due()
    assert list(found) == [*ASKED, START]
    freeze = found['feature-freeze']
    assert (freeze.day, freeze.ticket, freeze.id, freeze.campaign) == (
        date(2026, 6, 1), 1, 1, '2011 Prod')
    assert freeze.title == '2011 Prod: #1 Feature Freeze is due'
    assert freeze.words == ('Stage 1. Software preparation. #1 Feature Freeze '
                            'awaits anna.')
    start = found[START]
    assert (start.day, start.ticket, start.id, start.words) == (
        date(2026, 6, 29), None, 1, '')
    assert start.title == '2011 Prod: planned start of production'
    assert start.campaign == '2011 Prod'


def test_a_requirement_may_have_a_day_of_its_own():
    own = requirement('feature-freeze', due=date(2026, 5, 2))
    found = due(replace(snapshot(), state=state(requirements=[own])))
    assert found['feature-freeze'].day == date(2026, 5, 2)


def test_what_is_signed_is_not_due():
    assert list(due(snapshot(['feature-freeze']))) == [*list(ASKED)[1:], START]


@pytest.mark.parametrize(('hidden', 'missing'), [
    pytest.param({'tickets': (1,)}, ['feature-freeze'], id='ticket'),
    pytest.param({'stages': KEYS[:1]}, list(ASKED)[:3], id='milestone')])
def test_what_is_hidden_is_not_told(hidden, missing):
    assert [key for key in ASKED if key not in due(**hidden)] == missing


def test_of_some_keys_only_those_without_the_start():
    assert list(due(keys={'feature-freeze', 'nothing'})) == ['feature-freeze']
    assert due(keys=()) == {}


@pytest.mark.parametrize('changes', [
    pytest.param({'start': None}, id='no start'),
    pytest.param({'launched': 5, 'phase': 'launched'}, id='launched'),
    pytest.param({'launched': 5}, id='launched once'),
    pytest.param({'phase': 'over'}, id='over')])
def test_no_start_is_told_where_there_is_none_to_come(changes):
    assert START not in due(of_state(**changes))


@pytest.mark.parametrize('phase', ['closed', 'abandoned'])
def test_of_what_has_ended_nothing_is_due(phase):
    assert due(of_state(phase=phase)) == {}


def test_a_stage_without_a_day_has_nothing_due():
    made = snapshot()
    found = replace(made, dues=dict.fromkeys(KEYS, 0))
    assert list(due(found)) == [START]
