"""Webhooks: who receives events, and their delivery by cron."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prodworkflow.api.outbox.threads import ReceiverThreads
from prodworkflow.domain.events.receiver import Receiver, ReceiverRequest
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.text import Message
from prodworkflow.gateways import clock
from prodworkflow.services.consistency.findings import Finding
from prodworkflow.services.outbox import receivers
from prodworkflow.services.outbox.delivery import Clock, Deliveries
from prodworkflow.store import outbox


class Webhooks:
    """Sets up receivers of events, and delivers what waits for them.

    Any number of processes and nodes may deliver at once: each event is sent
    by one of them.
    """

    def __init__(self, env: Any) -> None:
        self.env = env

    def add(self, person: Person, wish: ReceiverRequest) -> Receiver:
        """Set up a receiver, with its secret; InvalidRequest, GateShut."""
        return receivers.add(self.env, person, wish)

    def remove(self, person: Person, which: str) -> Receiver:
        """Remove one, by number or address; InvalidRequest, GateShut."""
        return receivers.remove(self.env, person, which)

    def listed(self) -> list[Receiver]:
        """All receivers, the oldest first."""
        return outbox.receivers(self.env)

    def standings(self) -> list[outbox.WaitingEvents]:
        """What receivers have not got; one statement."""
        return outbox.standings(self.env)

    def due(self, now: Clock = clock.now) -> list[outbox.Head]:
        """What would be sent first now, to each receiver of each campaign."""
        return outbox.heads(self.env, now())

    def end_pauses(self) -> None:
        """Have what failed tried again now, whatever its pause."""
        outbox.end_pauses(self.env, clock.now())

    def deliver(self, now: Clock = clock.now) -> list[Deliveries]:
        """Send all that is due, and wait for it; what came of it.

        `now` gives the time in µs UTC.
        """
        outbox.prune(self.env, now())
        found: list[Deliveries] = []
        threads = ReceiverThreads(self.env, found.append)
        threads.start(now)
        threads.join()
        return sorted(found, key=lambda o: o.receiver.id)

    def findings(self) -> Iterator[Finding]:
        """What is wrong with receivers."""
        for receiver, words in receivers.findings(self.env):
            yield Finding(Message('webhook %(number)s (%(address)s)',
                                  number=receiver.id, address=receiver.shown),
                          words)
