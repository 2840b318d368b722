"""Campaigns from before the words of sites were known go on as they were."""

from __future__ import annotations

from trac.db.api import DatabaseManager

from prodworkflow.api import CampaignSystem
from prodworkflow.environment.schema import CampaignSchema
from support.campaigns import NAME


def test_campaign_of_version_4_knows_no_words_and_is_signed_as_it_was(
        campaign, sign, env):
    sign('feature-freeze')
    with env.db_transaction as db:
        for column in ('site_words', 'newcomers'):
            db(f'ALTER TABLE prodworkflow_campaign DROP COLUMN {column}')
    DatabaseManager(env).set_database_version(4, 'prodworkflow_version')
    assert env.needs_upgrade()
    CampaignSchema(env).upgrade_environment()
    assert not env.needs_upgrade()
    system = CampaignSystem(env)
    found = system.queries.decision(NAME)
    assert found.snapshot.state.campaign.words == ()
    assert found.snapshot.state.campaign.newcomers == ()
    assert found.answer('feature-freeze').met
    assert system.check(NAME, False, 'root') == []
    system.sign(NAME, 'software-quality', 'anna', False, 'Fine.')
    assert system.check(NAME, False, 'root') == []
