"""Outcomes: what a saved sign-off did, told in its box on the page after it.

Who saves waits for what is recorded, not for words about it; those are put
together when they are looked at, and are true at that moment.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.views.signoff_outcome import before, effect, recorded
from prodworkflow.domain.views.visibility import VisibilityFilter
from prodworkflow.domain.views.waiting_signoffs import (
    next_after,
    WaitingCount,
    WaitingSignOff,
)
from prodworkflow.web.notices.waiting_number import tell_waiting_number
from prodworkflow.web.response import add_our_script
from prodworkflow.web.signoff_form import DONE

KEY = 'prodworkflow.outcomes'
KEPT, REASONS = 10, 10


@dataclass(frozen=True)
class Outcome:
    """What came of a verdict, for the one who gave it, as the box tells it.

    `done` is the verdict in words, `signoff` its record, `effect` what it did
    to its stage ('' where that is not simple), `ready` how far the campaign
    is, `blocking` what still keeps the stage from being closed; `next` is what
    they sign next, of `count` that wait for them.
    """

    verdict: str
    done: str
    signoff: SignOff | None
    effect: str
    ready: str
    stage: str
    blocking: tuple[str, ...]
    next: WaitingSignOff | None
    count: WaitingCount

    @property
    def shown(self) -> int:
        """How many of what blocks one looks at; one more is shown, too."""
        return len(self.blocking) if len(
            self.blocking) <= REASONS + 1 else REASONS


def remember_outcome(req: Any, campaign: str, requirement: str, verdict: str,
                     ticket: int | None) -> None:
    """Keep in the session what was recorded; the last `KEPT` of them."""
    outcomes = [*_remembered(req), [campaign, requirement, verdict, ticket]]
    req.session[KEY] = json.dumps(outcomes[-KEPT:])


def tell_outcomes(req: Any, system: CampaignSystem, ticket: int,
                  boxes: Iterable[dict[str, Any]]) -> None:
    """Put what was kept of a ticket into its boxes: now, and never again.

    Where several verdicts were given since, that is the last.
    """
    kept = _taken(req, ticket)
    for box in boxes:
        requirement: Requirement = box['requirement']
        verdict = kept.get((box['told'].campaign.name, requirement.key))
        if verdict:
            box['outcome'] = _outcome(req, system, box, verdict)
            add_our_script(req, 'prodworkflow_outcome.js')


def _taken(req: Any, ticket: int) -> dict[tuple[str, str], Verdict]:
    """Take what was kept of a ticket out of the session."""
    kept = _remembered(req)
    rest = [each for each in kept if each[3] != ticket]
    if rest:
        req.session[KEY] = json.dumps(rest)
    else:
        req.session.pop(KEY, None)
    return {(campaign, key): Verdict(verdict)
            for campaign, key, verdict, number in kept if number == ticket}


def _outcome(req: Any, system: CampaignSystem, box: dict[str, Any],
             verdict: Verdict) -> Outcome:
    """What came of a verdict, as far as who made the request may see it."""
    decision: Decision = box['decision']
    requirement: Requirement = box['requirement']
    stage = decision.snapshot.state.stage(requirement.stage)
    seen = system.queries.visibility_for(decision, req.perm)
    said = recorded(decision.snapshot.state, requirement.key, req.authname,
                    verdict.value)
    waiting = system.waiting.signoffs(system.context.person(req), req.perm)
    count = WaitingCount.of(waiting)
    tell_waiting_number(req, count)
    return Outcome(
        verdict.value, DONE[verdict], said and seen.words.signoff(said),
        _effect(seen, said, requirement), box['told'].verdict, stage.label,
        tuple(system.queries.readiness_for(decision, req.perm,
                                           stage.key).reasons()),
        next_after(requirement, waiting), count)


def _effect(seen: VisibilityFilter, said: SignOff | None,
            requirement: Requirement) -> str:
    if said is None:
        return ''
    gate = seen.decision.gate(requirement.stage)
    former = VisibilityFilter(before(seen.decision, said), seen.tickets,
                              seen.stages)
    return effect(former.stage(former.decision.gate(requirement.stage)),
                  seen.stage(gate), requirement.key) or ''


def _remembered(req: Any) -> list[list[Any]]:
    try:
        kept = json.loads(req.session.get(KEY) or '[]')
    except ValueError:
        return []
    return [each for each in kept if isinstance(each, list)
            and len(each) == 4]
