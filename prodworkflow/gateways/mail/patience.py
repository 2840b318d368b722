"""Patience: how long the answer to a request waits for a mail server.

A worker of a web server that waited for each of a hundred mails would be ended
by its supervisor, and what was still to be sent would be lost.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

# Seconds for one notification.
PATIENCE = 2


NAME = 'prodworkflow mail'


SLOW = ('A notification was not sent within %s s. It goes on in the '
        'background; until it has ended nobody waits for this or another one.')


class PatientThreads:
    """Does in threads what may be slow, and waits for it a while only.

    What one thread has done here is done in order.  While anything is under
    way, for whomever, whoever comes next does not wait at all.
    """

    def __init__(self, env: Any) -> None:
        self.env = env
        self._last = threading.local()
        self._under_way: set[threading.Thread] = set()

    def do(self, act: Callable[[], None]) -> None:
        """Do something that must not fail; it may go on after this."""
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
            thread.join(PATIENCE)
            if thread.is_alive():
                self.env.log.warning(SLOW, PATIENCE)

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
