"""Sorts sign-offs by what they are to one person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.eligibility import capacity
from prodworkflow.domain.views.readiness import Readiness


@dataclass(frozen=True)
class MySignOff:
    """One sign-off of a campaign as it concerns somebody.

    `plain` says that a sentence is all it takes to sign it.
    """

    campaign: str
    stage: str
    answer: Answer
    plain: bool


@dataclass(frozen=True)
class MySignOffs:
    """What waits for somebody now, what will, and what they have signed."""

    now: tuple[MySignOff, ...]
    later: tuple[MySignOff, ...]
    signed: tuple[MySignOff, ...]


def sorted_for(campaigns: Iterable[Readiness], person: Person) -> MySignOffs:
    """All sign-offs of a person in these campaigns, as they are told.

    It is somebody's turn when all stages before are ready.
    """
    now: list[MySignOff] = []
    later: list[MySignOff] = []
    signed: list[MySignOff] = []
    for told in campaigns:
        ready = True
        for stage in told.stages:
            for answer in stage.answers:
                mine = MySignOff(told.campaign.name, stage.stage.label, answer,
                                 not answer.requirement.asks.anything)
                if person.name in answer.signers:
                    signed.append(mine)
                elif (answer.requirement.key in told.mine and not answer.met
                        and answer.requirement.ticket):
                    (now if ready else later).append(mine)
            ready = ready and stage.open
    return MySignOffs(tuple(now), tuple(later), tuple(signed))


def keys_for(decision: Decision, person: Person) -> frozenset[str]:
    """The keys of what a person may sign in a campaign."""
    return frozenset(a.requirement.key for a in decision.launch.answers
                     if _eligible(decision, a, person)
                     and person.name not in a.signers)


def _eligible(decision: Decision, answer: Answer, person: Person) -> bool:
    return capacity(answer.requirement, person,
                    day_of(decision.asked)) is not None
