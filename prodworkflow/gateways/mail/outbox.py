"""Outbox: Trac's notifications wait for the end of the transaction.

Trac's ticket page, its batch modification and its milestone page notify after
their own transaction, which here may lie inside one of ours; and deleting a
ticket tells of its attachments in the midst of it.  A mail server that is slow
would make all wait who need a lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from trac.notification.api import NotificationSystem
from trac.util.text import exception_to_unicode

from prodworkflow.gateways.mail.batch_events import with_tickets_read_once
from prodworkflow.gateways.mail.patience import PatientThreads
from prodworkflow.gateways.mail.styles import in_known_styles
from prodworkflow.gateways.mail.transaction_end import (
    after_transaction,
    is_under_way,
)


class Outbox:
    """Takes the place of `NotificationSystem.distribute_event`.

    An event that comes while no transaction is open goes on at once, as ever.
    Any other is distributed, by all of the site's distributors, after the
    commit; its subscribers are asked for then, too.  A request, which is what
    `request()` gives for this thread, or None, waits only a while for it.
    """

    def __init__(self, env: Any, request: Callable[[], Any]) -> None:
        self.env = env
        self._request = request
        self._threads = PatientThreads(env)
        self._seen = threading.local()
        system = NotificationSystem(env)
        self._distribute_at_once = system.distribute_event
        vars(system)['distribute_event'] = self._distribute_event

    def send(self, event: Any, subscriptions: Iterable[Any]) -> None:
        """Distribute an event to subscriptions after the commit, if any.

        Errors are logged.
        """
        after_transaction(self.env, partial(self._send, event,
                                            subscriptions))

    @contextmanager
    def failures(self) -> Iterator[list[Exception]]:
        """Context manager: gathers why this thread could not send later."""
        before = getattr(self._seen, 'failures', None)
        self._seen.failures = found = list[Exception]()
        try:
            yield found
        finally:
            self._seen.failures = before

    # Internal methods

    def _distribute_event(self, event: Any,
                          subscriptions: Iterable[Any]) -> None:
        """What `NotificationSystem.distribute_event` is now.

        Errors are the caller's where no transaction is open.
        """
        if is_under_way(self.env):
            self.send(event, subscriptions)
        else:
            self._distribute(event, subscriptions)

    def _distribute(self, event: Any, subscriptions: Iterable[Any]) -> None:
        self._distribute_at_once(with_tickets_read_once(event),
                                 in_known_styles(self.env, event,
                                                 subscriptions))

    def _send(self, event: Any, subscriptions: Iterable[Any]) -> None:
        act = partial(self._try, event, subscriptions,
                      getattr(self._seen, 'failures', None))
        request = self._request()
        if (request is not None
                and NotificationSystem(self.env).smtp_enabled):
            self._threads.do(act, request)
        else:
            act()

    def _try(self, event: Any, subscriptions: Iterable[Any],
             seen: list[Exception] | None) -> None:
        try:
            self._distribute(event, subscriptions)
        except Exception as error:
            self.env.log.error('Failure sending notification: %s',
                               exception_to_unicode(error, traceback=True))
            if seen is not None:
                seen.append(error)
