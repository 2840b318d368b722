"""Placeholders that nothing fills, wherever they stand in a template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from prodworkflow.domain.template.placeholders.words import words_in
from prodworkflow.domain.text import Message, nearest

# The texts in which something is filled in; of a requirement and of a stage.
OF_REQUIREMENT = ('title', 'description', 'component', 'keywords', 'inputs',
                  'fields')
OF_STAGE = ('description',)


class Mistake(NamedTuple):
    """A mistake: its path, and a message with the remedy.

    `further` counts the lines from the start of a text of several lines.
    """

    path: tuple
    words: str
    further: int | None = None


def unfilled(text: str, path: tuple,
             known: tuple[str, ...]) -> Iterator[Mistake]:
    """The placeholders of a text that are none of the known ones."""
    for word, further in words_in(text):
        if word not in known:
            yield Mistake(path, Message(
                'nothing stands for {%(word)s}; %(shown)s, or double the '
                'braces to keep them', word=word[:64],
                shown=_remedy(word, known)), further)


def _remedy(word: str, known: tuple[str, ...]) -> Message:
    if not known:
        return Message('nothing is filled in here: write the word itself')
    near = nearest(word.lower(), known)
    return Message('write {%(word)s}', word=near) if near else Message(
        'known here: %(words)s',
        words=', '.join(f'{{{w}}}' for w in known))


def unfilled_elsewhere(data: Any, path: tuple = ()) -> Iterator[Mistake]:
    """The placeholders in texts of a template in which nothing is filled in.

    `data` is a parsed table. Names of items cannot hold braces anyway.
    """
    if isinstance(data, str):
        yield from unfilled(data, path, ())
    elif isinstance(data, dict):
        for key, value in data.items():
            if not _is_filled(path, key) and not _is_item_name(path, key):
                yield from unfilled_elsewhere(value, (*path, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            if isinstance(value, str):
                if path[:1] != ('lists',) or len(path) > 2:
                    yield from unfilled(value, path, ())
            else:
                yield from unfilled_elsewhere(value, (*path, i))


def _is_filled(path: tuple, key: str) -> bool:
    if path[:1] != ('stage',):
        return False
    if len(path) == 2:
        return key in OF_STAGE
    return len(path) == 4 and key in OF_REQUIREMENT


def _is_item_name(path: tuple, key: str) -> bool:
    return path[:1] == ('lists',) and len(path) == 3 and key == 'name'
