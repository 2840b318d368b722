"""Facts of the sign-off box: lateness, histories, what a waiver would be."""

from __future__ import annotations

from datetime import date
from typing import Any

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.answers import Answer, Reason
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.eligibility import last_no
from prodworkflow.domain.views.lifted.proposal import waiver_proposal
from prodworkflow.domain.views.numbers.series import series
from prodworkflow.domain.views.timeline import days_away


def box_facts(decision: Decision, answer: Answer, due: date | None,
              liftable: list[str]) -> dict[str, Any]:
    """What the box tells of a sign-off.

    `decision` and `answer` are as the reader may see them; `liftable` are
    the reasons that the reader may waive.
    """
    state, day = decision.snapshot.state, day_of(decision.asked)
    late = due is not None and due < day and not answer.met
    return {
        'no': _standing_refusal(answer, state),
        'late': days_away((due - day).days) if due and late else '',
        'series': {line.name: series(answer.requirement, state, line.kind,
                                     line.name)
                   for line in answer.evidence if line.kind != 'plot'},
        'proposal': waiver_proposal(answer.requirement, state, day, liftable)
        if liftable else None}


def _standing_refusal(answer: Answer, state: State) -> SignOff | None:
    """What was said against it, if that is what it is unmet for."""
    no = last_no(answer.requirement, state)
    stands = answer.reason in (Reason.REJECTED, Reason.WITHDRAWN)
    return no if no and stands and no.statement else None
