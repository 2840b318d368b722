"""Waivers that are about to end are told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from prodworkflow.domain.events.waivers import ending_events
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.news.reminders import Told
from prodworkflow.domain.rules.gates import decide
from support.changes import NOW, standing, TODAY
from support.factories import requirement, signoff

FREEZE = 'feature-freeze'
ASKED = [requirement(FREEZE), requirement('software-quality')]


def decided(days, **campaign):
    until = TODAY + timedelta(days)
    leave = signoff(4, FREEZE, 'waived', 'dora', 'anyone',
                    waiver=Waiver('awaiting', until))
    return decide(standing(ASKED, [leave], [FREEZE], **campaign), NOW)


@pytest.mark.parametrize('days', [0, 3])
def test_waiver_of_few_days_is_told_once(days):
    until = TODAY + timedelta(days)
    (fact, event), = ending_events(decided(days), [])
    assert (event.type.value, event.subject) == ('waiver-ending', FREEZE)
    assert event.line == (f'2011 Prod: the waiver of #1 Feature Freeze by '
                          f'dora ends with {until}.')
    assert event.facts == {'by': 'dora', 'entry': 4, 'days_left': days,
                           'until': until.isoformat()}
    assert list(ending_events(decided(days), [fact])) == []


@pytest.mark.parametrize('decision', [
    pytest.param(decided(4), id='it lasts'),
    pytest.param(decided(1, phase='closed'), id='the campaign has ended'),
    pytest.param(decide(replace(decided(1).snapshot, doubts=('torn',)), NOW),
                 id='the record is in doubt'),
])
def test_nothing_is_told_of_others(decision):
    assert list(ending_events(decision, [])) == []


def test_what_is_kept_of_it_names_the_entry_and_the_last_day():
    (fact, event), = ending_events(decided(1), [])
    assert fact == Told('waiver-event', '4', '', TODAY + timedelta(1), 3)
    assert event.requirement == ASKED[0]


def test_waiver_that_ends_is_told_behind_one_that_lasts():
    """One lifts the objection, the other that nobody has approved."""
    opposed = requirement(FREEZE, objection=Objection('eve', 5, 'No.', 3))
    given = [signoff(number, FREEZE, 'waived', by, 'anyone',
                     waiver=Waiver(reason, TODAY + timedelta(days)))
             for number, by, reason, days in (
                 (4, 'dora', 'objected', 9), (6, 'emil', 'awaiting', 1))]
    decision = decide(standing([opposed], given, [FREEZE]), NOW)
    assert [fact.subject for fact, _ in ending_events(decision, [])] == ['6']
