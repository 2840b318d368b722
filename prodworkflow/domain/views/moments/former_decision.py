"""The campaign as it was at an earlier moment, under the rules of then.

The ledger tells what was asked, signed and closed.  A sign-off ticket was
closed where it was met, or closed past the rules; other tickets are as their
history tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.meanwhile import revision_of
from prodworkflow.domain.ledger.replay import fold
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.views.meeting.former import former_snapshot
from prodworkflow.domain.views.moments.followed_tickets import followed


def snapshot_at(present: Snapshot, entries: Sequence[Entry],
                moment: int) -> Snapshot | None:
    """The campaign at a moment (µs UTC), without other tickets.

    None before it was created; LedgerError where the ledger cannot be read.
    What is in doubt now was so then.
    """
    earlier = [e for e in entries if e.time <= moment]
    if not earlier:
        return None
    found = former_snapshot(present.id, earlier, fold(earlier))
    keys = {r.key for r in found.state.requirements}
    return followed(replace(
        found, revision=revision_of(earlier[-1]) or 1,
        doubts=present.doubts), keys, moment)


def with_others(snapshot: Snapshot, others: Mapping[str, Sequence[int]],
                begun: Mapping[int, int]) -> Snapshot:
    """The snapshot with other open tickets, by stages' keys, and their times
    of creation.
    """
    issues = {i.ticket for i in snapshot.state.known_issues}
    return replace(
        snapshot, others={k: tuple(t) for k, t in others.items()},
        begun={t: time for t, time in begun.items() if t in issues})


def in_doubt(present: Snapshot, doubt: str) -> Snapshot:
    """The present campaign where its past cannot be told: no gate is open."""
    return replace(present, doubts=(*present.doubts, doubt))
