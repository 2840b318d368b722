"""Request handler of the API, and filter of what Trac would answer itself."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from trac.core import Component, implements
from trac.util.text import exception_to_unicode
from trac.web.api import IRequestFilter, IRequestHandler, RequestDone

from prodworkflow.api import ChangedMeanwhile
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.http_api.api.addresses import is_api, ROOT
from prodworkflow.http_api.api.call import Call
from prodworkflow.http_api.api.conditions import entity_tag
from prodworkflow.http_api.api.description.openapi import openapi_document
from prodworkflow.http_api.api.description.page import api_page
from prodworkflow.http_api.api.operation import Answer, Operation
from prodworkflow.http_api.api.repeats import answer_again, repeat_key
from prodworkflow.http_api.api.requests.body import body_bytes, refuse_forms
from prodworkflow.http_api.api.requests.credentials import admit
from prodworkflow.http_api.api.requests.documents import (
    json_document,
    query_fields,
)
from prodworkflow.http_api.api.router import not_allowed, route
from prodworkflow.http_api.problems import Problem, problems_sent, send_problem
from prodworkflow.translation import _
from prodworkflow.web.machines.bearer import carries_token
from prodworkflow.web.machines.cookies import check_cookies
from prodworkflow.web.machines.entity_tags import (
    has_already,
    send_not_modified,
)
from prodworkflow.web.response import Rendering


class CampaignApi(Component):
    """Serves `/campaign/api/v1/`: campaigns, evidence and the rest as JSON.

    Machines come with a token, persons with their session and its form
    token. The page at `/campaign/api/v1/` tells what there is, and
    `openapi.json` there the same for programs.
    """

    implements(IRequestFilter, IRequestHandler)

    is_valid_default_handler = False

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        return is_api(req.path_info)

    def process_request(self, req: Any) -> Rendering:
        path = req.path_info[len(ROOT):]
        if path in ('', '/') and req.method in ('GET', 'HEAD'):
            return api_page(req)
        return self._answer(req, path)

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        if handler is self:
            with problems_sent(self.env, req):
                if not carries_token(req):  # whose cookies count not
                    check_cookies(req)
                refuse_forms(req)
        return handler

    def post_process_request(self, req: Any, template: str | None, data: Any,
                             metadata: Any) -> tuple[Any, Any, Any]:
        return template, data, metadata

    # Internal methods

    def _answer(self, req: Any, path: str) -> NoReturn:
        """Answer in JSON, whatever goes wrong; the log has how."""
        try:
            with problems_sent(self.env, req):
                self._serve(req, path)
        except RequestDone:
            raise
        except Exception as error:
            self.env.log.error('the API failed: %s', exception_to_unicode(
                error, traceback=True))
        send_problem(req, Problem(500, '', _(
            'The server failed; its log says how.')))

    def _serve(self, req: Any, path: str) -> NoReturn:
        if path in ('', '/', '/openapi.json'):
            if path != '/openapi.json' or req.method not in ('GET', 'HEAD'):
                raise not_allowed(req.method, 'GET')
            _send(req, Answer(openapi_document(str(req.abs_href()))), 200)
        found = route(path)
        operation = found.operation(req.method)
        admit(req, operation, found.place.get('name', ''),
              found.place.get('key', ''))
        req.perm.require(VIEW)
        call = Call(self.env, req, found.place, query_fields(
            req.query_string, operation.parameters))
        try:
            answer = _answer(call, operation)
            _send(req, answer, answer.status or operation.status)
        except ChangedMeanwhile as error:
            raise call.refusal(error) from error


def _answer(call: Call, operation: Operation) -> Answer:
    """What an operation answers, or has answered to the same request."""
    if operation.body is None:
        return operation.act(call)
    as_file = 'filename' in call.query
    body = body_bytes(call.req, as_file)
    call.key_of_repeats = repeat_key(call.req, body)
    again = call.key_of_repeats and answer_again(call, call.key_of_repeats)
    if again:
        return again
    if as_file:
        call.content = body
    else:
        call.document = json_document(body, operation.body)
    if call.name:
        call.revision  # noqa: B018  refuses what If-Match forbids
    return operation.act(call)


def _send(req: Any, answer: Answer, status: int) -> NoReturn:
    """Answer with JSON, or with 304 where who asks has it already."""
    if status == 200:
        tag = entity_tag(answer)
        req.send_header('ETag', tag)
        req.send_header('Vary', 'Authorization, Cookie')
        if has_already(req, tag):
            req.send_header('Cache-Control', 'private, no-cache')
            send_not_modified(req)
    for name, value in answer.headers.items():
        req.send_header(name, value)
    req.send_header('Cache-Control',
                    'private, no-cache' if status == 200 else 'no-store')
    text = json.dumps(answer.data, ensure_ascii=False, indent=1) + '\n'
    req.send(text.encode('utf-8'), 'application/json', status)
    raise RequestDone  # as `send` does
