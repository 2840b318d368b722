"""Add templates with their versions, lists, groups and response times.

Also dropped requirements, and that a start was moved. Idempotent: what is
there already is left, so an upgrade that was interrupted can be run again, and
loses nothing.
"""

from __future__ import annotations

from typing import Any

from trac.db.api import DatabaseManager
from trac.db.schema import Column, Index, Table

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


LONG = 'long text'


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
    for table, columns in COLUMNS.items():
        known = manager.get_column_names(table)
        for name, kind in columns.items():
            if name not in known:
                cursor.execute(f'ALTER TABLE {table} ADD COLUMN {name} '
                               f'{_kind(env, kind)}')
    # Only Trac's connector knows how long a key MariaDB takes.
    connector = manager.get_connector()[0]
    for wanted in INDEXED:
        for statement in connector.to_sql(wanted):
            if 'INDEX' in statement:
                cursor.execute(statement.replace(
                    'INDEX', 'INDEX IF NOT EXISTS', 1))


def _kind(env: Any, kind: str) -> str:
    """The type of a column; MariaDB's own `text` ends after 64 kB."""
    if kind != LONG:
        return kind
    scheme = DatabaseManager(env).connection_uri.partition(':')[0]
    return 'mediumtext' if scheme == 'mysql' else 'text'
