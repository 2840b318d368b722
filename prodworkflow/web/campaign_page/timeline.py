"""Section *Timeline*: the campaign by days, as a picture and as a table."""

from __future__ import annotations

from typing import Any

from prodworkflow.domain.views.picture.chart import chart
from prodworkflow.domain.views.picture.table import rows
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.campaign_page.picture import (
    add_picture_styles,
    picture,
    speech,
)


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    add_picture_styles(page.req)
    shown = chart(page.told, page.entries)
    return {'picture': picture(page.req, shown), 'steps': shown.steps,
            'rows': rows(shown, speech(page.req))}
