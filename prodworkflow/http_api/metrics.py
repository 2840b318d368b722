"""Metrics endpoint for Prometheus: `GET /campaign/metrics`."""

from __future__ import annotations

from typing import Any, NoReturn

from trac.core import Component, implements
from trac.web.api import IRequestHandler, RequestDone

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.model.machines.token import GATE_READ
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.http_api.problems import Problem, problems_sent
from prodworkflow.translation import _
from prodworkflow.web.machines.token_access import require_scope

PATH = '/campaign/metrics'
TEXT = 'text/plain; version=0.0.4; charset=utf-8'


class MetricsHandler(Component):
    """Tells Prometheus how campaigns, gates and the outbox stand.

    For who may see campaigns, or a token of the scope `gate:read`. What is
    hidden from them in Trac is counted as `hidden` only.
    """

    implements(IRequestHandler)

    is_valid_default_handler = False

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        return bool(req.path_info == PATH)

    def process_request(self, req: Any) -> None:
        with problems_sent(self.env, req):
            self._serve(req)

    # Internal methods

    def _serve(self, req: Any) -> NoReturn:
        # Loaded where it is scraped only.
        from prodworkflow.http_api.metric_families import metrics_text
        if req.method not in ('GET', 'HEAD'):
            raise Problem(405, '', _('Metrics are only read.'),
                          headers={'Allow': 'GET, HEAD'})
        require_scope(req, GATE_READ)
        if VIEW not in req.perm:
            raise Problem(403, '', _('%(permission)s is needed to read '
                                     'metrics.', permission=VIEW))
        figures = CampaignSystem(self.env).figures.read(req.perm)
        req.send_header('Cache-Control', 'no-store')
        req.send(metrics_text(figures), TEXT)
        raise RequestDone  # as `send` does
