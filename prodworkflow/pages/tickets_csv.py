"""Request handler of the sign-off tickets of a campaign as CSV."""

from __future__ import annotations

from typing import Any

from prodworkflow.web.campaign_page.below import PageBelowCampaign
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.ticket_table.csv_file import csv_text


class TicketsFile(PageBelowCampaign):
    """Serves `/campaign/<name>/tickets.csv`, for a spreadsheet.

    Its first ten columns are those of the table on the campaign's page.
    Tickets that its reader may not see are left out.
    """

    WORD = 'tickets.csv'

    def serve(self, req: Any, page: PageContext) -> None:
        req.send_header('Content-Disposition',
                        'attachment; filename="tickets.csv"')
        req.send_header('Cache-Control', 'no-store')
        req.send(csv_text(page).encode('utf-8'), 'text/csv')
