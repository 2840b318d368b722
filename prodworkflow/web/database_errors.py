"""Database errors of our pages become 503 Service Unavailable, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Callable

from trac.db.pool import TimeoutError as NoConnection
from trac.util.text import exception_to_unicode
from trac.web.api import HTTPServiceUnavailable

from prodworkflow.translation import _, N_

WORDS = N_('The database failed while this was being answered. Whatever you '
           'sent is stored as a whole or not at all: look at the page again '
           'before you repeat it. No gate is open meanwhile.')


@contextmanager
def database_errors(env: Any) -> Iterator[None]:
    """Turn a database that fails into HTTPServiceUnavailable.

    The log has what happened; what a person is told has no traceback.
    """
    try:
        yield
    except (env.db_exc.Error, NoConnection) as error:
        if not _fails(env, error):
            raise
        env.log.error('the database failed: %s',
                      exception_to_unicode(error, traceback=True))
        raise HTTPServiceUnavailable(_(WORDS)) from error


def _fails(env: Any, error: Exception) -> bool:
    """Whether the database failed, and not what was asked of it.

    PyMySQL names a connection that it finds closed by no kind at all.
    """
    failures = (env.db_exc.OperationalError, env.db_exc.InterfaceError,
                NoConnection)
    return isinstance(error, failures) or type(error) is env.db_exc.Error


def database_errors_as_503(method: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate the method of a component that answers requests with it."""
    @wraps(method)
    def answer(self: Any, *args: Any, **named: Any) -> Any:
        with database_errors(self.env):
            return method(self, *args, **named)
    return answer
