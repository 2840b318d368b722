"""Series of a value: all that was given of it, whoever gave it, newest first.
"""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State


@dataclass(frozen=True)
class GivenValue:
    """A value or link that was given with a verdict; `time` is in µs UTC."""

    text: str
    by: str
    time: int
    verdict: str
    release: str


def series(requirement: Requirement, state: State, kind: str,
           name: str) -> tuple[GivenValue, ...]:
    """What was given of a piece of evidence, of any release, newest first."""
    return tuple(
        GivenValue(proof.text, signoff.signer, signoff.time, signoff.verdict,
                   signoff.release)
        for signoff in sorted(state.said_of(requirement.key),
                              key=lambda s: -s.number)
        for proof in signoff.evidence
        if (proof.kind, proof.name) == (kind, name))
