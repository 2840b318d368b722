"""JSON columns: nested values as canonical JSON in one column."""

from __future__ import annotations

import json
from typing import Any, Callable, TypeVar

from prodworkflow.domain.canonical_json import canonical, plain
from prodworkflow.domain.text import Message

_Value = TypeVar('_Value')


def json_text(value: Any) -> str:
    """A nested value as it is stored: canonical JSON, '' for None."""
    return ('' if value is None else '[]' if value == () else
            canonical(plain(value)))


def stored(text: str | None, read: Callable[[Any], _Value]) -> _Value | None:
    """Read back what `json_text` wrote; ValueError if it makes no sense."""
    try:
        return read(json.loads(text)) if text else None
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(Message(
            '%(text)s makes no sense: %(error)s', text=text,
            error=repr(error))) from error


def stored_all(text: str | None, read: Callable[[Any], _Value]
           ) -> tuple[_Value, ...]:
    return stored(text, lambda found: tuple(read(each) for each in found)) \
        or ()


def json_list(text: str | None) -> Any:
    """Read back a stored tuple; mostly it is the empty one."""
    return json.loads(text) if text and text != '[]' else ()


def json_names(key: str, what: str, text: str) -> tuple[str, ...]:
    names = [] if text == '[]' else json.loads(text)
    if not (isinstance(names, list)
            and all(isinstance(n, str) for n in names)):
        raise ValueError(Message('%(what)s of %(key)s are no list of names',
                                 what=what, key=key))
    return tuple(names)
