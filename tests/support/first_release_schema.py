"""Database schema of the first release: its tables, literally, and rows."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from trac.db.api import DatabaseManager
from trac.db.schema import Column, Index, Table

ROWS = Path(__file__).parents[1] / 'data' / 'first_release.sql'
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


def restore(env):
    """Put the first release's tables and rows in an environment's database.

    The campaign is half signed; two people are known to Trac, and one
    administers campaigns.
    """
    DatabaseManager(env).create_tables(TABLES)
    with env.db_transaction as db:
        cursor = db.cursor()
        for statement in _statements(ROWS.read_text(encoding='utf-8')):
            cursor.execute(statement)
        cursor.executemany(
            "INSERT INTO session (sid, authenticated) VALUES (%s, 1)",
            [('anna',), ('bruno',), ('dora',)])
        cursor.executemany(
            "INSERT INTO enum (type, name, value) VALUES "
            "('resolution', %s, %s)", [('tolerable', '6'), ('waived', '7')])
        cursor.execute("INSERT INTO version (name) VALUES ('V1')")
        cursor.executemany(
            "INSERT INTO permission (username, action) VALUES ('dora', %s)",
            [('CAMPAIGN_ADMIN',), ('TICKET_ADMIN',)])
        for table in ('ticket', 'prodworkflow_campaign'):
            db.update_sequence(cursor, table)


def _statements(text):
    statement = ''
    for line in text.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ''
