"""Add columns for releases, holds, launches, deputies, evidence, waivers.

Idempotent: columns that are there already are left, so an upgrade that was
interrupted can be run again, and loses nothing.
"""

from __future__ import annotations

from typing import Any

from trac.db.api import DatabaseManager

COLUMNS = {
    'prodworkflow_campaign': {
        'released': 'integer', 'launched': 'bigint', 'held_since': 'bigint',
        'held_by': 'text', 'held_because': 'text', 'freeze_rule': 'text',
        'changed': 'text'},
    'prodworkflow_requirement': {
        'deputies': 'text', 'separate_from': 'text', 'inputs': 'text',
        'asks': 'text', 'stale': 'integer', 'carried': 'text',
        'changed': 'text'},
    'prodworkflow_signoff': {
        'contact': 'text', 'evidence': 'text', 'waiver': 'text'},
}


def do_upgrade(env: Any, version: int, cursor: Any) -> None:
    """Add the columns that are missing."""
    for table, columns in COLUMNS.items():
        there = DatabaseManager(env).get_column_names(table)
        for name, kind in columns.items():
            if name not in there:
                cursor.execute(f'ALTER TABLE {table} ADD COLUMN {name} {kind}')
    # Until now contacts signed for themselves, as nobody's deputy.
    cursor.execute("""UPDATE prodworkflow_signoff SET contact=signer
                      WHERE role='contact'""")
