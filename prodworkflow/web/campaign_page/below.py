"""Pages below a campaign's: `/campaign/<name>/…`, one word each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from trac.core import Component, implements
from trac.web.api import HTTPMethodNotAllowed, IRequestHandler
from trac.web.chrome import INavigationContributor

from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.translation import _
from prodworkflow.web.campaign_page.context import campaign_page, PageContext
from prodworkflow.web.database_errors import database_errors_as_503

PATH = re.compile(r'/campaign/([^/]+)/([a-z]+(?:\.csv|/?))')
READING = ('GET', 'HEAD')


class PageBelowCampaign(Component):
    """Base of the handler of one page below a campaign's.

    `WORD` is the last part of its address, `METHODS` what it answers. It is
    for who may see campaigns; an unknown campaign is 404.
    """

    abstract = True
    implements(INavigationContributor, IRequestHandler)

    is_valid_default_handler = False

    WORD = ''
    METHODS: tuple[str, ...] = READING

    def serve(self, req: Any, page: PageContext) -> Any:
        """Show the page: what a request handler gives back to Trac."""
        raise NotImplementedError

    # INavigationContributor methods

    def get_active_navigation_item(self, req: Any) -> str:
        return 'production'

    def get_navigation_items(self, req: Any) -> Iterable[Any]:
        return ()

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        found = PATH.fullmatch(req.path_info)
        if not found or found[2].rstrip('/') != self.WORD:
            return False
        req.args['campaign'] = found[1]
        return True

    @database_errors_as_503
    def process_request(self, req: Any) -> Any:
        req.perm.require(VIEW)
        if req.method not in self.METHODS:
            raise HTTPMethodNotAllowed(_("This page is only read."))
        return self.serve(req, campaign_page(self.env, req,
                                             req.args['campaign']))
