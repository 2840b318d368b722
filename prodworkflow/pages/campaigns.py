"""Request handler of `/campaign` (my sign-offs) and `/campaign/<name>`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from trac.config import Option
from trac.core import Component, implements
from trac.web.api import IRequestHandler
from trac.web.chrome import add_link, add_notice, INavigationContributor

from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.planning.request import TAKEN
from prodworkflow.domain.rules.objections.concerns import concern_words
from prodworkflow.translation import _, METADATA, TRACINI_DOMAIN
from prodworkflow.web.campaign_form import controls, handle_form
from prodworkflow.web.campaign_page.context import campaign_page
from prodworkflow.web.campaign_page.sections import page_data
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.forms import form_text
from prodworkflow.web.lifecycle_form import hold_filled_in
from prodworkflow.web.matrices.place import is_matrix
from prodworkflow.web.meeting.addresses import kept
from prodworkflow.web.meeting.day import MEETING, remembered
from prodworkflow.web.notices.field_problems import kept_problems
from prodworkflow.web.queue.page import MySignOffsPage
from prodworkflow.web.response import (
    add_campaign_styles,
    add_styles,
    Rendering,
)
from prodworkflow.web.ticket_table.rows import heads, TicketLines

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
        was asked for by.""",
        doc_domain=TRACINI_DOMAIN)

    # INavigationContributor methods

    def get_active_navigation_item(self, req: Any) -> str:
        return 'production'

    def get_navigation_items(self, req: Any) -> Iterable[Any]:
        return ()

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        found = PATH.fullmatch(req.path_info)
        if (not found or req.path_info in NO_CAMPAIGNS
                or is_matrix(self.env, req.path_info)):
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
        if req.method == 'POST':
            self._act(req, name)
        page = campaign_page(self.env, req, name)
        add_campaign_styles(req)
        typed = (req.args if req.method == 'POST'
                 else hold_filled_in(req, page.told))
        return 'prodworkflow_campaign.html', {
            **page_data(page), 'tickets': page.tickets, 'typed': typed,
            'prodworkflow_problems': kept_problems(req),
            'ticket_lines': TicketLines(page), 'ticket_heads': heads(),
            'controls': controls(page.system, page.decision, page.person),
            'concern_words': concern_words, 'kept': kept(req)}, METADATA

    def _act(self, req: Any, name: str) -> None:
        """Do what a form asks, then show the page anew; or warn of it."""
        page = campaign_page(self.env, req, name)
        notice = (remembered(req, page.decision.snapshot.id)
                  if form_text(req.args, 'act') == MEETING
                  else handle_form(self.env, req, name))
        if notice is not None:
            add_notice(req, notice)
            req.redirect(req.href.campaign(name))
