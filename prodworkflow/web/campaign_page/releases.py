"""Section *Releases*: the releases that the campaign was on."""

from __future__ import annotations

from typing import Any

from prodworkflow.web.campaign_page.context import PageContext


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    return {}
