"""Add what the site calls the words that a campaign names, and newcomers.

Idempotent: what is there already is left.
"""

from __future__ import annotations

from typing import Any

from prodworkflow.store.upgrades.columns import add_columns, LONG

COLUMNS = {'prodworkflow_campaign': {'site_words': LONG, 'newcomers': LONG}}


def do_upgrade(env: Any, version: int, cursor: Any) -> None:
    """Add the columns that are missing; older campaigns know nothing."""
    add_columns(env, cursor, COLUMNS)
