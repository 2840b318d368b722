"""Gate endpoint for scripts: `GET /campaign/<name>/gate`, 200 or 409."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from trac.core import Component, implements
from trac.web.api import HTTPServiceUnavailable, IRequestHandler, RequestDone

from prodworkflow.api import CampaignSystem, NoSuchCampaign
from prodworkflow.domain.dates import typed_moment
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.views.gate_answer import GateAnswer
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.forms import form_text
from prodworkflow.web.machines.entity_tags import (
    has_already,
    send_not_modified,
)
from prodworkflow.web.machines.problem import Problem, send_problem
from prodworkflow.web.machines.token_access import token_of

PATH = re.compile(r'/campaign/([^/]+)/gate')
ASKED = ('stage', 'item', 'at')
# Nothing between asker and gate may answer in its place.
CACHED = 'no-store'


class GateHandler(Component):
    """Answers 200 when a campaign's gate lets pass and 409 when it is shut.

    In `advisory` a shut gate lets pass, unless in doubt, and that is recorded.
    So `curl -f` guards a submission script. The decision comes as JSON, or
    as text with `?format=text`; `?stage=` asks for one stage's gate instead
    of the launch gate, `?item=` for one item, `?at=` for an earlier moment.
    """

    implements(IRequestHandler)

    is_valid_default_handler = False

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        # Its arguments would be read here, and all of a form with them.
        return PATH.fullmatch(req.path_info) is not None

    def process_request(self, req: Any) -> None:
        try:
            self._serve(req)
        except HTTPServiceUnavailable as error:
            req.send_header('Retry-After', '10')
            self._send_error(req, 503, error.detail)

    # Internal methods

    @database_errors_as_503
    def _serve(self, req: Any) -> None:
        if req.method not in ('GET', 'HEAD'):
            req.send_header('Allow', 'GET, HEAD')
            self._send_error(req, 405, 'The gate answers GET; sign off in '
                                       'the ticket page.')
        if VIEW not in req.perm:
            self._send_error(req, 403, f'{VIEW} is needed to ask the gate.')
        if req.args.get('format', 'json') not in ('json', 'text'):
            self._send_error(req, 400, 'format is "json" or "text".')
        for word in ASKED:
            if len(req.args.getlist(word)) > 1:
                self._send_error(req, 400, f'{word} is given twice.')
        if 'item' in req.args and not form_text(req.args, 'item').strip():
            self._send_error(req, 400, 'item is empty; name one, or leave it '
                                       'out to ask for the whole gate.')
        self._answer(req, self._gate(req))

    def _gate(self, req: Any) -> GateAnswer:
        system = CampaignSystem(self.env)
        name = PATH.sub(r'\1', req.path_info)
        stage, item, at = (form_text(req.args, word) for word in ASKED)
        moment = typed_moment(at) if 'at' in req.args else 0
        if moment is None or ('at' in req.args and not moment):
            self._send_error(req, 400, 'at is a moment like '
                                       '2026-05-03T12:00Z.')
        decision = None
        try:
            decision = (
                system.passages.gate_at(name, moment, item, req.perm)
                if moment else system.passages.ask_gate(
                    name, stage, req.authname, item, req.perm))
            return system.passages.answer(decision, stage, req.perm, item,
                                          moment, req.abs_href)
        except InvalidRequest as error:
            [(field, words)] = error.problems
            self._send_error(req, 404 if field == 'item' else 400, words)
        except NoSuchCampaign as error:
            self._send_error(req, 404, str(error))
        except KeyError:
            told = system.queries.readiness_for(
                decision or system.queries.decision(name), req.perm)
            known = ', '.join(s.stage.key for s in told.stages)
            self._send_error(req, 404, f'There is no stage "{stage[:64]}"; '
                                       f'there is {known}.')

    def _answer(self, req: Any, told: GateAnswer) -> NoReturn:
        CampaignSystem(self.env).figures.count_answer(told.passes)
        form = req.args.get('format', 'json')
        tag = told.tag(form)
        req.send_header('ETag', tag)
        # A shut gate never answers 304: `curl -f` takes that for success.
        if told.lasting and has_already(req, tag):
            req.send_header('Cache-Control', CACHED)
            send_not_modified(req)
        if form == 'text':
            self._send(req, told.status, told.as_text(), 'text/plain')
        self._send(req, told.status, told.as_json(), 'application/json')

    def _send_error(self, req: Any, status: int, words: str) -> NoReturn:
        if token_of(req):
            send_problem(req, Problem(status, '', words))
        if req.args.get('format') == 'text':
            self._send(req, status, words + '\n', 'text/plain')
        self._send(req, status, json.dumps({'error': words}) + '\n',
                   'application/json')

    @staticmethod
    def _send(req: Any, status: int, text: str, kind: str) -> NoReturn:
        req.send_header('Cache-Control', CACHED)
        req.send(text.encode('utf-8'), kind, status)
        raise RequestDone  # as `send` does
