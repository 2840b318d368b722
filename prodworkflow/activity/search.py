"""Search source: campaigns, statements, reasons and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from trac.core import Component, implements
from trac.search.api import ISearchSource, shorten_result
from trac.util.datefmt import from_utimestamp

from prodworkflow.activity.addresses import address
from prodworkflow.api import CampaignSystem, VIEW
from prodworkflow.translation import _

FILTER = 'campaign'

# Address, title, time, author, excerpt: as Trac's search has it.
Result = tuple[str, str, datetime, str, str]


class CampaignSearch(Component):
    """Finds campaigns by name, statement, reason and evidence.

    Each result leads to the box of the sign-off ticket, or to the page of the
    campaign.
    """

    implements(ISearchSource)

    # ISearchSource methods

    def get_search_filters(self, req: Any) -> Iterable[tuple[str, str]]:
        return [(FILTER, _("Campaigns"))] if VIEW in req.perm else []

    def get_search_results(self, req: Any, terms: list[str],
                           filters: list[str]) -> Iterator[Result]:
        if FILTER not in filters or VIEW not in req.perm:
            return
        for found in CampaignSystem(self.env).search.findings(terms,
                                                              req.perm):
            yield (address(req.href, found.campaign, found.ticket),
                   found.title, from_utimestamp(found.time), found.author,
                   shorten_result(found.excerpt, terms))
