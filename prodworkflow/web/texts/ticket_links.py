"""Links to tickets: each `#N` in a text."""

from __future__ import annotations

import re
from typing import Any

from trac.util.html import Fragment, tag


def link_tickets(req: Any, text: str) -> Fragment:
    """The text, in the reader's language, with every `#N` linked."""
    parts = re.split(r'#(\d+)', str(text))
    return tag([tag.a('#', part, href=req.href.ticket(part)) if i % 2
                else part for i, part in enumerate(parts)])
