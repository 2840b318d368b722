"""Add what decisions rest on: bases, objections, files, known issues.

Also which stages the rules have reopened, deputies and waiver rules of a
campaign, and the evidence that an approval was given for.  Idempotent: what is
there already is left.
"""

from __future__ import annotations

from typing import Any

from prodworkflow.store.upgrades.columns import add_columns, LONG
from prodworkflow.store.upgrades.evidence_bases import fill_bases

COLUMNS = {
    'prodworkflow_campaign': {
        'deputies': LONG, 'waiver_rules': 'text', 'known_issues': LONG,
        'concerns': LONG},
    'prodworkflow_requirement': {
        'rests_on': 'text', 'objection': 'text', 'files': LONG,
        'kept': 'text'},
    'prodworkflow_stage': {'reopened': 'integer'},
    'prodworkflow_signoff': {'basis': LONG, 'persons': 'text'},
}


def do_upgrade(env: Any, version: int, cursor: Any) -> None:
    """Add the columns that are missing, and what ledgers say of them."""
    add_columns(env, cursor, COLUMNS)
    fill_bases(cursor)
