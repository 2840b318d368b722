"""Request handler of the page of a meeting about a campaign."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from trac.core import Component, implements
from trac.web.api import HTTPMethodNotAllowed, IRequestHandler
from trac.web.chrome import add_link, INavigationContributor

from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.rules.objections.concerns import concern_words
from prodworkflow.translation import _, METADATA
from prodworkflow.web.campaign_form import controls
from prodworkflow.web.campaign_page.context import campaign_page
from prodworkflow.web.campaign_page.sections import page_data
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.meeting.addresses import kept, today
from prodworkflow.web.meeting.minutes import minutes
from prodworkflow.web.response import (
    add_campaign_styles,
    add_styles,
    Rendering,
)
from prodworkflow.web.texts.reader_days import nobody_reads

PATH = re.compile(r'/campaign/([^/]+)/meeting/?')


class MeetingPage(Component):
    """Serves `/campaign/<name>/meeting`, for a projector and for paper.

    It shows what the page of the campaign shows, larger and without forms;
    minutes stand below as wiki text to copy.
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
        if req.method not in ('GET', 'HEAD'):
            raise HTTPMethodNotAllowed(_("This page is only read."))
        name = req.args['campaign']
        page = campaign_page(self.env, req, name)
        add_styles(req)
        add_campaign_styles(req)
        add_link(req, 'up', req.href.campaign(name, **kept(req)), name)
        shown = page_data(page, plain=True)
        since = shown['since']
        with nobody_reads():
            text = minutes(page.told, since['changes'], since['day'],
                           today(req), since['move'])
        return 'prodworkflow_meeting.html', {
            **shown, 'tickets': page.tickets, 'typed': {},
            'controls': dict.fromkeys(controls(
                page.system, page.decision, page.person), False),
            'concern_words': concern_words, 'kept': kept(req),
            'minutes': text}, METADATA
