"""Puts names into the texts of a template: `{campaign}`, `{site}`.

A plain substitution, made once over a text: it reaches the values that it is
given and nothing else, and what they hold is not looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

ALWAYS = ('campaign', 'release', 'start', 'stage')


ITEM = 'item'


RESERVED = (*ALWAYS, ITEM)


NO_RELEASE = 'the release'


NO_START = 'a day not set yet'


# Doubled braces, as in wiki text and LaTeX, are none of ours.
_PLACE = re.compile(r'(?<!\{)\{([a-z][a-z0-9_]*)\}(?!\})', re.ASCII)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with each `{word}` that has a value replaced by it."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def words_in(text: str) -> Iterator[tuple[str, int]]:
    """Each `{word}` of a text, with the number of lines before it."""
    for found in _PLACE.finditer(text):
        yield found[1], text.count('\n', 0, found.start())


def values(campaign: str, release: str, start: date | None,
           stage: str) -> dict[str, str]:
    """What the words stand for that every text may use."""
    return {'campaign': campaign, 'release': release or NO_RELEASE,
            'start': start.isoformat() if start else NO_START,
            'stage': stage}
