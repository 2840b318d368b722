"""Errors of commands: each is told as `Error: …`, with exit code 2."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from trac.admin.api import AdminCommandError
from trac.core import TracBaseError
from trac.db.pool import TimeoutError as NoConnection
from trac.util.html import Fragment

from prodworkflow.commands.arguments import refusals_as_errors
from prodworkflow.commands.language import follow_console
from prodworkflow.translation import _, N_

DATABASE_FAILED = N_(
    'The database failed: %(error)s. What the command changes is stored as a '
    'whole or not at all; look before you repeat it.')


def errors_told(get_admin_commands: Callable[[Any], Iterator[tuple[Any, ...]]]
                ) -> Callable[[Any], Iterator[tuple[Any, ...]]]:
    """Decorate `get_admin_commands`: errors are told in words only.

    trac-admin tells the class's name of any other error than its own.  Help
    and output are in the language of the console.
    """
    @wraps(get_admin_commands)
    def commands(self: Any) -> Iterator[tuple[Any, ...]]:
        follow_console(self.env)
        for name, args, about, complete, execute in get_admin_commands(self):
            yield name, args, _(about), complete, _told(self.env, execute)
    return commands


def _told(env: Any, execute: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(execute)
    def run(*args: str) -> Any:
        _check_number(execute, args)
        try:
            with refusals_as_errors():
                return execute(*args)
        except AdminCommandError:
            raise
        except TracBaseError as error:
            raise AdminCommandError(_plain(error)) from error
        except (env.db_exc.Error, NoConnection) as error:
            words = ' '.join(str(error).split()).rstrip('.')
            raise AdminCommandError(_(DATABASE_FAILED,
                                      error=words)) from error
    return run


def _plain(error: TracBaseError) -> str:
    """The words of an error, of which Trac may have made markup."""
    words = getattr(error, 'message', error)
    return words.as_text() if isinstance(words, Fragment) else str(words)


def _check_number(execute: Callable[..., Any], args: tuple[str, ...]) -> None:
    """Show the usage where there are too few arguments, or too many."""
    try:
        inspect.signature(execute).bind(*args)
    except TypeError as error:
        raise AdminCommandError(_('Invalid arguments'),
                                show_usage=True) from error
