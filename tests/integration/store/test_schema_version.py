"""Code of one version leaves a database of another alone."""

from __future__ import annotations

import pytest

from prodworkflow.api import CampaignRequest
from prodworkflow.store import schema_version
from prodworkflow.store.upgrades import VERSION
from support.campaigns import CONTACTS, NAME


@pytest.fixture
def upgraded(env, campaign):
    """The database is of the next version; this process lived through it."""
    with env.db_transaction as db:
        db(f"UPDATE {db.quote('system')} SET value=%s WHERE name=%s",
           (str(VERSION + 1), 'prodworkflow_version'))


@pytest.mark.parametrize('found', [None, '', '1', str(VERSION + 1)])
def test_any_other_schema_version_is_in_doubt(found):
    assert f'for version {VERSION}' in schema_version.version_mismatch(found)
    with pytest.raises(schema_version.Outdated):
        schema_version.require_current(found)


def test_own_schema_version_is_not_in_doubt():
    assert schema_version.version_mismatch(str(VERSION)) == ''
    schema_version.require_current(str(VERSION))


def test_gates_of_another_schema_version_are_shut_and_say_why(
        upgraded, system):
    decision = system.queries.decision(NAME)
    assert not decision.launch.open
    assert not any(gate.open for gate in decision.gates)
    assert f'the database is of version {VERSION + 1}' in '; '.join(
        decision.launch.reasons())


def test_nothing_is_written_to_another_schema_version(upgraded, system, env):
    before = env.db_query('SELECT revision, head FROM prodworkflow_campaign')
    with pytest.raises(schema_version.Outdated):
        system.sign(NAME, 'feature-freeze', 'anna', False, 'Fine.')
    with pytest.raises(schema_version.Outdated):
        system.create(CampaignRequest('Another', 'path-to-production',
                                      contacts=CONTACTS), 'coordinator')
    assert before == env.db_query(
        'SELECT revision, head FROM prodworkflow_campaign')
