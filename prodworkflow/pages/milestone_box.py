"""Request filter that puts the stage of a campaign on the milestone page."""

from __future__ import annotations

import re
from typing import Any

from trac.core import Component, implements
from trac.web.api import IRequestFilter

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.web.response import add_styles, with_our_texts
from prodworkflow.web.texts.ticket_links import link_tickets

PAGE = re.compile(r'/milestone/(.+)')


class MilestoneBox(Component):
    """Puts a box on the page of a milestone that is a stage of a campaign.

    It says whether the stage may be closed, and what it waits for.
    """

    implements(IRequestFilter)

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        return handler

    def post_process_request(self, req: Any, template: str | None, data: Any,
                             metadata: Any) -> tuple[Any, Any, Any]:
        found = PAGE.fullmatch(req.path_info)
        if (found and template == 'milestone_view.html' and data
                and VIEW in req.perm):
            told = self._stages(req, found[1])
            if told:
                add_styles(req)
                data.update(prodworkflow_page=template,
                            prodworkflow_told=told,
                            prodworkflow_linked=link_tickets)
                template = 'prodworkflow_milestone_page.html'
                metadata = with_our_texts(metadata)
        return template, data, metadata

    # Internal methods

    def _stages(self, req: Any, name: str) -> list[tuple[Stage, Readiness]]:
        queries = CampaignSystem(self.env).queries
        found = [(decision.snapshot.state.for_milestone(name), decision)
                 for decision in queries.for_milestone(name)]
        return [(stage, queries.readiness_for(decision, req.perm, stage.key))
                for stage, decision in found if stage]
