"""Bounds of values as they are written: `crash_rate <= 2 %`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BOUND = re.compile(r'\s*([a-z0-9_]+)\s*(<=|>=)\s*(.+)', re.DOTALL)


@dataclass(frozen=True)
class ValueBound:
    """A bound of the value `name`; `most` says that it is an upper one."""

    name: str
    most: bool
    quantity: str


def value_bound(text: str) -> ValueBound | None:
    """Parse a bound; None if the text is none."""
    found = _BOUND.fullmatch(text)
    return ValueBound(found[1], found[2] == '<=', found[3]) if found else None
