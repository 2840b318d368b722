"""Section *Numbers*: estimate, revisions, measurement and bound."""

from __future__ import annotations

from typing import Any

from trac.web.chrome import add_stylesheet

from prodworkflow.domain.views.numbers.quantities import quantities
from prodworkflow.web.campaign_page.context import PageContext


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    add_stylesheet(page.req, 'prodworkflow/prodworkflow_numbers.css')
    found = quantities(page.told)
    return {'quantities': found, 'count': found.count}
