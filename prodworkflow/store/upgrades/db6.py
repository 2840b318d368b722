"""Add what was told by time, when campaigns remind, and days of ledgers.

What people chose of the mails is kept, a kind each.  Idempotent: what is there
already is left.
"""

from __future__ import annotations

from typing import Any

from trac.db.api import DatabaseManager
from trac.db.schema import Column, Index, Table

from prodworkflow.store.upgrades.columns import add_columns
from prodworkflow.store.upgrades.subscriptions import split_subscriptions

# Of what a fact tells the columns beside it are for people; the fact is short
# enough to be a key on MariaDB.
TABLES = [
    Table('prodworkflow_told', key=('campaign', 'fact'))[
        Column('campaign', type='int'),
        Column('fact'),
        Column('kind'),
        Column('subject'),
        Column('person'),
        Column('due'),
        Column('level', type='int'),
        Column('time', type='int64')],
]


COLUMNS = {'prodworkflow_campaign': {'remind': 'text'}}


# What happened in some days is looked up by its time.
INDEXED = Table('prodworkflow_ledger')[
    Column('time', type='int64'),
    Index(['time'])]


def do_upgrade(env: Any, version: int, cursor: Any) -> None:
    """Create the table, add the column and the index that are missing."""
    manager = DatabaseManager(env)
    there = manager.get_table_names()
    manager.create_tables([t for t in TABLES if t.name not in there])
    add_columns(env, cursor, COLUMNS)
    for statement in manager.get_connector()[0].to_sql(INDEXED):
        if 'INDEX' in statement:
            cursor.execute(statement.replace('INDEX', 'INDEX IF NOT EXISTS',
                                             1))
    split_subscriptions(cursor)
