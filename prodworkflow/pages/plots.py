"""Plots page: all plots of a campaign, for the meeting."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from trac.core import Component, implements
from trac.resource import ResourceNotFound
from trac.web.api import HTTPBadRequest, IRequestHandler
from trac.web.chrome import add_link, INavigationContributor

from prodworkflow.api import CampaignSystem, NoSuchCampaign
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.views.plots.pairs import PlotPair, plots_of
from prodworkflow.translation import _, METADATA
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.plots.box import add_plot_files
from prodworkflow.web.plots.pictures import pictures, tickets_of
from prodworkflow.web.response import add_print_styles, add_styles, Rendering
from prodworkflow.web.texts.ticket_links import link_tickets

PATH = re.compile(r'/campaign/([^/]+)/plots/?')
NUMBER = re.compile('[0-9]{1,6}')


class PlotsPage(Component):
    """Serves `/campaign/<name>/plots`: each plot beside its reference.

    All below each other, or one alone by `?plot=`, with links to the next.
    """

    implements(INavigationContributor, IRequestHandler)

    is_valid_default_handler = False

    # INavigationContributor methods

    def get_active_navigation_item(self, req: Any) -> str:
        return 'production'

    def get_navigation_items(self, req: Any) -> Iterable[Any]:
        return ()

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        found = PATH.fullmatch(req.path_info)
        if found:
            req.args['campaign'] = found[1]
        return bool(found)

    @database_errors_as_503
    def process_request(self, req: Any) -> Rendering:
        req.perm.require(VIEW)
        name, system = req.args.get('campaign'), CampaignSystem(self.env)
        try:
            decision = system.queries.decision(name)
        except NoSuchCampaign as error:
            raise ResourceNotFound(str(error),
                                   _("No such campaign")) from error
        add_styles(req)
        add_plot_files(req)
        add_print_styles(req)
        add_link(req, 'up', req.href.campaign(name), name)
        told = system.queries.readiness_for(decision, req.perm)
        groups = plots_of(told.answers, told.decision.snapshot.state)
        given = [p for group in groups for p in group.given]
        attached = system.attached.of(tickets_of(given), req.perm)
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
