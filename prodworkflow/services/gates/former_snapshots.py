"""Former snapshots: a campaign as it was, by its ledger and its tickets."""

from __future__ import annotations

from typing import Any

from prodworkflow import store
from prodworkflow.domain.ledger.replay import LedgerError
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.views.moments import former_decision
from prodworkflow.services.gates.verification import MISMATCH
from prodworkflow.store.queries.former_tickets import open_tickets_at


def snapshot_at(env: Any, present: Snapshot, moment: int) -> Snapshot | None:
    """A campaign at a moment (µs UTC); None before it was created.

    Where the ledger cannot be read it is the present one, in doubt.
    """
    try:
        found = former_decision.snapshot_at(
            present, list(store.entries(env, present.id)), moment)
    except (LedgerError, ValueError):
        return former_decision.in_doubt(present, MISMATCH)
    if found is None:
        return None
    state = found.state
    others, begun = open_tickets_at(
        env, {s.milestone: s.key for s in state.stages},
        {r.ticket for r in state.requirements if r.ticket}, moment)
    return former_decision.with_others(found, others, begun)
