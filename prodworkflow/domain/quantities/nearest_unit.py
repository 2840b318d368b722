"""Nearest unit: what somebody meant who wrote a word that is none."""

from __future__ import annotations

import re

from prodworkflow.domain.quantities.vocabulary import BY_WORD, UNITS
from prodworkflow.domain.text import joined, Message, nearest

SYMBOLS = tuple(unit.symbol for unit in UNITS)


def is_like_one(word: str) -> bool:
    """Whether a word is like a unit, so that it may be misspelt."""
    return bool(other_case(word) or nearest(word, BY_WORD))


def is_plural(word: str) -> bool:
    """Whether it is a unit with an s behind it that nobody writes: `mins`."""
    return word.endswith('s') and word[:-1] in BY_WORD


def unknown(word: str) -> Message:
    """That a word is no unit, with what could be meant."""
    other = other_case(word)
    if other:
        return Message('"%(unit)s" is no known unit: capital and small '
                       'letters have different meanings; write %(units)s',
                       unit=word, units=joined(other, 'or'))
    near = word[:-1] if is_plural(word) else nearest(word, BY_WORD)
    if near:
        return Message('"%(unit)s" is no known unit; write "%(near)s"',
                       unit=word, near=near)
    return Message('"%(unit)s" is no known unit; write one like "GB", "s", '
                   '"%%" or "kB/event"', unit=word)


def other_case(word: str) -> list[str]:
    """The units that differ in capitals; of bits, too, for a `b`."""
    small = re.sub('(?<=.)bytes?$', 'b', word.casefold())
    found = [s for s in SYMBOLS if s.casefold() == small]
    if word.endswith('b'):
        found += [s for s in SYMBOLS if s.casefold() == f'{small}it']
    if small == 'kb':
        found = ['kB', 'KiB', *found[1:]]
    return [f'"{symbol}"' for symbol in found] or [
        f'"{other}"' for other in BY_WORD
        if other.casefold() == word.casefold()][:1]
