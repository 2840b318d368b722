"""Row mapping: between table rows and values of the domain.

ValueError if a row makes no sense.
"""

from __future__ import annotations

from collections.abc import Sequence

from prodworkflow.store.rows.campaigns import (
    BESIDE,
    beside,
    beside_of,
    beside_row,
    CAMPAIGN,
    campaign,
    campaign_row,
    day_text,
    STAGE,
    stage,
    stage_row,
)
from prodworkflow.store.rows.entries import ENTRY, entry, entry_row
from prodworkflow.store.rows.requirements import (
    REQUIREMENT,
    requirement,
    requirement_row,
    SIGNOFF,
    signoff,
    signoff_row,
)

__all__ = [
    'BESIDE', 'CAMPAIGN', 'ENTRY', 'REQUIREMENT', 'SIGNOFF', 'STAGE',
    'beside', 'beside_of', 'beside_row', 'campaign', 'campaign_row',
    'columns', 'day_text', 'entry', 'entry_row', 'requirement',
    'requirement_row', 'signoff', 'signoff_row', 'stage', 'stage_row',
]


def columns(names: Sequence[str], alias: str) -> str:
    """The columns of one table, for a SELECT: `c.name,c.template,…`."""
    return ','.join(f'{alias}.{name}' for name in names)
