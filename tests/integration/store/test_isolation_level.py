"""What one transaction sees of others, on every database the same."""

from __future__ import annotations

import pytest
from trac.db.api import DatabaseManager
from trac.env import Environment
from trac.ticket.model import Ticket

from prodworkflow.environment import mariadb
from support.campaigns import NAME


def test_a_transaction_sees_what_others_commit_meanwhile(
        campaign, env, sign_elsewhere):
    with env.db_transaction as db:
        before = db('SELECT revision FROM prodworkflow_campaign')
        sign_elsewhere('feature-freeze', 'anna')
        after = db('SELECT revision FROM prodworkflow_campaign')
    assert before != after


def test_sign_off_late_in_a_transaction_sees_what_others_signed(
        campaign, env, sign_elsewhere, system, sign, admin):
    """Another plugin may read a lot before it saves a ticket."""
    with env.db_transaction:
        assert not system.queries.decision(NAME).answer('feature-freeze').met
        assert Ticket(env, 1)['status'] == 'new'
        sign_elsewhere('feature-freeze', 'anna')
        sign('software-quality')
    assert [a.met for a
            in system.queries.decision(NAME).launch.answers[:2]] == [
        True, True]
    assert admin('campaign', 'check') == (0, '', '')


@pytest.mark.only('mariadb')
def test_database_init_command_of_the_site_is_left_alone(env):
    connector, args = DatabaseManager(env).get_connector()
    assert isinstance(connector, mariadb.ReadCommittedConnector)
    args['params'] = {'init_command': 'SET SESSION lock_wait_timeout=77'}
    connection = connector.get_connection(**args)
    try:
        assert list(connection.execute('SELECT @@lock_wait_timeout, '
                                       '@@tx_isolation')) == [
            (77, 'REPEATABLE-READ')]
    finally:
        connection.close()


@pytest.mark.only('mariadb')
def test_database_connector_of_a_disabled_plugin_is_tracs_own(env):
    env.config.set('components', 'prodworkflow.*', 'disabled')
    env.config.save()
    plain = Environment(env.path)
    connector, _ = DatabaseManager(plain).get_connector()
    assert not isinstance(connector, mariadb.ReadCommittedConnector)
    plain.shutdown()
