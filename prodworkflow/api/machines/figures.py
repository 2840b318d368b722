"""Figures for monitoring, as one viewer may see them."""

from __future__ import annotations

import os
import socket
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prodworkflow.api import viewer
from prodworkflow.api.queries import Queries
from prodworkflow.domain.views.machines.figures import (
    CampaignFigures,
    figures,
    states,
)
from prodworkflow.gateways import clock
from prodworkflow.store import outbox


@dataclass(frozen=True)
class SiteFigures:
    """All figures of a site at one moment (µs UTC).

    `answers` are the gate's answers of this process since it began, by
    whether they let pass; `process` names it.
    """

    now: int
    states: Mapping[str, int]
    campaigns: tuple[CampaignFigures, ...]
    outbox: tuple[outbox.WaitingEvents, ...]
    answers: Mapping[bool, int]
    process: str


class Figures:
    """Counts the gate's answers, and reads all other figures.

    Answers are counted in the memory of each process: asking a gate writes
    nothing.
    """

    def __init__(self, env: Any, queries: Queries) -> None:
        self.env = env
        self._queries = queries
        self._lock = threading.Lock()
        self._answers: Counter[bool] = Counter()

    def count_answer(self, passes: bool) -> None:
        """Count an answer of the gate."""
        with self._lock:
            self._answers[passes] += 1

    def read(self, perm: Any) -> SiteFigures:
        """The figures for the holder of `perm`; a fixed number of statements.
        """
        decisions, _ = self._queries.underway()
        found = tuple(figures(
            d, frozenset(viewer.hidden_tickets(d.snapshot, perm)),
            frozenset(viewer.hidden_stages(d.snapshot, perm)))
            for d in decisions)
        over = [f.phase for f in self._queries.over()]
        with self._lock:
            answers = {passes: self._answers[passes]
                       for passes in (True, False)}
        return SiteFigures(clock.now(), states(found, over), found,
                           tuple(outbox.standings(self.env)), answers,
                           f'{socket.gethostname()}:{os.getpid()}')
