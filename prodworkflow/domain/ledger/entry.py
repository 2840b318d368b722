"""Ledger entry: one immutable row of the hash chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One entry of a campaign's ledger; `hash` seals it and all before it.

    `time` is in µs UTC; `campaign` is the campaign's id, `requirement` a key
    or ''; `release` is the one that the campaign was on.
    """

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
