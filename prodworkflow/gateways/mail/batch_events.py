"""Batch events: tickets changed at one go, read once for all subscribers.

Trac asks each kind of subscriber about each ticket of a batch, and reads all
tickets anew for each kind; ours are many, and none of them wants tickets.
"""

from __future__ import annotations

from typing import Any


def with_tickets_read_once(event: Any) -> Any:
    """An event; that of a batch gives the same ticket events each time."""
    if event.category == 'batchmodify':
        read = event.get_ticket_change_events
        found: list[Any] = []

        def ticket_events(env: Any) -> list[Any]:
            found[:] = found or read(env)
            return found
        event.get_ticket_change_events = ticket_events
    return event
