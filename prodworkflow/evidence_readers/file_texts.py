"""Texts of files: made printable and short before they are kept or shown."""

from __future__ import annotations

from collections.abc import Iterable

from prodworkflow.domain.text import shortened, some

LONGEST = 80
NAME_MAX = 200


def short(text: str, most: int = LONGEST) -> str:
    """A text of a file on one line, without what cannot be printed."""
    return shortened(''.join(char if char.isprintable() else ' '
                             for char in text[:most + 1]), most)


def is_name(text: str) -> bool:
    """Whether a text of a file can be the name of a reading."""
    return 0 < len(text) <= NAME_MAX and text.isprintable()


def listed(names: Iterable[str]) -> str:
    """The first names of a file in a sentence, and how many there are more."""
    return some([short(name) for name in names])
