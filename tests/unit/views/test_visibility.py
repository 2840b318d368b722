"""Stages and forecasts as one viewer may see them; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.visibility import VisibilityFilter
from support.factories import KEYS, requirement, signoff, snapshot, state
from support.groups import grouped

DAY = 86400 * 10**6
JUNE_10 = 1781049600 * 10**6
ANNA = {'anna': [DAY] * 3}


def veiled(found, tickets=(), stages=()):
    return VisibilityFilter(decide(found, JUNE_10), frozenset(tickets),
                            frozenset(stages))


@pytest.mark.parametrize(('tickets', 'stages', 'critical'), [
    pytest.param((), (), 1, id='nothing is hidden'),
    pytest.param((2,), KEYS[1:], 1, id='others are hidden'),
    pytest.param((1,), (), None, id='its ticket is hidden'),
    pytest.param((), KEYS[:1], None, id='its stage is hidden'),
])
def test_forecast_names_its_deciding_ticket_only_to_who_may_see_it(
        tickets, stages, critical):
    veil = veiled(snapshot(pace=ANNA), tickets, stages)
    gate = veil.decision.gates[0]
    found, whole = veil.forecast(gate), veiled(
        snapshot(pace=ANNA)).forecast(gate)
    assert replace(found, critical=None) == replace(whole, critical=None)
    assert (found.critical and
            found.critical.answer.requirement.ticket) == critical


def test_forecast_counts_nothing_where_something_is_hidden():
    veil = veiled(snapshot(pace={}), (2,))
    assert veil.forecast(veil.decision.launch).because == (
        'too little is known of how fast the open sign-offs are given (it '
        'takes 3 past ones of a contact)')
    whole = veiled(snapshot(pace={}))
    assert whole.forecast(whole.decision.launch).because == (
        'too little is known of how fast 7 of 7 open sign-offs are given (it '
        'takes 3 past ones of a contact)')


def test_readiness_without_response_times_has_no_forecast():
    veil = veiled(snapshot())
    assert veil.forecast(veil.decision.launch) is None


def test_stage_shows_its_own_groups_without_hidden_members():
    veil = veiled(grouped((0,)), [3, 4])
    found = veil.stage(veil.decision.gates[0])
    group, = found.groups
    assert [a.requirement.ticket for a in found.answers] == [1, 2, 5]
    assert [a.requirement.ticket for a in group.answers] == [2, 5]
    assert [a.requirement.key for a in found.single] == ['feature-freeze']
    assert (found.signed, found.needed, found.blocking) == (2, 3, 1)


def test_dropped_requirement_is_shown_in_its_stage_with_the_reason():
    gone = [requirement('feature-freeze', ticket=20, dropped=Change(
        'anna', JUNE_10, '', 'flooded')),
            requirement('feature-freeze', ticket=21, dropped=Change(
                'anna', JUNE_10, '', 'secret')),
            requirement('release-validated', ticket=22)]
    veil = veiled(snapshot(state=replace(state(), dropped=tuple(gone))), [21])
    one, two, _ = (veil.stage(g) for g in veil.decision.gates)
    assert one.dropped == (gone[0],)
    assert one.as_dict()['dropped'] == [{
        'key': 'feature-freeze', 'title': 'Feature Freeze', 'ticket': 20,
        'words': 'by anna on 2026-06-10: “flooded”', 'no': None}]
    assert two.dropped == (gone[2],)
    assert two.as_dict()['dropped'] == []


def test_a_waived_sign_off_is_counted_as_such():
    leave = Waiver('awaiting', date(2026, 6, 30))
    found = snapshot(['feature-freeze'])
    said = (signoff(2, verdict='waived', waiver=leave),)
    veil = veiled(replace(found, state=replace(found.state, signoffs=said)))
    stage = veil.stage(veil.decision.gates[0])
    assert (stage.waived, stage.signed, stage.blocking) == (1, 1, 2)
