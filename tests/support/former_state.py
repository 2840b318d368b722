"""An environment as it was before approvals named their evidence."""

from __future__ import annotations

from dataclasses import replace

from trac.db.api import DatabaseManager

from prodworkflow import store
from prodworkflow.domain import ledger
from prodworkflow.store import rows

# What entries know since, and columns that tables have since.
PAYLOAD = {'basis', 'persons', 'rests', 'revision', 'by_rules'}
COLUMNS = {
    'prodworkflow_campaign': ('deputies', 'waiver_rules', 'known_issues',
                              'concerns', 'site_words', 'newcomers',
                              'remind'),
    'prodworkflow_requirement': ('rests_on', 'objection', 'files', 'kept'),
    'prodworkflow_stage': ('reopened',),
    'prodworkflow_signoff': ('basis', 'persons')}


def make_former(env):
    """Turn tables and ledgers of an environment into those of version 3."""
    with env.db_transaction as db:
        for campaign in store.all_campaign_ids(env):
            _reseal(db, campaign, list(store.entries(env, campaign)))
        for table, columns in COLUMNS.items():
            for column in columns:
                db(f'ALTER TABLE {table} DROP COLUMN {column}')
    DatabaseManager(env).set_database_version(3, 'prodworkflow_version')


def _reseal(db, campaign, entries):
    last = None
    for entry in entries:
        payload = {k: v for k, v in entry.payload.items() if k not in PAYLOAD}
        last = ledger.seal(last, replace(entry, payload=payload))
        row = dict(zip(rows.ENTRY, rows.entry_row(last)))
        db("""UPDATE prodworkflow_ledger SET payload=%s, previous=%s, hash=%s
              WHERE campaign=%s AND number=%s""",
           (row['payload'], row['previous'], row['hash'], campaign,
            entry.number))
    db('UPDATE prodworkflow_campaign SET head=%s WHERE id=%s',
       (last.hash, campaign))
