"""Add the tables of machines: tokens, answers, events and their receivers.

Idempotent: what is there already is left.
"""

from __future__ import annotations

from typing import Any

from trac.db.api import DatabaseManager
from trac.db.schema import Column, Index, Table

# Times are in µs UTC, 0 for never; digests are SHA-256 in hexadecimal, short
# enough to be keys on MariaDB.  A token of campaign 0 is for all campaigns.
TABLES = [
    Table('prodworkflow_token', key='id')[
        Column('id', auto_increment=True),
        Column('name'),
        Column('owner'),
        Column('hash'),
        Column('scopes'),
        Column('campaign', type='int'),
        Column('requirement'),
        Column('made', type='int64'),
        Column('expires', type='int64'),
        Column('last_used', type='int64'),
        Column('revoked', type='int64'),
        Index(['hash'], unique=True),
        Index(['owner'])],
    Table('prodworkflow_answered', key='digest')[
        Column('digest'),
        Column('request'),
        Column('status', type='int'),
        Column('headers'),
        Column('body'),
        Column('time', type='int64'),
        Index(['time'])],
    Table('prodworkflow_event', key='id')[
        Column('id', auto_increment=True),
        Column('uid'),
        Column('campaign', type='int'),
        Column('type'),
        Column('subject'),
        Column('time', type='int64'),
        Column('body')],
    Table('prodworkflow_webhook', key='id')[
        Column('id', auto_increment=True),
        Column('kind'),
        Column('url'),
        Column('secret'),
        Column('types'),
        Column('made', type='int64'),
        Column('author')],
    Table('prodworkflow_delivery', key=('webhook', 'event'))[
        Column('webhook', type='int'),
        Column('event', type='int'),
        Column('campaign', type='int'),
        Column('tries', type='int'),
        Column('due', type='int64'),
        Column('claimed', type='int64'),
        Column('given_up', type='int64'),
        Column('error'),
        Index(['campaign', 'event']),
        Index(['event'])],
    # What was told of the gates last; stage '' is the launch.
    Table('prodworkflow_told_gate', key=('campaign', 'stage'))[
        Column('campaign', type='int'),
        Column('stage'),
        Column('is_open', type='int')],
]


def do_upgrade(env: Any, version: int, cursor: Any) -> None:
    """Create the tables that are missing."""
    manager = DatabaseManager(env)
    there = manager.get_table_names()
    manager.create_tables([t for t in TABLES if t.name not in there])
