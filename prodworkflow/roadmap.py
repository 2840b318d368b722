"""The production-readiness panel on Trac's roadmap."""

from __future__ import annotations

from trac.core import Component, implements
from trac.web.api import IRequestFilter

from .api import ADMIN, CampaignSystem, VIEW
from .chrome import dress, linked


class RoadmapPanel(Component):
    """Shows, above the roadmap's milestones, how ready each campaign is.

    Costs three SQL statements, whatever the number of campaigns.
    """

    implements(IRequestFilter)

    # IRequestFilter methods

    def pre_process_request(self, req, handler):
        return handler

    def post_process_request(self, req, template, data, metadata):
        if template and data and self._shown(req, data):
            system = CampaignSystem(self.env)
            decisions, found = system.underway()
            dress(req)
            data.update(
                prodworkflow_page=template, prodworkflow_linked=linked,
                prodworkflow_told=[system.told(d, req.perm)
                                   for d in decisions],
                prodworkflow_over=found.over,
                prodworkflow_over_count=found.over_count,
                prodworkflow_may_create=ADMIN in req.perm)
            template = 'prodworkflow_roadmap.html'
        return template, data, metadata

    # Internal methods

    def _shown(self, req, data):
        """Whether this is the roadmap, under its own path or as the start."""
        return ((req.path_info == '/roadmap'
                 or (req.path_info in ('', '/') and 'milestone_stats' in data))
                and VIEW in req.perm)
