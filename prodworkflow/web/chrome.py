"""Request filter of all requests, and provider of the templates and files.

Tells the API and the sentences of the rules whose request it is, and refuses
forged forms before any handler of ours is called.
"""

from __future__ import annotations

from typing import Any

from trac.core import Component, implements
from trac.web.api import IRequestFilter
from trac.web.chrome import ITemplateProvider

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.web import request_guard
from prodworkflow.web.folders import resource_folder
from prodworkflow.web.machines.bearer import TokenAuthenticator
from prodworkflow.web.machines.token_access import token_of
from prodworkflow.web.texts.reader_days import follow_reader

PANELS = '/admin/production/'


class CampaignChrome(Component):
    """Serves the plugin's templates, scripts and style sheet, and checks the
    requests to its pages.

    The pages need it: disable it only together with them.
    """

    implements(IRequestFilter, ITemplateProvider)

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        tokens = self.env[TokenAuthenticator]  # None if it is disabled
        if tokens is not None:
            handler = tokens.admit(req, handler)
        request_guard.check_legible(self.env, req)
        CampaignSystem(self.env).context.bind_request(
            req, token_of(req))
        follow_reader(req)
        if req.path_info.startswith(PANELS):
            # Trac itself would say that there is no such page.
            req.perm('admin', req.path_info[len('/admin/'):]).require(ADMIN)
        request_guard.check_request(req)
        return handler

    def post_process_request(self, req: Any, template: str | None, data: Any,
                             metadata: Any) -> tuple[Any, Any, Any]:
        return template, data, metadata

    # ITemplateProvider methods

    def get_htdocs_dirs(self) -> list[tuple[str, str]]:
        return [('prodworkflow', resource_folder('htdocs'))]

    def get_templates_dirs(self) -> list[str]:
        return [resource_folder('templates')]
