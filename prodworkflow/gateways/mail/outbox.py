"""Outbox: Trac's notifications wait for the end of the transaction.

Trac's ticket page, its batch modification and its milestone page notify after
their own transaction, which here may lie inside one of ours; and deleting a
ticket tells of its attachments in the midst of it.  A mail server that is slow
would make all wait who need a lock.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from trac.notification.api import NotificationSystem
from trac.util.text import exception_to_unicode

from prodworkflow.gateways.mail.transaction_end import (
    after_transaction,
    is_under_way,
)


class Outbox:
    """Takes the place of `NotificationSystem.distribute_event`.

    An event that comes while no transaction is open goes on at once, as ever.
    Any other is distributed, by all of the site's distributors, after the
    commit; its subscribers are asked for then, too.
    """

    def __init__(self, env: Any) -> None:
        self.env = env
        self._seen = threading.local()
        system = NotificationSystem(env)
        self._distribute = system.distribute_event
        vars(system)['distribute_event'] = self.distribute_event

    def distribute_event(self, event: Any,
                         subscriptions: Iterable[Any]) -> None:
        """Distribute an event to all subscriptions, now or after the commit.

        Now, errors are the caller's; later, they are logged.
        """
        if is_under_way(self.env):
            after_transaction(self.env, partial(self._send, event,
                                                subscriptions))
        else:
            self._distribute(event, subscriptions)

    @contextmanager
    def failures(self) -> Iterator[list[Exception]]:
        """Context manager: gathers why this thread could not send later."""
        before = getattr(self._seen, 'failures', None)
        self._seen.failures = found = list[Exception]()
        try:
            yield found
        finally:
            self._seen.failures = before

    def _send(self, event: Any, subscriptions: Iterable[Any]) -> None:
        try:
            self._distribute(event, subscriptions)
        except Exception as error:
            self.env.log.error('Failure sending notification: %s',
                               exception_to_unicode(error, traceback=True))
            seen = getattr(self._seen, 'failures', None)
            if seen is not None:
                seen.append(error)
