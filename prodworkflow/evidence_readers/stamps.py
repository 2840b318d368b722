"""Stamps of tools, as ISO 8601 in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Any

# Seconds of Unix: what is beyond 2100 is no start of a job.
LATEST = 4_102_444_800


def first_start(seconds: Iterable[Any]) -> str:
    """The first of several starts; '' if none is told."""
    told = [value for value in seconds if isinstance(value, int)
            and not isinstance(value, bool) and 0 < value < LATEST]
    return (datetime.fromtimestamp(min(told), timezone.utc).isoformat()
            if told else '')
