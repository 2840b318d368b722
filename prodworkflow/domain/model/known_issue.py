"""Known issues that a launch tolerates, and concerns found after it."""

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


@dataclass(frozen=True)
class Concern:
    """What people find after the launch who may not stop production.

    A ticket that came into a launched campaign, or an objection to one.

    `requirement` is the key of the requirement whose sign-off ticket they
    wanted to reopen, '' for an ordinary ticket.  `words` is its summary, or
    what they said; `time` is in µs UTC; `number` is its ledger entry.
    """

    ticket: int
    by: str
    time: int
    words: str
    number: int
    requirement: str = ''
