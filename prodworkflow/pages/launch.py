"""Launch page: what a launch rests on and does, and its form."""

from __future__ import annotations

from typing import Any

from trac.util.datefmt import from_utimestamp
from trac.web.chrome import add_link, add_notice

from prodworkflow.domain.model.permissions import LAUNCH
from prodworkflow.domain.views.launch_review import launch_review
from prodworkflow.translation import METADATA
from prodworkflow.web.campaign_form import handle_form
from prodworkflow.web.campaign_page.below import PageBelowCampaign, READING
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.notices.field_problems import kept_problems
from prodworkflow.web.response import add_styles, Rendering, set_status
from prodworkflow.web.texts.ticket_links import link_tickets


class LaunchPage(PageBelowCampaign):
    """Serves `/campaign/<name>/launch` to those who may launch.

    It shows the decision, the waivers in force, the known issues, who is left
    out and the stages that the launch closes; then it asks for a sentence.
    """

    WORD = 'launch'
    METHODS = (*READING, 'POST')

    def serve(self, req: Any, page: PageContext) -> Rendering:
        name, system = page.told.campaign.name, page.system
        if req.method in READING:
            req.perm.require(LAUNCH)
        else:
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
