"""Section *Waivers and known issues*: what is lifted, how long."""

from __future__ import annotations

from typing import Any

from prodworkflow.domain.views.lifted.rows import lifted
from prodworkflow.web.campaign_page.context import PageContext


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    found = lifted(page.told)
    return {'lifted': found, 'count': len(found.standing)}
