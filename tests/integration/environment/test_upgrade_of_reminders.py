"""Campaigns of version 5 remind as a template that says nothing of it."""

from __future__ import annotations

import pytest
from trac.db.api import DatabaseManager

from prodworkflow.api import CampaignSystem
from prodworkflow.environment.schema import CampaignSchema
from prodworkflow.store.upgrades import db6
from support.campaigns import NAME


@pytest.fixture
def former(campaign, sign, env):
    """An environment of version 5, with a campaign under way."""
    sign('feature-freeze')
    with env.db_transaction as db:
        db('DROP TABLE prodworkflow_told')
        db('ALTER TABLE prodworkflow_campaign DROP COLUMN remind')
    DatabaseManager(env).set_database_version(5, 'prodworkflow_version')
    return env


def test_campaign_of_version_5_reminds_on_the_usual_days(former):
    assert former.needs_upgrade()
    CampaignSchema(former).upgrade_environment()
    assert not former.needs_upgrade()
    system = CampaignSystem(former)
    state = system.queries.decision(NAME).snapshot.state
    assert state.campaign.remind == (7, 2, 0, -3)
    assert former.db_query('SELECT * FROM prodworkflow_told') == []
    assert system.check(NAME, False, 'root') == []
    system.sign(NAME, 'software-quality', 'anna', False, 'Fine.')
    assert system.check(NAME, False, 'root') == []


def test_the_upgrade_is_taken_up_again_and_loses_nothing(former):
    """It was interrupted behind its first statements, and run twice."""
    with former.db_transaction as db:
        db6.do_upgrade(former, 6, db.cursor())
        db("INSERT INTO prodworkflow_told (campaign, fact) VALUES (1, 'x')")
    CampaignSchema(former).upgrade_environment()
    assert former.db_query(
        'SELECT campaign, fact FROM prodworkflow_told') == [(1, 'x')]
