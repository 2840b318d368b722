"""Calendar: due days of requirements and planned starts, as iCalendar."""

from __future__ import annotations

from typing import Any

from trac.core import Component, implements
from trac.resource import ResourceNotFound
from trac.web.api import HTTPBadRequest, IRequestFilter, IRequestHandler
from trac.web.chrome import add_link

from prodworkflow.activity.addresses import address
from prodworkflow.activity.responses import only_reading, send_unless_known
from prodworkflow.api import CampaignSystem, NoSuchCampaign, VIEW
from prodworkflow.domain.views.activity.icalendar import calendar
from prodworkflow.translation import _
from prodworkflow.web.database_errors import database_errors_as_503

PATH = '/campaign/due.ics'
KIND = 'text/calendar'


class CampaignCalendar(Component):
    """Serves `/campaign/due.ics`: what is due of the campaigns under way.

    The due days of requirements that are not met, and planned starts; stages
    are milestones, which Trac's own calendar of the roadmap has.
    """

    implements(IRequestFilter, IRequestHandler)

    is_valid_default_handler = False

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        return bool(req.path_info == PATH)

    @database_errors_as_503
    def process_request(self, req: Any) -> None:
        only_reading(req)
        req.perm.require(VIEW)
        mine = req.args.getfirst('mine', '0')
        name = req.args.getfirst('campaign', '')
        if mine not in ('0', '1'):
            raise HTTPBadRequest(_('"mine" is 1 for what you may sign, 0 for '
                                   'all that is due.'))
        system = CampaignSystem(self.env)
        try:
            days = system.calendar.days(
                req.perm, lambda *of: address(req.abs_href, *of), name,
                system.context.person(req) if mine == '1' else None)
        except NoSuchCampaign as error:
            raise ResourceNotFound(str(error),
                                   _("No such campaign")) from error
        title = name or _("Production campaigns")
        send_unless_known(req, calendar(str(title), days).encode('utf-8'),
                          KIND)

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        return handler

    def post_process_request(self, req: Any, template: Any, data: Any,
                             metadata: Any) -> Any:
        if template and req.path_info.rstrip('/') == '/campaign':
            add_link(req, 'alternate', req.href.campaign('due.ics'),
                     _("Calendar of due days"), KIND, 'ics')
        return template, data, metadata
