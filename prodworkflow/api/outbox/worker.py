"""Worker of a process: delivers events after the commit, by no request.

It begins when something is queued, goes on as long as something waits, and
then ends.  What a process leaves undone the next one does, or cron.
"""

from __future__ import annotations

import atexit
import threading
import weakref
from typing import Any

from trac.util.text import exception_to_unicode

from prodworkflow.api.outbox.threads import ReceiverThreads
from prodworkflow.gateways.clock import now
from prodworkflow.services.outbox.delivery import Deliveries
from prodworkflow.store import outbox

NAME = 'prodworkflow events'
# Seconds.  How long a process that ends waits for what is being sent.
PATIENCE = 3
# Between two looks, at most and at least.
LONGEST, SHORTEST = 3600, 1
# After a failure of ours, such as a database that takes nothing.
REST = 60


class DeliveryWorker:
    """One thread that looks what is due; others send it.

    It holds the environment only while it looks: one that Trac has reloaded
    does not stay for it.
    """

    def __init__(self, env: Any) -> None:
        self.env = env
        self._wanted = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._over = False
        self._failed = False
        self._threads = ReceiverThreads(env, self._ended)
        self._ends_with_process = False

    def wake(self) -> None:
        """Let it look now; never waits, and never fails."""
        with self._lock:
            self._wanted.set()
            if self._thread is None and not self._over:
                self._start()

    def finish(self) -> None:
        """Let it end when nothing is due any more, and wait a little for it.

        It never begins again.
        """
        self._over = True
        self._wanted.set()
        thread = self._thread
        if thread is not None:
            thread.join(PATIENCE)

    def look(self) -> float | None:
        """Begin what is due; for how many seconds to wait, None for ever."""
        self._wanted.clear()
        pause = self._pause()
        if self._over and not self._threads.busy:
            pause = None
        with self._lock:
            if pause is None and (self._over or not self._wanted.is_set()):
                self._thread = None
                return None
        return pause or 0

    # Internal methods

    def _ended(self, outcome: Deliveries) -> None:
        self._failed = self._failed or outcome.error is not None
        self._wanted.set()

    def _start(self) -> None:
        self._thread = threading.Thread(
            target=_work, name=NAME, daemon=True,
            args=(weakref.ref(self), self._wanted))
        try:
            self._thread.start()
        except RuntimeError:  # this process ends
            self._thread = None
            return
        if not self._ends_with_process:
            self._ends_with_process = True
            atexit.register(_finish, weakref.ref(self))

    def _pause(self) -> float | None:
        if self._failed:
            self._failed = False
            return REST
        try:
            moment = now()
            outbox.prune(self.env, moment)
            self._threads.start(now)
            served = self._threads.served
            due = outbox.next_due(self.env, moment, served)
        except Exception as error:
            self.env.log.error('Failure looking for events to deliver: %s',
                               exception_to_unicode(error, traceback=True))
            return None
        finally:
            self.env.shutdown(threading.get_ident())
        if due is None:  # the end of a thread wakes it
            return LONGEST if served else None
        return max(SHORTEST, min(LONGEST, (due - moment) / 10**6))


def _work(worker: weakref.ref[DeliveryWorker],
          wanted: threading.Event) -> None:
    while True:
        found = worker()
        pause = found.look() if found else None
        if pause is None:
            return
        del found
        wanted.wait(pause)


def _finish(worker: weakref.ref[DeliveryWorker]) -> None:
    found = worker()
    if found:
        found.finish()
