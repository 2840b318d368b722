"""Picture of a campaign's timeline in a page, as its reader writes days."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from trac.util.datefmt import format_date, user_time
from trac.util.html import Element, Fragment, tag
from trac.web.chrome import add_stylesheet

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.views.picture.chart import Chart, chart
from prodworkflow.domain.views.picture.drawing import Drawing, drawing
from prodworkflow.domain.views.picture.layout import NARROW, Speech, WIDE
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.translation import _


def speech(req: Any) -> Speech:
    """How who asks writes days; messages are in their language."""
    return Speech(partial(user_time, req, format_date))


def picture(req: Any, shown: Chart) -> Fragment:
    """The wide drawing and the narrow one, and the key of both.

    The style sheet shows one of them; readers hear that one.
    """
    words = speech(req)
    return tag(tag.div([_svg(drawing(shown, layout, words))
                        for layout in (WIDE, NARROW)], class_='pw-tl-frame'),
               tag.p(_("Bars run to their due day; filled: met; hatched: "
                       "late. Solid line: today, dashed: planned start, "
                       "dotted: patch or release, band: on hold. Forecast: "
                       "dot for the median, bar to 90 %."),
                     class_='pw-small pw-tl-key'))


def _svg(drawn: Drawing) -> Fragment:
    return Element('svg', **{
        'class': f'pw-tl pw-tl-{drawn.name}', 'viewBox': drawn.box,
        'role': 'img'})(
        Element('title')(drawn.title), Element('desc')(drawn.description),
        [Element(s.element, **{'class': s.style or None, **s.attributes})(
            s.text) for s in drawn.shapes])


def wide_drawing(req: Any, told: Readiness,
                 entries: Iterable[Entry]) -> Drawing:
    """The wide drawing alone, as a picture of its own."""
    return drawing(chart(told, entries), WIDE, speech(req))


def add_picture_styles(req: Any) -> None:
    """Add the style sheet of the picture to the head of a page."""
    add_stylesheet(req, 'prodworkflow/prodworkflow_timeline.css')
