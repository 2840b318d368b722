"""Numbers of JSON: exact, finite, of a bearable length; names only once."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Any

from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers.file_texts import short

DIGITS_MAX = 40
EXPONENT_MAX = 99


class NumberError(Exception):
    """What a file must not hold; its one argument is the message."""


def integer(text: str) -> int:
    """A whole number; NumberError if it is endless."""
    if len(text) > DIGITS_MAX:
        raise NumberError(_too_long(text))
    return int(text)


def decimal(text: str) -> Decimal:
    """An exact number; NumberError if it is endless or out of all bounds.

    Turning 1e999999999 into a fraction would take the memory of the machine.
    """
    try:
        found = Decimal(text) if len(text) <= DIGITS_MAX else None
    except InvalidOperation:
        # Its exponent has some twenty digits.
        found = None
    if found is None or abs(found.adjusted()) > EXPONENT_MAX:
        raise NumberError(_too_long(text))
    return found


def no_constant(text: str) -> None:
    """NumberError for NaN and Infinity, which compare with nothing."""
    raise NumberError(Message(
        'The file holds %(number)s, which is no number. Take it out, and see '
        'why the tool wrote it.', number=text))


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names differ; NumberError if one comes twice.

    Readers would silently take the last.
    """
    made = dict(pairs)
    if len(made) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = counts.most_common(1)[0][0]
        raise NumberError(Message(
            'The JSON says "%(name)s" twice in one object. Leave one.',
            name=short(twice, DIGITS_MAX)))
    return made


def _too_long(text: str) -> Message:
    return Message('The file holds the number %(number)s, which is too long '
                   'or too large. Write it with fewer digits.',
                   number=short(text, DIGITS_MAX))
