"""Sign-offs that a move to a release asks again: of whom, and for when."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.planning.releases.effect import (
    Fate,
    MovedRequirement,
    ReleaseEffect,
)
from prodworkflow.domain.planning.releases.reach import asked_again
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.views.my_signoffs import due_day

DAY = 86400 * 10**6


@dataclass(frozen=True)
class AskedAgain:
    """One of them; `usual` is in how many days its contacts mostly answer.

    `usual` is None where too little is known, `due` where no day is set.
    """

    moved: MovedRequirement
    usual: int | None
    due: date | None


def rows_asked_again(effect: ReleaseEffect,
                     decision: Decision) -> tuple[AskedAgain, ...]:
    """What is asked again, in the campaign's order."""
    pace = decision.snapshot.pace or {}
    return tuple(AskedAgain(m, _usual(m.requirement.contacts, pace),
                            due_day(decision, m.requirement))
                 for m in effect.of(Fate.AGAIN))


def touch_counts(decision: Decision) -> dict[str, int]:
    """How many signed requirements a patch of each input would ask again."""
    state = decision.snapshot.state
    signed = {a.requirement.key for a in decision.launch.answers
              if a.met or a.signers}
    return {name: len(signed & {*asked_again(state, (name,))})
            for name in state.inputs}


def _usual(contacts: Sequence[str],
           pace: Mapping[str, Sequence[int]]) -> int | None:
    """The days after which the fastest of the contacts mostly has answered.
    """
    known = [statistics.median(pace[c]) for c in contacts or ('',)
             if pace.get(c)]
    return max(1, round(min(known) / DAY)) if known else None
