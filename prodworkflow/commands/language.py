"""Language of the console: help and output of commands, as of Trac's own."""

from __future__ import annotations

from typing import Any

from trac.admin.api import get_console_locale
from trac.util import translation
from trac.util.text import printout

from prodworkflow.translation import DOMAIN


def follow_console(env: Any) -> None:
    """Let our texts be in the language that trac-admin speaks already.

    It asks for the catalogues of Trac alone, and its help opens no environment
    as a page does, which is when ours are named.  A page that lists commands
    has the language of its reader, and keeps it.
    """
    list(env.setup_participants)
    spoken = getattr(translation.get_translations(), 'active', None)
    domains = getattr(spoken, '_domains', None)
    if domains is not None and DOMAIN not in domains:
        translation.activate(get_console_locale(env), env.path)


def say(text: str, newline: bool = True) -> None:
    """Print a text, a sentence of the rules in the console's language."""
    printout(str(text), newline=newline)
