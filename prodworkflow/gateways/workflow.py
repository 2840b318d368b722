"""Ticket workflow of the site: where tickets begin and are reopened to.

Trac's action controllers are asked, as its own pages ask them, so that the
workflows of other plugins count as those of trac.ini do.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from io import BytesIO
from typing import Any

from trac.perm import PermissionCache
from trac.ticket.api import TicketSystem
from trac.ticket.model import Ticket
from trac.util.datefmt import utc
from trac.util.text import exception_to_unicode
from trac.web.api import Request
from trac.web.main import FakeSession

from prodworkflow import store
from prodworkflow.domain.rules.ticket_statuses import (
    initial_status,
    reopened_status,
    Step,
)

SYSTEM = 'prodworkflow'


class _AnyPermission(PermissionCache):
    """Permissions of the plugin itself: all."""

    def __call__(self, *args: Any, **kwargs: Any) -> PermissionCache:
        return self

    def _has_permission(self, action: str, resource: Any) -> bool:
        return True


def known_statuses(env: Any) -> frozenset[str]:
    """The statuses that the workflow knows, those of other plugins too."""
    return frozenset(TicketSystem(env).get_all_status())


def first_status(ticket: Ticket, reporter: str) -> str:
    """The status in which Trac's form would begin a ticket of a reporter.

    It is the first that the reporter is offered or, where that is none, the
    first that anybody is.
    """
    env = ticket.env
    blank = _as_if(ticket, None)
    offered = (step for perm in (PermissionCache(env, reporter),
                                 _AnyPermission(env, SYSTEM))
               for step in _steps(blank, _request(env, perm)))
    return initial_status(offered, known_statuses(env),
                          store.done_statuses(env))


def reopened_values(ticket: Ticket) -> dict[str, str]:
    """The field values of a ticket that is open again.

    Its status is where the site's own reopening action leads from the present
    status or from `closed`; without one, where the ticket would begin.
    """
    env = ticket.env
    request = _request(env, _AnyPermission(env, SYSTEM))
    steps = (step for status in dict.fromkeys([ticket['status'], 'closed'])
             for step in _steps(_as_if(ticket, status), request))
    status = reopened_status(steps, store.done_statuses(env))
    return {'status': status or first_status(ticket, ticket['reporter']),
            'resolution': ''}


def _as_if(ticket: Ticket, status: str | None) -> Ticket:
    """A copy of a ticket as if it had a status; None for a new one."""
    found = copy(ticket)
    found.values, found._old = {**ticket.values, 'status': status}, {}
    if status is None:
        found.id = None
    return found


def _steps(ticket: Ticket, request: Request) -> Iterator[Step]:
    """Where the actions that Trac offers lead, in its order."""
    offered: dict[str, list[tuple[int, Any]]] = {}
    for controller in TicketSystem(ticket.env).action_controllers:
        for weight, action in _offers(controller, request, ticket):
            offered.setdefault(action, []).append((weight, controller))
    for action in sorted(offered, reverse=True, key=lambda name: (
            max(weight for weight, _ in offered[name]), name)):
        changes: dict[str, Any] = {}
        for _, controller in offered[action]:
            changes.update(_changes(controller, request, ticket, action))
        status = changes.get('status') or ''
        yield Step('' if status == ticket['status'] else status,
                   not changes.get('resolution', True))


def _offers(controller: Any, request: Request,
            ticket: Ticket) -> list[tuple[int, str]]:
    """The actions that a controller offers; ours change no status."""
    if getattr(controller, 'of_signoffs', False):
        return []
    try:
        return list(controller.get_ticket_actions(request, ticket) or ())
    except Exception as error:
        _ignore(ticket.env, controller, error)
        return []


def _changes(controller: Any, request: Request, ticket: Ticket,
             action: str) -> dict[str, Any]:
    try:
        return dict(controller.get_ticket_changes(request, ticket, action))
    except Exception as error:
        _ignore(ticket.env, controller, error)
        return {}


def _ignore(env: Any, controller: Any, error: Exception) -> None:
    """Do without a controller that failed; the database's errors count."""
    if isinstance(error, env.db_exc.Error):
        raise error
    env.log.warning('%s did not say where its actions lead: %s',
                    type(controller).__name__, exception_to_unicode(error))


def _request(env: Any, perm: PermissionCache) -> Request:
    """A request of nobody's browser, as Trac previews an action with."""
    found = Request({
        'REQUEST_METHOD': 'GET', 'PATH_INFO': '/ticket', 'SCRIPT_NAME': '',
        'SERVER_NAME': 'localhost', 'SERVER_PORT': '80',
        'QUERY_STRING': 'preview=1', 'wsgi.url_scheme': 'http',
        'wsgi.input': BytesIO(),
        'trac.base_url': env.base_url or 'http://localhost'},
        lambda *_: None)
    found.callbacks.update({
        'authname': lambda _: perm.username, 'perm': lambda _: perm,
        'session': lambda _: FakeSession(), 'tz': lambda _: utc,
        'lc_time': lambda _: None, 'form_token': lambda _: None,
        'chrome': lambda _: {'warnings': [], 'notices': []}})
    return found
