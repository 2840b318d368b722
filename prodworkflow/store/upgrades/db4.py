"""Add what decisions rest on: bases, objections, files, known issues.

Also deputies and waiver rules of a campaign, and the evidence that an approval
was given for.  Idempotent: what is there already is left.
"""

from __future__ import annotations

from typing import Any

from prodworkflow.store.upgrades.columns import add_columns, LONG

COLUMNS = {
    'prodworkflow_campaign': {
        'deputies': LONG, 'waiver_rules': 'text', 'known_issues': LONG},
    'prodworkflow_requirement': {
        'rests_on': 'text', 'objection': 'text', 'files': LONG,
        'title_pattern': 'text'},
    'prodworkflow_signoff': {'basis': LONG, 'persons': 'text'},
}


def do_upgrade(env: Any, version: int, cursor: Any) -> None:
    """Add the columns that are missing."""
    add_columns(env, cursor, COLUMNS)
