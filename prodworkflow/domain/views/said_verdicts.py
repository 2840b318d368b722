"""Said verdicts: the last word of each who signed, as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prodworkflow.domain.dates import moment
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.views.readiness import Readiness

SIGNED = (Verdict.APPROVED.value, Verdict.REJECTED.value,
          Verdict.WITHDRAWN.value)


def said_dicts(told: Readiness, shown: Callable[[str], str]
               ) -> dict[str, list[dict[str, Any]]]:
    """The last verdict of each signer, by requirements' keys, oldest first.

    `shown` gives what the viewer may read of a statement.
    """
    state = told.decision.snapshot.state
    return {a.requirement.key: [
        _said_dict(signoff, a, shown)
        for signoff in _last(state.said_of(a.requirement.key))]
        for a in told.answers}


def _last(said: tuple[SignOff, ...]) -> list[SignOff]:
    """The last verdict of each signer, in the ledger's order."""
    found = {s.signer: s for s in sorted(said, key=lambda s: s.number)
             if s.verdict in SIGNED}
    return sorted(found.values(), key=lambda s: s.number)


def _said_dict(signoff: SignOff, answer: Answer,
               shown: Callable[[str], str]) -> dict[str, Any]:
    """A verdict as JSON; `counts` if it is one of the quorum's approvals."""
    return {'by': signoff.signer, 'verdict': signoff.verdict,
            'at': moment(signoff.time), 'role': signoff.role,
            'contact': signoff.contact, 'release': signoff.release,
            'statement': shown(signoff.statement), 'entry': signoff.number,
            'counts': signoff.verdict == Verdict.APPROVED.value
            and signoff.signer in answer.signers}
