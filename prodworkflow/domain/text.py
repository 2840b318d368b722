"""What the words may hold that people give as a reason or a statement."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

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


# Of many, so many are named.
NAMED = 6


def joined(items: tuple[str, ...] | list[str], word: str = 'and') -> str:
    """The items as a list in a sentence: `anna, bruno and dora`."""
    if len(items) < 2:
        return ''.join(items)
    return f'{", ".join(items[:-1])} {word} {items[-1]}'


def some(items: list[str]) -> str:
    """As many of the items as one reads, and how many there are beside."""
    more = len(items) - NAMED
    return joined(items if more <= 1 else [*items[:NAMED], f'{more} more'])


SHOWN = 64


def nearest(word: str, known: Iterable[str]) -> str:
    """What was meant by a word, of those that are known; '' if unclear."""
    near = get_close_matches(word[:SHOWN], list(known), 1)
    return near[0] if near else ''


def meant(word: str, words: Any) -> str:
    """A hint at what was meant, for behind a sentence; '' without one."""
    near = get_close_matches(word, list(words))
    return f' Did you mean {joined(near, "or")}?' if near else ''
