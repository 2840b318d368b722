"""Words of people in wiki text: what they wrote is no markup there."""

from __future__ import annotations

import re

# Macros, code, and what begins a heading, a list, a table or a quotation.
_MARKUP = re.compile(r"\[\[|\{\{\{|\}\}\}|'''|\|\|")


def unformatted(text: str) -> str:
    """A text on one line that a wiki page shows as it is written."""
    return _MARKUP.sub(lambda found: f'!{found[0]}', ' '.join(text.split()))
