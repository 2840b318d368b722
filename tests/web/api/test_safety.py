"""Reads change nothing, and what the database refuses is told and undone."""

from __future__ import annotations

import pytest
from trac.db.api import DatabaseManager

from prodworkflow.api import CampaignChanges
from prodworkflow.http_api.api.operations import OPERATIONS
from support.api_client import of
from support.campaigns import ADMIN, NAME

WHY = {'reason': 'Because.'}


def rows(env):
    """All rows of our tables, but when a token was last used."""
    return {table: env.db_query(f'SELECT * FROM {table} ORDER BY 1, 2')
            for table in DatabaseManager(env).get_table_names()
            if table.startswith('prodworkflow_')
            and table != 'prodworkflow_token'}


def test_no_read_changes_anything(campaign, system, env, api, token):
    system.change(NAME, ADMIN, CampaignChanges(
        enforcement='advisory', reason='Try.'))
    reader = api(token=token('gate:read').secret)
    before = rows(env)
    for operation in OPERATIONS:
        path = operation.path.format(name='2011%20Prod', key='feature-freeze')
        for who in (api('coordinator'), api('anna'), api(), reader):
            for method in ('GET', 'HEAD'):
                assert who.send(method, path, None, {
                    'Idempotency-Key': 'x'}).status in (200, 403, 405)
    told = api().get(of(NAME, 'decisions') + '?assume=feature-freeze:approved'
                                             '&assume=software-quality:approved')
    assert told.status == 409
    assert len(told.json['assumed']) == 2
    assert rows(env) == before


@pytest.mark.only('sqlite')  # the others call a table that is gone a mistake
@pytest.mark.parametrize('table', ['ledger', 'answered'])
def test_failing_database_is_a_problem_and_nothing_is_done(
        campaign, env, api, table):
    anna, name = api('anna'), f'prodworkflow_{table}'
    env.db_transaction(f'ALTER TABLE {name} RENAME TO gone')
    failed = anna.post(of(NAME, 'hold'), WHY, {'Idempotency-Key': 'x'})
    assert 'The database failed' in failed.problem(503)
    assert failed.headers['retry-after'] == '10'
    env.db_transaction(f'ALTER TABLE gone RENAME TO {name}')
    assert anna.get(of(NAME, 'hold')).json['held'] is None
    assert env.db_query('SELECT * FROM prodworkflow_answered') == []


@pytest.mark.only('sqlite')  # the others keep no words in numbers
def test_what_nobody_expects_is_a_problem_without_a_traceback(
        campaign, env, api):
    env.db_transaction("UPDATE prodworkflow_campaign SET revision='secret'")
    failed = api('anna').get(of(NAME))
    assert 'its log says how' in failed.problem(500)
    assert 'secret' not in failed.text
