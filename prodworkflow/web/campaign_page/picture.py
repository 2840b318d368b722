"""Picture of a campaign's timeline, as its reader writes days and reads."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from trac.util.datefmt import format_date, user_time
from trac.web.chrome import add_stylesheet

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.views.picture.chart import Chart, chart
from prodworkflow.domain.views.picture.drawing import Drawing, drawing
from prodworkflow.domain.views.picture.layout import NARROW, Speech, WIDE
from prodworkflow.domain.views.readiness import Readiness


def speech(req: Any) -> Speech:
    """How who asks writes days; messages are in their language."""
    return Speech(partial(user_time, req, format_date))


def drawings(req: Any, shown: Chart) -> list[Drawing]:
    """The wide drawing and the narrow one."""
    words = speech(req)
    return [drawing(shown, layout, words) for layout in (WIDE, NARROW)]


def wide_drawing(req: Any, told: Readiness,
                 entries: Iterable[Entry]) -> Drawing:
    """The wide drawing alone, as a picture of its own."""
    return drawing(chart(told, entries), WIDE, speech(req))


def add_picture_styles(req: Any) -> None:
    """Add the style sheet of the picture to the head of a page."""
    add_stylesheet(req, 'prodworkflow/prodworkflow_timeline.css')
