"""Approvals and waivers of the former state go on counting."""

from __future__ import annotations

import pytest

from prodworkflow.api import CampaignSystem, Verdict
from prodworkflow.environment.schema import CampaignSchema
from support.campaigns import ADMIN, ANNA, FULL, FULL_CONTACTS
from support.former_state import make_former
from support.signoffs import leak, LEAKS, waiver

PHYSICS = 'physics-results'


@pytest.fixture
def upgrade(env):
    """Takes the environment back to the former state and upgrades it."""
    def again():
        make_former(env)
        assert CampaignSchema(env).environment_needs_upgrade()
        CampaignSchema(env).upgrade_environment()
        return CampaignSystem(env)
    return again


def reasons(system):
    return {a.requirement.key: a.reason and a.reason.value
            for a in system.queries.decision(FULL).launch.answers
            if a.reason and not a.waived}


def test_what_was_signed_and_waived_counts_after_the_upgrade(
        full, system, sign_full, upgrade):
    system.record(FULL, LEAKS, ADMIN, waiver())
    system.record(FULL, LEAKS, ANNA, leak('4 kB/event', 'Fine.',
                                          Verdict.APPROVED))
    sign_full(*[k for k in FULL_CONTACTS if k != LEAKS])
    assert reasons(system) == {}
    upgraded = upgrade()
    assert reasons(upgraded) == {}
    assert upgraded.queries.decision(FULL).answer(LEAKS).waived
    assert upgraded.check(None, False, 'root') == []


def test_former_approvals_count_for_the_evidence_that_was_there(
        full, system, sign_full, upgrade):
    """What was reported after them is not what they were given for."""
    sign_full(PHYSICS)
    system.record(FULL, LEAKS, ANNA, leak('0.5 kB/event', 'Fine.',
                                          Verdict.APPROVED))
    system.record(FULL, LEAKS, ANNA, leak('0.9 kB/event'))
    upgraded = upgrade()
    found = upgraded.queries.decision(FULL)
    assert found.answer(PHYSICS).met
    assert found.answer(LEAKS).reason.value == 'evidence-changed'
    upgraded.record(FULL, LEAKS, ANNA, leak('0.5 kB/event'))
    assert upgraded.queries.decision(FULL).answer(LEAKS).reason is None
