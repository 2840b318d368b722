"""Pauses between tries, for a receiver that does not take an event."""

from __future__ import annotations

SECOND = 10**6
# In seconds; the last one for all that come after.  An hour without a
# receiver costs eleven tries.
PAUSES = (5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400,
          28800, 57600, 86400)
# Of a pause, at most so much more, so that many do not come back at once.
JITTER = 0.2
# An event is given up so long after it happened.
PATIENCE = 5 * 86400 * SECOND


def pause(tries: int, share: float) -> int:
    """The pause in µs after so many tries, from 1 on; `share` is 0 to 1."""
    seconds = PAUSES[min(tries, len(PAUSES)) - 1]
    return int(seconds * SECOND * (1 + JITTER * share))


def is_given_up(happened: int, now: int) -> bool:
    """Whether an event is too old for another try; both in µs UTC."""
    return now - happened >= PATIENCE
