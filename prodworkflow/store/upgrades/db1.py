"""Create the tables; add the resolutions `tolerable` and `waived`."""

from __future__ import annotations

from typing import Any

from trac.db.api import DatabaseManager
from trac.db.schema import Column, Index, Table

TABLES = [
    Table('prodworkflow_campaign', key='id')[
        Column('id', auto_increment=True),
        Column('name'),
        Column('template'),
        Column('release_name'),
        Column('start'),
        Column('enforcement'),
        Column('phase'),
        Column('revision', type='int'),
        Column('head'),
        Index(['name'], unique=True),
        Index(['phase'])],
    Table('prodworkflow_stage', key=('campaign', 'stage'))[
        Column('campaign', type='int'),
        Column('stage'),
        Column('number', type='int'),
        Column('title'),
        Column('milestone'),
        Column('due'),
        Column('closed', type='int'),
        Index(['milestone'])],
    Table('prodworkflow_requirement', key=('campaign', 'requirement'))[
        Column('campaign', type='int'),
        Column('requirement'),
        Column('position', type='int'),
        Column('stage'),
        Column('title'),
        Column('ticket', type='int'),
        Column('ticket_time', type='int64'),
        Column('contacts'),
        Column('quorum', type='int'),
        Column('release_bound', type='int'),
        Column('seen', type='int64'),
        Column('since', type='int'),
        Column('unsigned_closing', type='int'),
        Index(['ticket'])],
    Table('prodworkflow_signoff', key=('campaign', 'number'))[
        Column('campaign', type='int'),
        Column('number', type='int'),
        Column('requirement'),
        Column('verdict'),
        Column('signer'),
        Column('role'),
        Column('release_name'),
        Column('time', type='int64'),
        Column('statement')],
    Table('prodworkflow_ledger', key=('campaign', 'number'))[
        Column('campaign', type='int'),
        Column('number', type='int'),
        Column('time', type='int64'),
        Column('actor'),
        Column('verb'),
        Column('requirement'),
        Column('release_name'),
        Column('payload'),
        Column('previous'),
        Column('hash')],
]


RESOLUTIONS = ('tolerable', 'waived')


def do_upgrade(env: Any, version: int, cursor: Any) -> None:
    """Create the tables and add the resolutions."""
    DatabaseManager(env).create_tables(TABLES)
    for resolution in RESOLUTIONS:
        _add_resolution(cursor, resolution)


def _add_resolution(cursor: Any, name: str) -> None:
    """Add a resolution behind those of the site, unless it is there.

    A site without any has no such field, and gets none.
    """
    cursor.execute("SELECT name, value FROM enum WHERE type='resolution'")
    values = dict(cursor.fetchall())
    if not values or name in values:
        return
    last = max((int(float(v)) for v in values.values() if v), default=0)
    cursor.execute("INSERT INTO enum (type, name, value) "
                   "VALUES ('resolution', %s, %s)", (name, str(last + 1)))
