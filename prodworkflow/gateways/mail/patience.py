"""Patience: how long the answer to a request waits for a mail server.

A worker of a web server that waited for each of a hundred mails would be ended
by its supervisor, and what was still to be sent would be lost.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable
from typing import Any

# Seconds for one notification; all of one request get as much as so many.
PATIENCE = 2


MANY = 3


NAME = 'prodworkflow mail'


SLOW = ('A notification was not sent within %s s. It goes on in the '
        'background; until it has ended nobody waits for this or another one.')


class PatientThreads:
    """Does in threads what may be slow, and waits for it a while only.

    What one thread has done here is done in order.  While anything is under
    way, for whomever, whoever comes next does not wait at all; nor does a
    request that has waited so long that its page has to be answered.
    """

    def __init__(self, env: Any) -> None:
        self.env = env
        self._last = threading.local()
        self._under_way: set[threading.Thread] = set()

    def do(self, act: Callable[[], None], request: Any = None) -> None:
        """Do something that must not fail; it may go on after this.

        `request` is the one that this thread serves, if it serves any.
        """
        before = getattr(self._last, 'thread', None)
        thread = threading.Thread(target=self._do, name=NAME,
                                  args=(act, before))
        idle = not self._under_way
        self._under_way.add(thread)
        try:
            thread.start()
        except RuntimeError:  # this process ends
            self._under_way.discard(thread)
            self._do(act, before)
            return
        self._last.thread = thread
        if idle:
            self._wait(thread, request)

    def _wait(self, thread: threading.Thread, request: Any) -> None:
        left = self._left(request)
        began = time.monotonic()
        thread.join(min(PATIENCE, left))
        self._last.left = left - (time.monotonic() - began)
        if thread.is_alive():
            self.env.log.warning(SLOW, PATIENCE)

    def _left(self, request: Any) -> float:
        """For how many seconds more a request may wait; all, if it is new."""
        known = getattr(self._last, 'request', None)
        if request is None or known is None or known() is not request:
            self._last.request = weakref.ref(request) if request else None
            return float(PATIENCE * MANY)
        return max(0.0, float(self._last.left))

    def _do(self, act: Callable[[], None],
            before: threading.Thread | None) -> None:
        if before is not None:
            before.join()
        try:
            act()
        finally:
            self._under_way.discard(threading.current_thread())
            if threading.current_thread().name == NAME:
                self.env.shutdown(threading.get_ident())
