"""Request handler of `/campaign/matrix`: items by the last campaigns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trac.core import Component, implements
from trac.web.api import HTTPBadRequest, IRequestHandler
from trac.web.chrome import add_link, add_stylesheet, INavigationContributor

from prodworkflow.api import CampaignSystem, PageCampaigns
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.views.matrices.rounds import rounds, RoundsMatrix
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.translation import _, METADATA
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.matrices.address import MatrixAddress
from prodworkflow.web.matrices.place import is_matrix
from prodworkflow.web.response import add_print_styles, add_styles, Rendering

# So many campaigns unless the address asks for another number, and at most.
LAST, MOST = 6, 24


class CampaignMatrixPage(Component):
    """Serves `/campaign/matrix`: how sites and subdetectors did, by campaigns.

    A row is an item of a list, a column one of the last campaigns, newest
    first. `?last=` says how many there are, `?list=` which list is shown.
    """

    implements(INavigationContributor, IRequestHandler)

    # INavigationContributor methods

    def get_active_navigation_item(self, req: Any) -> str:
        return 'production'

    def get_navigation_items(self, req: Any) -> Iterable[Any]:
        return ()

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        return is_matrix(self.env, req.path_info)

    @database_errors_as_503
    def process_request(self, req: Any) -> Rendering:
        req.perm.require(VIEW)
        address = MatrixAddress.of(req)
        last = address.number('last', LAST, MOST)
        told = self._told(req.perm, last)
        found = rounds(told)
        add_styles(req)
        add_print_styles(req)
        add_stylesheet(req, 'prodworkflow/prodworkflow_matrix.css')
        add_link(req, 'up', req.href.campaign(), _("My sign-offs"))
        return 'prodworkflow_campaign_matrix.html', {
            'matrices': _chosen(address, found), 'last': last,
            'names': [m.list for m in found], 'address': address,
            'chosen': address.value('list'), 'numbers': (3, LAST, 12, MOST),
            'codes': {c.state for m in found for r in m.rows
                      for c in r.cells if c.state}}, METADATA

    # Internal methods

    def _told(self, perm: Any, last: int) -> list[Readiness]:
        """The last campaigns, newest first, as far as `perm` shows them."""
        queries = CampaignSystem(self.env).queries
        return [queries.readiness_for(queries.evaluate(rows), perm)
                for rows in PageCampaigns(self.env).latest(last)]


def _chosen(address: MatrixAddress,
            found: tuple[RoundsMatrix, ...]) -> tuple[RoundsMatrix, ...]:
    """The list that is asked for, or all; 400 if there is none such."""
    name = address.value('list')
    chosen = tuple(m for m in found if name in ('', m.list))
    if name and not chosen:
        raise HTTPBadRequest(_(
            'list: these campaigns have no list "%(name)s"; choose another '
            'one, or leave it out.', name=name[:64]))
    return chosen
