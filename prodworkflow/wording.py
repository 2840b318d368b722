"""What the words may hold that people give as a reason or a statement."""

from __future__ import annotations

import unicodedata

WORDS_MAX = 10000
LINES = '\t\n\r'


def word_problems(field: str, text: str,
                  most: int = WORDS_MAX) -> list[tuple[str, str]]:
    """What is wrong with words that are kept for ever; [] if nothing."""
    if len(text) > most:
        return [(field, f'The {field} has {len(text)} characters; {most} '
                        'are allowed.')]
    unfit = sorted({f'U+{ord(c):04X}' for c in text if c not in LINES
                    and unicodedata.category(c) in ('Cc', 'Cs')})
    if unfit:
        return [(field, f'The {field} cannot hold the control characters '
                        f'{", ".join(unfit[:5])}; leave them out.')]
    return []
