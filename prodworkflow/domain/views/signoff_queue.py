"""Sign-off queue: due now, due later, signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.views.readiness import Readiness


@dataclass(frozen=True)
class MySignOff:
    """A sign-off of a campaign, as its signer sees it.

    `plain` means that a statement is all it takes to sign; `refusal` says why
    Trac does not let them.
    """

    campaign: str
    stage: str
    answer: Answer
    plain: bool
    refusal: str = ''


@dataclass(frozen=True)
class MySignOffs:
    """The sign-offs of one person: due now, due later, and signed.

    And those that Trac refuses them although they are named.
    """

    now: tuple[MySignOff, ...]
    later: tuple[MySignOff, ...]
    signed: tuple[MySignOff, ...]
    refused: tuple[MySignOff, ...] = ()


def sorted_for(campaigns: Iterable[Readiness], person: Person) -> MySignOffs:
    """Sort the sign-offs of a person in these campaigns.

    They are due now if all stages before are ready and what they rest on is
    met.
    """
    now: list[MySignOff] = []
    later: list[MySignOff] = []
    signed: list[MySignOff] = []
    refused: list[MySignOff] = []
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
                    (now if ready and all(b.met for b in answer.bases)
                     else later).append(mine)
                elif answer.requirement.key in told.refused and not answer.met:
                    refused.append(replace(mine, refusal=told.refused[
                        answer.requirement.key]))
            ready = ready and stage.open
    return MySignOffs(tuple(now), tuple(later), tuple(signed), tuple(refused))
