"""Plots page: all plots of a campaign, for the meeting."""

from __future__ import annotations

import re
from typing import Any

from trac.web.api import HTTPBadRequest
from trac.web.chrome import add_link

from prodworkflow.domain.views.plots.pairs import PlotPair, plots_of
from prodworkflow.translation import _, METADATA
from prodworkflow.web.campaign_page.below import PageBelowCampaign
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.plots.box import add_plot_files
from prodworkflow.web.plots.pictures import pictures, tickets_of
from prodworkflow.web.response import add_print_styles, add_styles, Rendering
from prodworkflow.web.texts.ticket_links import link_tickets

NUMBER = re.compile('[0-9]{1,6}')


class PlotsPage(PageBelowCampaign):
    """Serves `/campaign/<name>/plots`: each plot beside its reference.

    All below each other, or one alone by `?plot=`, with links to the next.
    """

    WORD = 'plots'

    def serve(self, req: Any, page: PageContext) -> Rendering:
        told, name = page.told, page.told.campaign.name
        add_styles(req)
        add_plot_files(req)
        add_print_styles(req)
        add_link(req, 'up', req.href.campaign(name), name)
        groups = plots_of(told.answers, told.decision.snapshot.state)
        given = [p for group in groups for p in group.given]
        attached = page.system.attached.of(tickets_of(given), req.perm)
        return 'prodworkflow_plots.html', {
            'told': told, 'campaign': told.campaign, 'linked': link_tickets,
            'groups': groups, 'given': given,
            'asked': sum(len(g.pairs) for g in groups),
            'one': _chosen(req, given),
            'pictures': lambda pair: pictures(pair, attached)}, METADATA


def _chosen(req: Any, given: list[PlotPair]) -> PlotPair | None:
    """The plot that `?plot=` asks for; None where it asks for none."""
    if 'plot' not in req.args:
        return None
    text, *more = req.args.getlist('plot')
    if more or not NUMBER.fullmatch(text) or not (
            1 <= int(text) <= len(given)):
        raise HTTPBadRequest(_(
            "plot is the number of a plot of this campaign, 1 to %(last)s; "
            "leave it out to see all of them.", last=len(given)))
    return given[int(text) - 1]
