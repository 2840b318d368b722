"""Answers to repeated requests: kept with what was done, for some days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from prodworkflow.api.doors import Doors
from prodworkflow.gateways import clock
from prodworkflow.store.machines import answers
from prodworkflow.store.machines.answers import KeptAnswer, RepeatKey

DAYS = 7
_DAY = 24 * 3600 * 10**6


class Answers:
    """Keeps the answers to requests that carry an Idempotency-Key."""

    def __init__(self, env: Any, doors: Doors) -> None:
        self.env = env
        self._doors = doors

    def of(self, key: RepeatKey) -> KeptAnswer | None:
        """The answer that is kept under a key, to whatever request."""
        return answers.kept_answer(self.env, key.digest)

    @contextmanager
    def keeping(self, key: RepeatKey
                ) -> Iterator[Callable[[KeptAnswer], None]]:
        """Context manager: one transaction of what is done and its answer.

        Gives what keeps the answer. Repeated, with nothing done, where
        another request has the key; a refusal leaves the key free.
        """
        now = clock.now()
        answers.forget_before(self.env, now - DAYS * _DAY)
        with self._doors.transaction(()):
            answers.reserve(self.env, key, now)
            yield lambda answer: answers.keep(self.env, key, answer)
