"""Database pool: a database that a test gave back is as new for the next."""

from __future__ import annotations

import pytest
from trac.env import Environment

from prodworkflow.api import CampaignSystem
from support.environment_copies import uri_of

pytestmark = pytest.mark.only('postgres', 'mariadb')


def everything(env):
    with env.db_query as db:
        tables = sorted(db.get_table_names())
        return {table: sorted(db(f'SELECT * FROM {db.quote(table)}'), key=repr)
                for table in tables}


@pytest.fixture
def return_database(env, path, made_once, database):
    """Gives the database back and copies again, until it is the same one."""
    def giving():
        env.shutdown()
        uri, source = uri_of(path), uri_of(made_once)
        database.used[uri] = 1  # however many tests have had it before
        database.drop(uri)
        assert database.copy(source) == uri
        return Environment(str(path))
    return giving


def test_returned_database_is_empty_and_its_ids_begin_anew(
        env, create, sign, return_database):
    before = everything(env)
    tickets = create()
    sign('feature-freeze')
    again = return_database()
    assert everything(again) == before
    assert CampaignSystem(again).queries.names() == []
    again.shutdown()
    assert create() == tickets


def test_returned_database_with_changed_tables_is_not_used_again(
        env, path, database):
    env.db_transaction('ALTER TABLE ticket ADD COLUMN odd integer')
    env.shutdown()
    uri = uri_of(path)
    database.drop(uri)
    assert uri not in database.spare_ones()
