"""Known issue: an open ticket that a launch tolerates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class KnownIssue:
    """A ticket that may stay open at the launch, through the day `until`.

    `time` is in µs UTC; `number` is its ledger entry.
    """

    ticket: int
    by: str
    reason: str
    until: date
    time: int
    number: int

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> KnownIssue:
        """Deserialize what `plain` made.

        KeyError, TypeError or ValueError if it is invalid.
        """
        return cls(**{**data, 'until': date.fromisoformat(data['until'])})
