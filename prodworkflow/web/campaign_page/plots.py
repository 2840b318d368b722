"""Section *Plots*: the plots that sign-offs rest on."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from trac.web.chrome import add_stylesheet

from prodworkflow.domain.views.plots.pairs import plots_of
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.plots.pictures import pictures, tickets_of

# Requirements that are shown unfolded, and thumbnails of each.
SHOWN, THUMBS = 12, 4


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows; what went wrong comes first."""
    groups = sorted(plots_of(page.told.answers,
                             page.told.decision.snapshot.state),
                    key=attrgetter('urgency'))
    add_stylesheet(page.req, 'prodworkflow/prodworkflow_plots.css')
    attached = page.system.attached.of(tickets_of(
        p for g in groups for p in g.pairs), page.req.perm)
    given = sum(len(g.given) for g in groups)
    return {'groups': groups, 'shown': SHOWN, 'thumbs': THUMBS,
            'target': lambda pair: pictures(pair, attached)[0],
            'given': given, 'count': given,
            'asked': sum(len(g.pairs) for g in groups)}
