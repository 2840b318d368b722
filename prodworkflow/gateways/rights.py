"""Permission checks of Trac that are shut in doubt.

A policy that fails refuses: what it would have said is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

from trac.attachment import LegacyAttachmentPolicy
from trac.perm import DefaultPermissionPolicy, PermissionSystem
from trac.resource import Resource
from trac.ticket.web_ui import DefaultTicketPolicy
from trac.util.text import exception_to_unicode
from trac.wiki.web_ui import DefaultWikiPolicy

# Trac's own policies, which let view all of a realm or nothing of it.
COARSE = (DefaultWikiPolicy, DefaultTicketPolicy, DefaultPermissionPolicy,
          LegacyAttachmentPolicy)

_told: WeakKeyDictionary[Any, set[object]] = WeakKeyDictionary()


def allowed(perm: Any, action: str, resource: Any = None) -> bool:
    """Whether the holder of `perm` may do something to a resource.

    False where a permission policy fails; that is in the log, once.
    """
    try:
        return bool(perm.has_permission(action, resource))
    except Exception as error:  # policies are anybody's code
        _log_once(perm.env, error)
        return False


def unseen(perm: Any, action: str, realm: str,
           ids: Iterable[Any]) -> frozenset[Any]:
    """Those of the resources of a realm that may not be viewed, by their ids.

    `action` views them.  Where no policy tells one from another, which
    `has_permission` would take long to find out, it is asked of one.
    """
    every = frozenset(ids)
    if every and _is_coarse(perm):
        seen = allowed(perm, action, Resource(realm, next(iter(every))))
        return frozenset() if seen else every
    return frozenset(i for i in every
                     if not allowed(perm, action, Resource(realm, i)))


def unseen_attachments(perm: Any, files: Iterable[tuple[int, str]]
                       ) -> frozenset[tuple[int, str]]:
    """Those of the attachments, (ticket, name), that may not be viewed."""
    every = frozenset(files)
    asked = ([next(iter(every))] if every and _is_coarse(perm) else every)
    hidden = frozenset(f for f in asked if not allowed(
        perm, 'ATTACHMENT_VIEW',
        Resource('ticket', f[0]).child('attachment', f[1])))
    return every if hidden and len(asked) < len(every) else hidden


def _is_coarse(perm: Any) -> bool:
    """Whether all policies of the site are those that Trac comes with."""
    try:
        return all(type(policy) in COARSE
                   for policy in PermissionSystem(perm.env).policies)
    except Exception:  # one is named that is not there: `allowed` logs it
        return False


def lacking(perm: Any, actions: tuple[str, ...], resource: Any) -> str:
    """The first of the actions that is refused; '' if none is."""
    return next((a for a in actions if not allowed(perm, a, resource)), '')


def _log_once(env: Any, error: Exception) -> None:
    """Log a failure with its traceback, unless it was at that place before."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = type(error), trace and (trace.tb_frame.f_code, trace.tb_lineno)
    told = _told.setdefault(env, set())
    if place not in told:
        told.add(place)
        env.log.error('A permission policy fails, and what it is asked counts '
                      'as refused: %s',
                      exception_to_unicode(error, traceback=True))
