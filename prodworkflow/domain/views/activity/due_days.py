"""Due days: what of the campaigns under way is due when, for a calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.rules.answers import Answer, named
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.my_signoffs import due_day
from prodworkflow.domain.views.visibility.decision_filter import (
    VisibilityFilter,
)

START = ''


@dataclass(frozen=True)
class DueDay:
    """A requirement that is due, or the planned start of a campaign.

    `id` is the campaign's, `key` that of the requirement, START for the start.
    """

    campaign: str
    id: int
    key: str
    day: date
    title: str
    words: str
    ticket: int | None = None


def due_days(decision: Decision, seen: VisibilityFilter,
             keys: Collection[str] | None = None) -> Iterator[DueDay]:
    """What somebody may see of what is due: unmet requirements, the start.

    With `keys`, of these requirements alone, and without the start.
    """
    campaign = decision.snapshot.state.campaign
    for gate in decision.gates:
        if gate.stage.key in seen.stages or campaign.ended:
            continue
        stage = seen.stage(gate)
        for answer in stage.answers:
            due = due_day(decision, answer.requirement)
            wanted = keys is None or answer.requirement.key in keys
            if due and wanted and not answer.met:
                yield _required(decision, answer, stage.stage.label, due)
    if keys is None and campaign.start and not (
            campaign.launched or campaign.phase != Phase.UNDERWAY.value):
        yield DueDay(campaign.name, decision.snapshot.id, START,
                     campaign.start, Message(
                         '%(campaign)s: planned start of production',
                         campaign=campaign.name), '')


def _required(decision: Decision, answer: Answer, stage: str,
              due: date) -> DueDay:
    name = decision.snapshot.state.campaign.name
    return DueDay(
        name, decision.snapshot.id, answer.requirement.key, due,
        Message('%(campaign)s: %(requirement)s is due', campaign=name,
                requirement=named(answer)),
        Message('Stage %(stage)s. %(requirement)s %(words)s.', stage=stage,
                requirement=named(answer), words=answer.words),
        answer.requirement.ticket)
