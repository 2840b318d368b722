"""Figures of campaigns for monitoring: states, open requirements, gates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision

# The states that campaigns are counted by; each is there, if only as 0.
STATES = ('underway', 'on-hold', 'launched', 'over', 'closed', 'abandoned')
# The reason of what whoever asks may not see.
HIDDEN = 'hidden'
LAUNCH = 'launch'


@dataclass(frozen=True)
class CampaignFigures:
    """The figures of one campaign.

    `reasons` counts the requirements that keep a gate shut, by reason;
    `oldest` is since when the oldest that is shown waits (µs UTC), 0 for
    none; `gates` says which let pass, by stage, and 'launch'.
    """

    campaign: str
    state: str
    reasons: Counter[str] = field(default_factory=Counter)
    oldest: int = 0
    gates: tuple[tuple[str, bool], ...] = ()


def figures(decision: Decision, tickets: Collection[int | None],
            stages: Collection[str]) -> CampaignFigures:
    """The figures of a campaign for somebody from whom these are hidden."""
    campaign = decision.snapshot.state.campaign
    unmet = [a for a in decision.launch.answers if a.blocks]
    seen = [a for a in unmet if a.requirement.ticket not in tickets
            and a.requirement.stage not in stages]
    return CampaignFigures(
        campaign.name,
        'on-hold' if campaign.held_since else campaign.phase,
        Counter([*(a.reason.value for a in seen if a.reason),
                 *[HIDDEN] * (len(unmet) - len(seen))]),
        min((_since(decision, a) for a in seen), default=0),
        tuple(_gates(decision, stages)))


def states(running: Iterable[CampaignFigures],
           finished: Iterable[str]) -> dict[str, int]:
    """How many campaigns are in each state; `finished` are phases."""
    found = Counter([*(f.state for f in running), *finished])
    return {state: found[state] for state in (*STATES, *(
        s for s in found if s not in STATES))}


def _since(decision: Decision, answer: Answer) -> int:
    """Since when a requirement waits: its ticket was made or reopened."""
    requirement = answer.requirement
    facts = decision.snapshot.tickets.get(requirement.key)
    return max(requirement.ticket_time, facts.changed if facts else 0)


def _gates(decision: Decision,
           stages: Collection[str]) -> Iterator[tuple[str, bool]]:
    for gate in decision.gates:
        if gate.stage.key not in stages:
            yield gate.stage.key, decision.passes(gate)
    yield LAUNCH, decision.passes(decision.launch)
