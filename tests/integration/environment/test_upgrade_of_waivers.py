"""Waivers and lists of the former state go on as they were."""

from __future__ import annotations

import pytest

from prodworkflow import store
from prodworkflow.api import (
    CampaignChanges,
    CampaignRequest,
    CampaignSystem,
    InvalidRequest,
    ItemAddition,
    SignOffRequest,
    Verdict,
)
from prodworkflow.environment.schema import CampaignSchema
from prodworkflow.gateways.clock import now
from support.campaigns import ADMIN, ANNA, FULL
from support.former_state import make_former
from support.signoffs import leak, LEAKS, waiver

SITES = '''
title = "Sites"
[lists]
sites = [{name = "CNAF", weight = 60}, {name = "RAL", weight = 30},
         {name = "Napoli", weight = 10}]
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "site"
title = "Validated at {site}"
for_each = "sites"
coverage = "weight >= 0.65"
contacts = ["anna"]
'''


@pytest.fixture
def upgrade(env):
    """Takes the environment back to the former state and upgrades it."""
    def again():
        make_former(env)
        CampaignSchema(env).upgrade_environment()
        return CampaignSystem(env)
    return again


def record(env, campaign, actor, verb, requirement='', **payload):
    """An entry as the former state would have made it."""
    with store.open_campaign(env, store.campaign_id(env, campaign)) as book:
        book.record(now(), actor, verb, requirement, **payload)


def test_a_waiver_beyond_all_limits_counts_as_it_was_given(
        full, system, env, upgrade):
    """By a contact, for decades, up to five hundred times the bound."""
    system.record(FULL, LEAKS, ANNA, leak('400 kB/event'))
    for reason, bounds in (('out-of-bounds', [
            {'name': 'memory_growth', 'at_least': '',
             'at_most': '500 kB/event'}]), ('awaiting', [])):
        record(env, FULL, 'anna', 'waived', LEAKS, role='contact',
               contact='anna', statement='It always did.',
               ticket=full[LEAKS], waiver={
                   'reason': reason, 'until': '2099-01-01',
                   'bounds': bounds})
    before = system.queries.decision(FULL).answer(LEAKS)
    upgraded = upgrade()
    found = upgraded.queries.decision(FULL)
    assert found.snapshot.state.campaign.waivers is None
    assert [lift.waiver.signer for lift in found.answer(LEAKS).lifts] == [
        'anna', 'anna']
    assert found.answer(LEAKS).words == before.words
    with pytest.raises(InvalidRequest, match='lasts at most 90 days'):
        upgraded.record(FULL, LEAKS, ADMIN, waiver(until='2099-01-01'))
    with pytest.raises(InvalidRequest, match='at most 10 kB/event may'):
        upgraded.record(FULL, LEAKS, ADMIN, waiver(bound='500 kB/event'))


def test_the_coverage_of_a_group_of_before_is_not_lowered(
        system, env, upgrade):
    tickets = system.create(CampaignRequest(
        'Sites', 'sites', 'V1', template_text=SITES), 'coordinator')
    system.record('Sites', 'site.cnaf', ANNA,
                  SignOffRequest(Verdict.APPROVED, 'Fine.'))
    system.record('Sites', 'site.ral', ANNA,
                  SignOffRequest(Verdict.REJECTED, 'It crashes.'))
    record(env, 'Sites', 'coordinator', 'item-dropped', list='sites',
           item='ral', name='RAL', reason='Flooded.', tickets=[tickets[1]])
    assert system.queries.decision('Sites').launch.groups[0].reached
    upgraded = upgrade()
    group = upgraded.queries.decision('Sites').launch.groups[0]
    assert group.reached
    assert group.counted == ('1 of 2 sites (85.7 % of what is left, 60 % of '
                             'the capacity agreed)')
    assert upgraded.check('Sites', False, 'root') == []
    upgraded.change('Sites', ADMIN, CampaignChanges(
        'Dry.', joiners=(ItemAddition('sites', 'RAL'),)))
    answer = upgraded.queries.decision('Sites').answer('site.ral')
    assert answer.reason.value == 'rejected'
    assert not upgraded.queries.decision('Sites').launch.open
    assert upgraded.check('Sites', False, 'root') == []
