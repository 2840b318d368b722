"""Links to tickets: each `#N` in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from trac.util.html import Fragment, tag


def link_tickets(req: Any, text: str) -> Fragment:
    """The text with every `#N` linked to its ticket."""
    parts = re.split(r'#(\d+)', text)
    return tag([tag.a('#', part, href=req.href.ticket(part)) if i % 2
                else part for i, part in enumerate(parts)])


def visible_words(req: Any, phrases: Iterable[str]) -> list[str]:
    """The phrases that name no ticket which the viewer may not see.

    That there are others is told once, at the end.
    """
    found, hidden = [], False
    for words in phrases:
        if all('TICKET_VIEW' in req.perm('ticket', int(number))
               for number in re.findall(r'#(\d{1,18})(?!\d)', words)):
            found.append(words)
        else:
            hidden = True
    return [*found, *(['something that you may not see'] if hidden else [])]
