"""Section *Releases*: the releases that the campaign was on."""

from __future__ import annotations

from typing import Any

from prodworkflow.domain.views.progress.releases import releases
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.campaign_page.history import ALL, FILTERS
from prodworkflow.web.meeting.addresses import kept


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    found = releases(page.entries, page.told)
    return {'releases': found, 'count': len(found),
            'visible': {e.number for e in page.history},
            'address': kept(page.req, *FILTERS, history=ALL)}
