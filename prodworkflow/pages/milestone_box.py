"""Request filter that puts the stage of a campaign on the milestone page."""

from __future__ import annotations

import re

from trac.core import Component, implements
from trac.web.api import IRequestFilter

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.web.response import add_styles
from prodworkflow.web.ticket_links import link_tickets

PAGE = re.compile(r'/milestone/(.+)')


class MilestoneBox(Component):
    """Puts a box on the page of a milestone that is a stage of a campaign.

    It says whether the stage may be closed, and what it waits for.
    """

    implements(IRequestFilter)

    # IRequestFilter methods

    def pre_process_request(self, req, handler):
        return handler

    def post_process_request(self, req, template, data, metadata):
        found = PAGE.fullmatch(req.path_info)
        if (found and template == 'milestone_view.html' and data
                and VIEW in req.perm):
            told = self._told(req, found[1])
            if told:
                add_styles(req)
                data.update(prodworkflow_page=template,
                            prodworkflow_told=told,
                            prodworkflow_linked=link_tickets)
                template = 'prodworkflow_milestone_page.html'
        return template, data, metadata

    # Internal methods

    def _told(self, req, name):
        system = CampaignSystem(self.env)
        return [(decision.snapshot.state.for_milestone(name),
                 system.queries.readiness_for(decision, req.perm,
                             decision.snapshot.state.for_milestone(name).key))
                for decision in system.queries.for_milestone(name)]
