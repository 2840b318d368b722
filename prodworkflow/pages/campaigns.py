"""Request handler of `/campaign` (my sign-offs) and `/campaign/<name>`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from trac.config import Option
from trac.core import Component, implements
from trac.resource import ResourceNotFound
from trac.util.datefmt import from_utimestamp
from trac.web.api import IRequestHandler
from trac.web.chrome import add_link, add_notice, INavigationContributor

from prodworkflow.api import CampaignSystem, NoSuchCampaign
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.planning.request import TAKEN
from prodworkflow.domain.rules.objections.concerns import concern_words
from prodworkflow.translation import _, METADATA
from prodworkflow.web.campaign_form import controls, handle_form
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.campaign_page.sections import page_data
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.lifecycle_form import hold_filled_in
from prodworkflow.web.queue.page import MySignOffsPage
from prodworkflow.web.response import add_styles, Rendering
from prodworkflow.web.ticket_links import link_tickets

PATH = re.compile(r'/campaign(?:/([^/]+))?/?')


# A campaign that had such a name before is behind a slash more.
NO_CAMPAIGNS = {f'/campaign/{name}' for name in TAKEN}


class CampaignPages(Component):
    """Serves `/campaign` and `/campaign/<name>`.

    The first lists what waits for whoever looks at it, and lets them sign
    several at once. The page of a campaign shows the decision, the sign-off
    tickets by stage and the history; its contacts can put it on hold there.
    """

    implements(INavigationContributor, IRequestHandler)

    pictures_base = Option('prodworkflow', 'pictures_base', '', doc="""
        Address of this Trac for pictures of campaigns that are shown
        elsewhere, for example `https://trac.example.org/production`.
        Campaign pages put it at the head of the lines to copy. If it is
        empty, `[trac] base_url` is taken, or else the address that the page
        was asked for by.""")

    # INavigationContributor methods

    def get_active_navigation_item(self, req: Any) -> str:
        return 'production'

    def get_navigation_items(self, req: Any) -> Iterable[Any]:
        return ()

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        found = PATH.fullmatch(req.path_info)
        if not found or req.path_info in NO_CAMPAIGNS:
            return False
        if found[1]:
            req.args['campaign'] = found[1]
        return True

    @database_errors_as_503
    def process_request(self, req: Any) -> Rendering:
        found = PATH.fullmatch(req.path_info)
        name = found and found[1]
        req.perm.require(VIEW)
        add_styles(req)
        add_link(req, 'up', req.href.roadmap(), _("Roadmap"))
        return (self._page(req, name) if name
                else MySignOffsPage(self.env, req).rendering())

    # Internal methods

    def _page(self, req: Any, name: str) -> Rendering:
        system = CampaignSystem(self.env)
        try:
            system.queries.decision(name)
        except NoSuchCampaign as error:
            raise ResourceNotFound(str(error),
                                   _("No such campaign")) from error
        if req.method == 'POST':
            notice = handle_form(self.env, req, name)
            if notice is not None:
                add_notice(req, notice)
                req.redirect(req.href.campaign(name))
        decision = system.queries.decision(name)
        told = system.queries.readiness_for(decision, req.perm)
        page = PageContext(self.env, req, system, decision, told)
        return 'prodworkflow_campaign.html', {
            'told': told, 'campaign': told.campaign, 'linked': link_tickets,
            'tickets': page.tickets,
            'controls': controls(system, decision, page.person),
            'typed': req.args if req.method == 'POST' else
            hold_filled_in(req, told), 'concern_words': concern_words,
            'from_utimestamp': from_utimestamp, **page_data(page)}, METADATA
