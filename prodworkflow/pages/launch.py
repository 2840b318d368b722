"""Launch page: what a launch rests on and does, and its form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from trac.core import Component, implements
from trac.resource import ResourceNotFound
from trac.util.datefmt import from_utimestamp
from trac.web.api import IRequestHandler
from trac.web.chrome import add_link, add_notice, INavigationContributor

from prodworkflow.api import CampaignSystem, NoSuchCampaign
from prodworkflow.domain.model.permissions import LAUNCH, VIEW
from prodworkflow.domain.views.launch_review import launch_review
from prodworkflow.translation import _, METADATA
from prodworkflow.web.campaign_form import handle_form
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.notices.field_problems import kept_problems
from prodworkflow.web.response import add_styles, Rendering, set_status
from prodworkflow.web.texts.ticket_links import link_tickets

PATH = re.compile(r'/campaign/([^/]+)/launch/?')


class LaunchPage(Component):
    """Serves `/campaign/<name>/launch` to those who may launch.

    It shows the decision, the waivers in force, the known issues, who is left
    out and the stages that the launch closes; then it asks for a sentence.
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
        if req.method != 'POST':
            req.perm.require(LAUNCH)
        name, system = req.args.get('campaign'), CampaignSystem(self.env)
        try:
            system.queries.decision(name)
        except NoSuchCampaign as error:
            raise ResourceNotFound(str(error),
                                   _("No such campaign")) from error
        if req.method == 'POST':
            req.args['act'] = 'launch'
            notice = handle_form(self.env, req, name)
            if notice is not None:
                add_notice(req, notice)
                req.redirect(req.href.campaign(name))
            if LAUNCH not in req.perm:
                set_status(req, 403)
        add_styles(req)
        add_link(req, 'up', req.href.campaign(name), name)
        told = system.queries.readiness_for(
            system.queries.decision_before_launch(name), req.perm)
        return 'prodworkflow_launch.html', {
            'review': launch_review(told), 'told': told,
            'may_launch': LAUNCH in req.perm,
            'campaign': told.campaign, 'tickets': system.queries.tickets(told),
            'typed': req.args if req.method == 'POST' else {},
            'linked': link_tickets,
            'prodworkflow_problems': kept_problems(req),
            'from_utimestamp': from_utimestamp}, METADATA
