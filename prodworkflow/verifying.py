"""Decides on a record that was verified against its ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from trac.util.datefmt import datetime_now, to_utimestamp, utc

from . import store
from .decision import Decision
from .differences import differences
from .gates import decide
from .ledger import broken, fold
from .snapshots import Snapshot

UNSOUND = ('the record of the campaign does not agree with its ledger; '
           'see "trac-admin ENV campaign check"')


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
        ledger = list(store.entries(env, snapshot.id))
        wrong = broken(ledger, snapshot.head) + list(snapshot.doubts)
        return wrong or differences(fold(ledger), snapshot.state)
    except ValueError as error:
        return [f'the ledger cannot be read: {error}']


def _doubted(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, doubts=(*snapshot.doubts, UNSOUND))
