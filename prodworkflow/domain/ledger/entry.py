"""One entry of a ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One line of a campaign's ledger; `hash` seals it and all before it."""

    campaign: int
    number: int
    time: int
    actor: str
    verb: str
    requirement: str
    release: str
    payload: Mapping[str, Any]
    previous: str
    hash: str
