"""A site of version 6 knows no machines, and loses nothing by the upgrade."""

from __future__ import annotations

import pytest
from trac.db.api import DatabaseManager

from prodworkflow.api import CampaignSystem
from prodworkflow.environment.schema import CampaignSchema
from prodworkflow.store.upgrades import db7
from support.campaigns import NAME

NAMES = [table.name for table in db7.TABLES]


@pytest.fixture
def former(campaign, sign, env):
    """An environment of version 6, with a campaign under way."""
    sign('feature-freeze')
    with env.db_transaction as db:
        for name in NAMES:
            db(f'DROP TABLE {name}')
    DatabaseManager(env).set_database_version(6, 'prodworkflow_version')
    return env


def test_campaign_of_version_6_goes_on_after_the_upgrade(former):
    assert former.needs_upgrade()
    CampaignSchema(former).upgrade_environment()
    assert not former.needs_upgrade()
    for name in NAMES:
        assert former.db_query(f'SELECT COUNT(*) FROM {name}') == [(0,)]
    system = CampaignSystem(former)
    assert system.check(NAME, False, 'root') == []
    system.sign(NAME, 'software-quality', 'anna', False, 'Fine.')
    assert system.check(NAME, False, 'root') == []


def test_the_upgrade_is_taken_up_again_and_loses_nothing(former):
    """It was interrupted behind its first table, and run twice."""
    DatabaseManager(former).create_tables(db7.TABLES[:1])
    with former.db_transaction as db:
        db("INSERT INTO prodworkflow_token (name, owner, hash) "
           "VALUES ('robot', 'anna', 'a digest')")
    CampaignSchema(former).upgrade_environment()
    assert former.db_query('SELECT name, owner FROM prodworkflow_token') == [
        ('robot', 'anna')]
    assert former.db_query('SELECT id FROM prodworkflow_event') == []
