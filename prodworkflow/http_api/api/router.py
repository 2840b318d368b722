"""Router of the API: the operations of a path, and the parts of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from prodworkflow.http_api.api.operation import Operation
from prodworkflow.http_api.api.operations import OPERATIONS
from prodworkflow.http_api.problems import Problem
from prodworkflow.translation import _

_PART = re.compile(r'\{(\w+)\}')


@dataclass(frozen=True)
class Route:
    """Where a path leads: its operations by method, and its parts."""

    operations: dict[str, Operation]
    place: dict[str, str]

    def operation(self, method: str) -> Operation:
        """The operation of a method; 405, with those there are."""
        found = self.operations.get('GET' if method == 'HEAD' else method)
        if found is None:
            raise not_allowed(method, *self.operations)
        return found


def not_allowed(method: str, *known: str) -> Problem:
    """That an address does not answer a method, and which it does."""
    allowed = ', '.join([*known, *(['HEAD'] if 'GET' in known else [])])
    return Problem(405, '', _(
        'This address does not answer %(method)s; it answers %(allowed)s.',
        method=method[:20], allowed=allowed), headers={'Allow': allowed})


def route(path: str) -> Route:
    """Where a path below the API's root leads; 404 if nowhere."""
    for pattern, operations in _ROUTES:
        found = pattern.fullmatch(path)
        if found and path.isprintable():
            return Route(operations, found.groupdict())
    raise Problem(404, '', _('There is nothing at this address; openapi.json '
                             'lists what there is.'))


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(_PART.sub(r'(?P<\1>[^/]{1,300})', path))


def _by_path() -> list[tuple[re.Pattern[str], dict[str, Operation]]]:
    found: dict[str, dict[str, Operation]] = {}
    for operation in OPERATIONS:
        found.setdefault(operation.path, {})[operation.method] = operation
    return [(_pattern(path), methods) for path, methods in found.items()]


_ROUTES = _by_path()
