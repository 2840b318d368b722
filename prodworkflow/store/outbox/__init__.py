"""The outbox: events that wait for receivers, and who receives."""

from prodworkflow.store.outbox.deliveries import (
    Claim,
    claim,
    delivered,
    end_pauses,
    failed,
    Head,
    heads,
    next_due,
)
from prodworkflow.store.outbox.queue import (
    forget_gates,
    keep_gates,
    NewEvent,
    queue_events,
    told_gates,
)
from prodworkflow.store.outbox.receivers import (
    add_receiver,
    CACHE,
    cached_receivers,
    receivers,
    remove_receiver,
)
from prodworkflow.store.outbox.standing import prune, standings, WaitingEvents

__all__ = [
    'CACHE',
    'Claim',
    'Head',
    'NewEvent',
    'WaitingEvents',
    'add_receiver',
    'cached_receivers',
    'claim',
    'delivered',
    'end_pauses',
    'failed',
    'forget_gates',
    'heads',
    'keep_gates',
    'next_due',
    'prune',
    'queue_events',
    'receivers',
    'remove_receiver',
    'standings',
    'told_gates',
]
