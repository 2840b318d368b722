"""Add templates with their versions, lists, groups and response times.

Also dropped requirements, and that a start was moved. Idempotent: what is
there already is left, so an upgrade that was interrupted can be run again, and
loses nothing.
"""

from __future__ import annotations

from typing import Any

from trac.db.api import DatabaseManager
from trac.db.schema import Column, Index, Table

from prodworkflow.store.upgrades.columns import add_columns, LONG

TABLES = [
    Table('prodworkflow_template', key=('name', 'version'))[
        Column('name'),
        Column('version', type='int'),
        Column('title'),
        Column('text'),
        Column('digest'),
        Column('author'),
        Column('time', type='int64'),
        Column('reason'),
        Column('removed', type='int')],
]


COLUMNS = {
    'prodworkflow_campaign': {
        'template_version': 'integer', 'moved': 'text',
        'item_lists': LONG, 'item_groups': LONG, 'dropped': LONG},
    'prodworkflow_requirement': {
        'item_group': 'text', 'item': 'text', 'weight': 'text',
        'due': 'text'},
    'prodworkflow_signoff': {'waited': 'bigint'},
}


INDEXED = (
    Table('prodworkflow_signoff')[
        Column('contact'),
        Column('time', type='int64'),
        Column('requirement'),
        Column('verdict'),
        Index(['contact', 'time']),
        Index(['requirement', 'verdict'])],
    # Of Trac's own table: which tickets are open in a stage's milestone is
    # asked before every change, and must not cost more the more tickets there
    # are.
    Table('ticket')[
        Column('milestone'),
        Column('status'),
        Index(['milestone', 'status'])],
)


def do_upgrade(env: Any, version: int, cursor: Any) -> None:
    """Create the table of templates and add the columns that are missing."""
    manager = DatabaseManager(env)
    there = manager.get_table_names()
    manager.create_tables([t for t in TABLES if t.name not in there])
    add_columns(env, cursor, COLUMNS)
    # Only Trac's connector knows how long a key MariaDB takes.
    connector = manager.get_connector()[0]
    for wanted in INDEXED:
        for statement in connector.to_sql(wanted):
            if 'INDEX' in statement:
                cursor.execute(statement.replace(
                    'INDEX', 'INDEX IF NOT EXISTS', 1))
