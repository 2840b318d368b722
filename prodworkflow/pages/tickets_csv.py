"""Request handler of the sign-off tickets of a campaign as CSV."""

from __future__ import annotations

import re
from typing import Any

from trac.core import Component, implements
from trac.web.api import HTTPMethodNotAllowed, IRequestHandler

from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.translation import _
from prodworkflow.web.campaign_page.context import campaign_page
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.ticket_table.csv_file import csv_text

PATH = re.compile(r'/campaign/([^/]+)/tickets\.csv')


class TicketsFile(Component):
    """Serves `/campaign/<name>/tickets.csv`, for a spreadsheet.

    Its first ten columns are those of the table on the campaign's page.
    Tickets that its reader may not see are left out.
    """

    implements(IRequestHandler)

    is_valid_default_handler = False

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        found = PATH.fullmatch(req.path_info)
        if found:
            req.args['campaign'] = found[1]
        return bool(found)

    @database_errors_as_503
    def process_request(self, req: Any) -> None:
        req.perm.require(VIEW)
        if req.method not in ('GET', 'HEAD'):
            raise HTTPMethodNotAllowed(_("The table is read by GET."))
        page = campaign_page(self.env, req, req.args['campaign'])
        req.send_header('Content-Disposition',
                        'attachment; filename="tickets.csv"')
        req.send_header('Cache-Control', 'no-store')
        req.send(csv_text(page).encode('utf-8'), 'text/csv')
