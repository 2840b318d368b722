"""Figures of campaigns for monitoring."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.machines.figures import (
    CampaignFigures,
    figures,
    states,
)
from support.changes import NOW, signed, standing
from support.factories import facts, KEYS, requirement

FREEZE, VALIDATED, PERFORMANCE = (
    'feature-freeze', 'release-validated', 'runtime-performance')
ASKED = [requirement(FREEZE), requirement(VALIDATED, ticket_time=50),
         requirement(PERFORMANCE, ticket_time=70)]


def of(snapshot, tickets=(), stages=()):
    return figures(decide(snapshot, NOW), tickets, stages)


def test_open_requirements_are_counted_by_reason():
    found = of(signed(ASKED, FREEZE))
    assert (found.campaign, found.state) == ('2011 Prod', 'underway')
    assert found.reasons == {'awaiting': 2}
    assert found.gates == ((KEYS[0], True), (KEYS[1], False),
                           (KEYS[2], False), ('launch', False))


@pytest.mark.parametrize(('changed', 'oldest'), [
    pytest.param(0, 50, id='since it was made'),
    pytest.param(60, 60, id='since it was reopened')])
def test_oldest_waits_since_its_ticket_was_made_or_reopened(changed, oldest):
    found = of(standing(ASKED, tickets={
        r.key: facts(r.key, changed=changed if r.key == VALIDATED else 0)
        for r in ASKED}))
    assert found.oldest == oldest


def test_lost_ticket_waits_since_it_was_made():
    found = of(standing(ASKED, tickets={FREEZE: facts(FREEZE)}))
    assert found.reasons == {'awaiting': 1, 'ticket-missing': 2}
    assert found.oldest == 50


def test_what_is_hidden_is_counted_as_hidden_alone():
    ticket = ASKED[1].ticket
    found = of(standing(ASKED), {ticket}, {KEYS[2]})
    assert found.reasons == {'awaiting': 1, 'hidden': 2}
    assert found.oldest == max(ASKED[0].ticket_time, facts(FREEZE).changed)
    assert [stage for stage, _ in found.gates] == [*KEYS[:2], 'launch']


def test_campaign_in_which_all_is_signed_has_nothing_open():
    found = of(signed(ASKED, *(r.key for r in ASKED)))
    assert (found.reasons, found.oldest) == ({}, 0)
    assert dict(found.gates)['launch']


def test_held_campaign_is_on_hold_and_its_launch_gate_is_shut():
    found = of(signed(ASKED, *(r.key for r in ASKED), held_since=1,
                      held_by='eve', held_because='A leak.'))
    assert found.state == 'on-hold'
    assert not dict(found.gates)['launch']


def test_each_state_is_counted_if_only_as_0():
    one = CampaignFigures('A', 'underway')
    assert states([one, replace(one, state='on-hold'), one],
                  ['closed', 'odd']) == {
        'underway': 2, 'on-hold': 1, 'launched': 0, 'over': 0, 'closed': 1,
        'abandoned': 0, 'odd': 1}
