"""Threads of deliveries: one for each receiver that has something to get.

So a receiver that hangs keeps no other one waiting.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from trac.util import translation
from trac.util.text import exception_to_unicode

from prodworkflow.domain.events.receiver import Receiver
from prodworkflow.domain.text import Message
from prodworkflow.services.outbox.delivery import Clock, deliver, Deliveries
from prodworkflow.store import outbox

NAME = 'prodworkflow webhook'


class ReceiverThreads:
    """Delivers what is due, to all receivers at once.

    Each is served by one thread of this process at a time; at its end `ended`
    is called in it with what came of it.
    Daemons: they die with the process, and what they had claimed is sent by
    the next one.
    """

    def __init__(self, env: Any,
                 ended: Callable[[Deliveries], object]) -> None:
        self.env = env
        self._ended = ended
        self._running: dict[int, threading.Thread] = {}

    @property
    def busy(self) -> bool:
        """Whether any receiver is being served."""
        return bool(self._running)

    @property
    def served(self) -> frozenset[int]:
        """The receivers that are being served, by number."""
        return frozenset(list(self._running))

    def start(self, clock: Clock) -> None:
        """Begin to serve each receiver that has something due and none has.
        """
        due = {head.receiver for head in outbox.heads(self.env, clock())}
        for receiver in outbox.receivers(self.env) if due else ():
            if receiver.id in due and receiver.id not in self._running:
                self._start(receiver, clock)

    def join(self) -> None:
        """Wait until all have ended."""
        for thread in list(self._running.values()):
            thread.join()

    # Internal methods

    def _start(self, receiver: Receiver, clock: Clock) -> None:
        thread = threading.Thread(target=self._serve, name=NAME, daemon=True,
                                  args=(receiver, clock))
        self._running[receiver.id] = thread
        try:
            thread.start()
        except RuntimeError:  # this process ends
            self._serve(receiver, clock)

    def _serve(self, receiver: Receiver, clock: Clock) -> None:
        env, outcome = self.env, Deliveries(receiver)
        try:
            translation.activate(translation.get_negotiated_locale([
                env.config.get('trac', 'default_language')]), env.path)
            outcome = deliver(env, receiver, clock)
        except Exception as error:
            env.log.error('Failure delivering to webhook %s: %s', receiver.id,
                          exception_to_unicode(error, traceback=True))
            outcome = Deliveries(receiver, error=Message(
                'It was not served: %(error)s.',
                error=exception_to_unicode(error).rstrip('.')))
        finally:
            env.shutdown(threading.get_ident())
            self._running.pop(receiver.id, None)
            self._ended(outcome)
