"""Members of JSON objects, of the type that a format promises."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from prodworkflow.domain.model.readings.reading import UnreadableEvidence
from prodworkflow.domain.text import Message


def objects(value: Any, where: str) -> list[dict[str, Any]]:
    """A list of objects; UnreadableEvidence, with the place, if it is none."""
    if not isinstance(value, list):
        raise _wrong(where)
    for i, each in enumerate(value):
        if not isinstance(each, dict):
            raise _wrong(f'{where}[{i}]')
    return value


def object_or_empty(value: Any) -> dict[str, Any]:
    """An object; an empty one for anything else, such as null."""
    return value if isinstance(value, dict) else {}


def text_or_empty(value: Any) -> str:
    """A text or whole number as text; '' for anything else."""
    plain = isinstance(value, (str, int)) and not isinstance(value, bool)
    return str(value) if plain else ''


def count(value: Any) -> int | None:
    """A whole number that is not negative; None for anything else."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and value >= 0 else None


def measure(value: Any) -> Decimal | None:
    """A number that is not negative, exactly; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    return Decimal(value) if value >= 0 else None


def _wrong(where: str) -> UnreadableEvidence:
    return UnreadableEvidence(Message(
        'The JSON has something else at %(place)s than the tool writes '
        'there. Send the file as the tool wrote it.', place=where))
