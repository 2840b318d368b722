"""Decides on a record that was verified against its ledger."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from trac.util.datefmt import datetime_now, to_utimestamp, utc

from . import store
from .decision import Decision
from .differences import differences
from .founding import NOTHING
from .gates import decide
from .ledger import broken, fold
from .model import State
from .snapshots import Snapshot

UNSOUND = ('the record of the campaign does not agree with its ledger; '
           'see "trac-admin ENV campaign check"')
# So many ledgers are not gone through again while they stay the same.
REPLAYS = 8


def now() -> int:
    """This moment in microseconds UTC."""
    return to_utimestamp(datetime_now(utc))


def decided(env: Any, snapshot: Snapshot) -> Decision:
    """The decision of a snapshot, after its record was verified.

    Doors use this: a record that was changed by hand keeps its gates shut.
    """
    if unsound(env, snapshot):
        snapshot = _doubted(snapshot)
    return decide(snapshot, now())


def unsound(env: Any, snapshot: Snapshot) -> list[str]:
    """A sentence for each place where record and ledger do not agree."""
    try:
        wrong, state = _replayed(store.stored_entries(env, snapshot.id),
                                 snapshot.head)
        wrong += snapshot.doubts
        return list(wrong) or differences(state, snapshot.state)
    except ValueError as error:
        return [f'the ledger cannot be read: {error}']


@lru_cache(maxsize=REPLAYS)
def _replayed(stored: tuple[tuple, ...],
              head: str) -> tuple[tuple[str, ...], State]:
    """What is wrong with a ledger's chain; if nothing, where it leads.

    The rows themselves are what is asked about: each other word in them is
    another question.
    """
    ledger = list(store.read_entries(stored))
    wrong = tuple(broken(ledger, head))
    return wrong, NOTHING if wrong else fold(ledger)


def _doubted(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, doubts=(*snapshot.doubts, UNSOUND))
