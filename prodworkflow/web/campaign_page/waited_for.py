"""Section *Waited for*: whom the campaign waits for, by person."""

from __future__ import annotations

from typing import Any

from trac.web.chrome import add_stylesheet

from prodworkflow.domain.views.waits.people import waited_people
from prodworkflow.web.campaign_page.context import PageContext


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    add_stylesheet(page.req, 'prodworkflow/prodworkflow_people.css')
    people = waited_people(page.told, page.req.authname)
    return {'people': people, 'count': people.count}
