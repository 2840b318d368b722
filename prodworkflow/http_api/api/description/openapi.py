"""OpenAPI 3.1 document of the API, made of the operations' declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from prodworkflow.http_api.api import schemas
from prodworkflow.http_api.api.operation import Operation, Parameter, Schema
from prodworkflow.http_api.api.operations import OPERATIONS
from prodworkflow.http_api.api.repeats import KEY
from prodworkflow.http_api.api.requests.body import JSON
from prodworkflow.http_api.api.requests.credentials import HEADER
from prodworkflow.translation import N_
from prodworkflow.web.machines.problem import PROBLEM

ABOUT = N_(
    'Campaigns, decisions, evidence and sign-offs for scripts. Every refusal '
    'is a problem document (RFC 9457) in the words of the pages. HEAD is '
    'answered as GET without a body. What Trac itself answers before it asks '
    'us is HTML: an address that is no UTF-8, and a failed log-in.')
CONDITIONS = {
    'If-Match': N_('The ETag of the campaign: nothing is done, and 412 '
                   'answered, unless it is at that revision.'),
    'If-None-Match': N_('An ETag: 304 without a body where nothing has '
                        'changed.'),
    'Idempotency-Key': N_('What makes the request happen once, however often '
                          'it is sent within 7 days; up to 255 characters.'),
    HEADER: N_('The cookie trac_form_token of the session; not with a '
               'token.')}
HEADERS = {'Idempotency-Key': {**schemas.TEXT, 'pattern': KEY}}
STATUSES = {
    304: N_('Nothing has changed.'),
    400: N_('The query or the JSON cannot be read.'),
    401: N_('There is no token and no session, or a token that is not '
            'valid.'),
    403: N_('Who asks may not do this.'),
    404: N_('There is no such campaign, requirement, stage or item.'),
    409: N_('The rules refuse it.'),
    411: N_('Content-Length is missing.'),
    412: N_('The campaign is at another revision.'),
    413: N_('Too much was sent; nothing of it was read.'),
    414: N_('The address is longer than the web server takes, which answers '
            'this itself.'),
    415: N_('The media type is not taken.'),
    422: N_('Something is wrong with what was sent; each member is named.'),
    431: N_('A header is longer than the web server takes, which answers '
            'this itself.'),
    503: N_('The database failed; Retry-After says when to try again.')}
# What we never answer, and what is no problem document then.
BY_SERVER = (414, 431)
_PART = re.compile(r'\{(\w+)\}')
PARTS = {'name': N_('The name of the campaign.'),
         'key': N_('The key of the requirement.')}


def statuses(operation: Operation) -> list[int]:
    """The statuses that an operation may answer besides its own."""
    found = [400, 401, 403, *BY_SERVER, 503]
    if operation.method == 'GET':
        found.append(304)
    else:
        found += [409, 411, 413, 415, 422]
    if '{name}' in operation.path:
        found += [404] if operation.method == 'GET' else [404, 412]
    return sorted(found)


def conditions(operation: Operation) -> list[str]:
    """The headers that an operation heeds."""
    if operation.method == 'GET':
        return ['If-None-Match']
    return ['Idempotency-Key', HEADER,
            *(['If-Match'] if '{name}' in operation.path else [])]


def openapi_document(base: str) -> dict[str, Any]:
    """The document for a Trac at this address."""
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[
            operation.method.lower()] = _operation(operation)
    return {
        'openapi': '3.1.0',
        'info': {'title': 'prodworkflow', 'version': version('prodworkflow'),
                 'description': ABOUT},
        'servers': [{'url': f'{base.rstrip("/")}/campaign/api/v1'}],
        'paths': paths,
        'components': {
            'schemas': {'Problem': schemas.PROBLEM},
            'securitySchemes': {
                'token': {'type': 'http', 'scheme': 'bearer'},
                'session': {'type': 'apiKey', 'in': 'cookie',
                            'name': 'trac_auth'}}}}


def _operation(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {
        'operationId': operation.name, 'summary': operation.about,
        'description': operation.needs,
        'security': [
            # Trac may let everybody see campaigns.
            *([{}] if operation.method == 'GET' else []),
            *([{'token': []}] if operation.scope else []),
            {'session': []}],
        'parameters': list(_parameters(operation)),
        'responses': _responses(operation)}
    if operation.body is not None:
        found['requestBody'] = {'required': True,
                                'content': _content(operation)}
    return found


def _content(operation: Operation) -> dict[str, Any]:
    """What may be sent; OpenAPI cannot say which goes with ?filename=."""
    found = {JSON: {'schema': operation.body}}
    if operation.file:
        found['application/octet-stream'] = {'schema': {}}
    return found


def _parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    for part in _PART.findall(operation.path):
        yield {'name': part, 'in': 'path', 'required': True,
               'description': PARTS[part],
               'schema': {'type': 'string', 'minLength': 1,
                          'maxLength': 300, 'pattern': '^[^/]+$'}}
    for parameter in operation.parameters:
        yield _query(parameter)
    for name in conditions(operation):
        yield {'name': name, 'in': 'header', 'required': False,
               'description': CONDITIONS[name],
               'schema': HEADERS.get(name, schemas.TEXT)}


def _query(parameter: Parameter) -> dict[str, Any]:
    return {'name': parameter.name, 'in': 'query', 'required': False,
            'description': parameter.about, 'schema': parameter.schema}


def _responses(operation: Operation) -> dict[str, Any]:
    problem: Schema = {'$ref': '#/components/schemas/Problem'}
    found: dict[str, Any] = {str(status): {
        'description': operation.about,
        'content': {JSON: {'schema': operation.gives}}}
        for status in (operation.status, *operation.others)}
    for status in statuses(operation):
        found[str(status)] = {'description': STATUSES[status]}
        if status >= 400 and status not in BY_SERVER:
            found[str(status)]['content'] = {PROBLEM: {'schema': problem}}
    return dict(sorted(found.items()))
