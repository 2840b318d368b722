"""What an approval rests on and keeps, and whether it is too early."""

from __future__ import annotations

from typing import Any

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.bases import Base, basis_of, refusal
from prodworkflow.domain.rules.duties.separation import persons
from prodworkflow.domain.rules.gates import evaluate_as_closed
from prodworkflow.gateways.clock import now


def too_early(snapshot: Snapshot, requirement: Requirement) -> str:
    """Why a requirement cannot be approved yet, whoever would; '' if it can.
    """
    return refusal(requirement, snapshot.state,
                   bases_of(snapshot, requirement))


def bases_of(snapshot: Snapshot,
             requirement: Requirement) -> tuple[Base, ...]:
    """What a requirement rests on, as it is now."""
    if not requirement.rests_on:
        return ()
    return evaluate_as_closed(snapshot, requirement.key, now()).bases


def approval_payload(snapshot: Snapshot, requirement: Requirement,
                     signer: str) -> dict[str, Any]:
    """What an approval keeps, as payload.

    `persons` for whom it counts, `rests` for what it rests on, if it does;
    `against` holds what `advisory` let through.
    """
    bases = bases_of(snapshot, requirement)
    early = refusal(requirement, snapshot.state, bases)
    stood_for = persons(requirement, snapshot.state, signer, day_of(now()))
    return {'persons': sorted(stood_for),
            **({'rests': basis_of(bases)} if bases else {}),
            **({'against': [early]} if early else {})}
