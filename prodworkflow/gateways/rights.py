"""Permission checks of Trac that are shut in doubt.

A policy that fails refuses: what it would have said is not known.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from trac.util.text import exception_to_unicode

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
