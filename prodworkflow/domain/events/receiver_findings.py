"""Findings about receivers: what `campaign check` tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from prodworkflow.domain.dates import moment
from prodworkflow.domain.text import Message

# An event that nobody has tried to deliver for so long; µs.
IDLE = 15 * 60 * 10**6


class Standing(Protocol):
    """What a receiver has not got; times in µs UTC."""

    @property
    def waiting(self) -> int:
        """Events that wait."""
    @property
    def failing(self) -> int:
        """Those of them that were tried."""
    @property
    def given_up(self) -> int:
        """Events that are not tried any more."""
    @property
    def oldest(self) -> int:
        """When the oldest that waits happened."""
    @property
    def error(self) -> str:
        """What went wrong."""


def receiver_findings(standing: Standing, now: int) -> Iterator[Message]:
    """What is wrong with a receiver; nothing if it gets its events."""
    since = moment(standing.oldest)
    if standing.failing:
        yield Message('does not take events: %(count)s wait since '
                      '%(since)s. %(error)s', count=standing.waiting,
                      since=since, error=standing.error)
    elif standing.waiting and now - standing.oldest >= IDLE:
        yield Message('is sent nothing: %(count)s wait since '
                      '%(since)s. Let cron run "campaign deliver".',
                      count=standing.waiting, since=since)
    if standing.given_up:
        yield Message('has not got %(count)s of its events, given up '
                      'after %(days)s days. %(error)s',
                      count=standing.given_up, days=5, error=standing.error)
