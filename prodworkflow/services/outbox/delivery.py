"""Delivery of events to one receiver: each once, in order per campaign.

No transaction is open while an answer is waited for.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.events.message import message_for
from prodworkflow.domain.events.pauses import is_given_up, pause, SECOND
from prodworkflow.domain.events.receiver import Receiver
from prodworkflow.domain.text import Message
from prodworkflow.gateways.receivers.http_post import post
from prodworkflow.store import outbox

Clock = Callable[[], int]


@dataclass(frozen=True)
class FailedDelivery:
    """An event that a receiver has not taken, and what comes next.

    `due` is when it is tried again (µs UTC), 0 if it was given up.
    """

    receiver: Receiver
    type: str
    error: Message
    due: int


@dataclass(frozen=True)
class Deliveries:
    """What came of delivering to one receiver.

    `error` is a failure of ours, such as a database that takes nothing.
    """

    receiver: Receiver
    delivered: int = 0
    failed: tuple[FailedDelivery, ...] = ()
    error: Message | None = None


def deliver(env: Any, receiver: Receiver, clock: Clock) -> Deliveries:
    """Send a receiver all that may go to it now.

    What fails holds back only what comes after it in its campaign.
    """
    delivered, failed = 0, list[FailedDelivery]()
    while True:
        found = outbox.heads(env, clock(), receiver.id)
        if not found:
            return Deliveries(receiver, delivered, tuple(failed))
        for head in found:
            claim = outbox.claim(env, head, clock())
            if claim:
                failure = _send(env, receiver, claim, clock)
                failed += [failure] if failure else []
                delivered += not failure


def _send(env: Any, receiver: Receiver, claim: outbox.Claim,
          clock: Clock) -> FailedDelivery | None:
    """Send a claimed event, and keep what came of it."""
    message = message_for(receiver, claim.uid, claim.body,
                          clock() // SECOND)
    error = post(message.url, message.headers, message.body)
    if error is None:
        outbox.delivered(env, claim)
        return None
    when = clock()
    over = is_given_up(claim.time, when)
    due = when + pause(claim.head.tries + 1, random.SystemRandom().random())
    outbox.failed(env, claim, json.dumps(error.as_dict()), due,
                  when if over else 0)
    env.log.warning('Webhook %s has not taken an event (%s): %s%s',
                    receiver.id, claim.type, f'{error}',
                    ' It was given up.' if over else '')
    return FailedDelivery(receiver, claim.type, error, 0 if over else due)
