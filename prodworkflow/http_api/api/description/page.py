"""Page of the API: its operations, readable, from the same declarations."""

from __future__ import annotations

import json
from typing import Any

from trac.util.html import Fragment, tag
from trac.web.chrome import add_link, add_stylesheet

from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.http_api.api.addresses import api_address
from prodworkflow.http_api.api.description.openapi import (
    CONDITIONS,
    conditions,
    PARTS,
    STATUSES,
    statuses,
)
from prodworkflow.http_api.api.operation import Operation, Schema
from prodworkflow.http_api.api.operations import OPERATIONS
from prodworkflow.translation import _, METADATA, pattern_in_language
from prodworkflow.web.response import add_styles, Rendering


def api_page(req: Any) -> Rendering:
    """What can be asked, with what it takes and gives."""
    req.perm.require(VIEW)
    add_styles(req)
    add_stylesheet(req, 'prodworkflow/prodworkflow_api.css')
    add_link(req, 'up', req.href.campaign(), _('My sign-offs'))
    paths: dict[str, list[Operation]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, []).append(operation)
    return 'prodworkflow_api.html', {
        'paths': paths, 'root': api_address(req), 'members': _members,
        'said': pattern_in_language, 'conditions': conditions,
        'statuses': statuses, 'STATUSES': STATUSES, 'PARTS': PARTS,
        'CONDITIONS': CONDITIONS, 'example': _example,
        'breaking': _breaking}, METADATA


def _members(schema: Schema) -> list[tuple[str, str, bool]]:
    """The members of an object: name, kind, and whether it has to be there.
    """
    whole = schema['items'] if schema['type'] == 'array' else schema
    required = whole.get('required', ())
    return [(name, _kind(each), name in required)
            for name, each in whole.get('properties', {}).items()]


def _breaking(path: str) -> Fragment:
    """A path that may be broken after each of its parts."""
    return tag([(f'/{part}', tag.wbr()) for part in path[1:].split('/')])


def _kind(schema: Schema) -> str:
    """The kind of a member, much as JSON writes it."""
    if 'enum' in schema:
        return ' | '.join(json.dumps(word) for word in schema['enum'])
    if 'items' in schema:
        return f'[{_kind(schema["items"])}, …]'
    more = schema.get('additionalProperties')
    if more:
        return f'{{"…": {_kind(more)}}}'
    if schema['type'] == 'object' and 'properties' in schema:
        inside = ', '.join(f'"{name}": {_kind(each)}' for name, each
                           in schema['properties'].items())
        return f'{{{inside}}}'
    kinds = schema['type']
    return ' | '.join([kinds] if isinstance(kinds, str) else kinds)


def _example(operation: Operation, root: str) -> str:
    """A command line that asks this."""
    address = root + operation.path.replace('{name}', '2011%20Prod').replace(
        '{key}', 'crash-rate')
    if operation.method == 'GET':
        return f'curl -H "Authorization: Bearer $TOKEN" {address}'
    sent = json.dumps({name: '…' for name, _kind_, must
                       in _members(operation.body or {'type': 'object'})
                       if must} or {'values': {'crash_rate': '3/149'}},
                      ensure_ascii=False)
    who = ('-H "Authorization: Bearer $TOKEN"' if operation.scope else
           '-b cookies -H "X-Trac-Form-Token: $FORM_TOKEN"')
    return (f"curl {who} -H 'Content-Type: application/json' "
            f"-d '{sent}' {address}")
