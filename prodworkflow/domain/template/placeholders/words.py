"""Words of placeholders: how they are found, and filled in.

They are substituted once: what a value contains is not substituted again, and
a value has no attributes that could be reached.
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
_ANY_CASE = re.compile(_PLACE.pattern, re.ASCII | re.IGNORECASE)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Substitute the placeholders that have a value; others stay."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def words_in(text: str) -> Iterator[tuple[str, int]]:
    """Find the placeholders of a text, each with its line from 0.

    One that is always known counts in capital letters, too: nothing fills it.
    """
    for found in _ANY_CASE.finditer(text):
        if found[1].islower() or found[1].lower() in RESERVED:
            yield found[1], text.count('\n', 0, found.start())


def values(campaign: str, release: str, start: date | None,
           stage: str) -> dict[str, str]:
    """The values of the placeholders that every text may use."""
    return {'campaign': campaign, 'release': release or NO_RELEASE,
            'start': start.isoformat() if start else NO_START,
            'stage': stage}
