"""Section *Waivers and known issues*: what is lifted, how long."""

from __future__ import annotations

from typing import Any

from prodworkflow.web.campaign_page.context import PageContext


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    return {'waivers': page.told.waivers,
            'count': len(page.told.waivers) + len(page.told.issues)}
