"""Language of the console: help and output of commands, as of Trac's own."""

from __future__ import annotations

from typing import Any

from trac.util import translation
from trac.util.text import printout

from prodworkflow.translation import DOMAIN


def follow_console(env: Any) -> None:
    """Let our texts be in the language that trac-admin speaks already.

    It asks for the catalogues of Trac alone, and its help opens no environment
    as a page does, which is when ours are named.  Ours are added to the
    language that is spoken; a page that lists commands has both already.
    """
    list(env.setup_participants)
    spoken = getattr(translation.get_translations(), 'active', None)
    language = spoken.info().get('language') if spoken else None
    if language and DOMAIN not in getattr(spoken, '_domains', ()):
        translation.activate(language, env.path)


def say(text: str, newline: bool = True) -> None:
    """Print a text, a sentence of the rules in the console's language."""
    printout(str(text), newline=newline)
