"""What one viewer is told of a decision, in words and as plain data.

Of a ticket or milestone that the viewer may not see, nothing is told; only
that there is something more.  Whether a gate is open is told to all alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.dates import day_of, moment
from prodworkflow.domain.forecast.result import Forecast
from prodworkflow.domain.rules.answers import Answer, Obstacle
from prodworkflow.domain.rules.decision import Coverage, Decision, phrases
from prodworkflow.domain.rules.waivers import expiries
from prodworkflow.domain.text import joined_by, Message
from prodworkflow.domain.views import verdict_text
from prodworkflow.domain.views.stage import StageReadiness
from prodworkflow.domain.views.visibility import VisibilityFilter
from prodworkflow.domain.views.waiting_list import WaitingLine, waits


@dataclass(frozen=True)
class Readiness:
    """A decision about one gate as one viewer is told it.

    `gate` is 'launch' or a stage's key; `stages` are those that the gate
    looks at; `veiled` says that something is kept from this viewer; `mine`
    holds the keys of what this viewer may sign.
    """

    decision: Decision
    gate: str
    open: bool
    stages: tuple[StageReadiness, ...]
    obstacles: tuple[Obstacle, ...]
    veiled: bool
    mine: frozenset[str] = frozenset()
    forecast: Forecast | None = None

    @property
    def campaign(self) -> Any:
        return self.decision.snapshot.state.campaign

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(a for s in self.stages for a in s.answers)

    @property
    def waiting(self) -> tuple[Answer, ...]:
        """The answers that keep the gate shut, in the campaign's order."""
        return tuple(a for a in self.answers if a.blocks)

    @property
    def waits(self) -> tuple[WaitingLine, ...]:
        """What keeps the gate shut, a group's sign-offs in one line."""
        return waits(self.waiting, self.groups, day_of(self.decision.asked))

    @property
    def groups(self) -> tuple[Coverage, ...]:
        return tuple(g for s in self.stages for g in s.groups)

    @property
    def verdict(self) -> str:
        """The answer in one sentence."""
        if self.gate == 'launch' and self.campaign.ended:
            return verdict_text.ended(self.campaign)
        return Message('%(verdict)s.', verdict=self._ready() if self.open
                       else self._not_ready())

    @property
    def alarm(self) -> str:
        """What is wrong with a production that goes on all the same.

        A gate that shut by itself, as when a waiver expires, puts the
        campaign on hold with the next change only.
        """
        if not astray(self.decision):
            return ''
        return verdict_text.alarm(expiries(
            self.waiting, self.decision.snapshot.state,
            day_of(self.decision.asked)))

    @property
    def notes(self) -> list[str]:
        """What was changed of the campaign, as long as it matters."""
        return verdict_text.notes(self.campaign, self.stages)

    def reasons(self) -> list[str]:
        """What speaks against passing, a phrase each."""
        told = (phrases(self.waiting, self.groups)
                + [o.words for o in self.obstacles])
        if self.veiled and not self.open:
            told.append(Message('there may be more that you may not see'))
        return told

    def as_dict(self) -> dict[str, Any]:
        """The answer as `GET /campaign/<name>/gate` gives it."""
        campaign = self.campaign
        return {'campaign': campaign.name, 'release': campaign.release,
                'start': campaign.start.isoformat() if campaign.start
                else None, 'enforcement': campaign.enforcement,
                'revision': self.decision.snapshot.revision,
                'asked': moment(self.decision.asked), 'gate': self.gate,
                'open': self.open, 'phase': campaign.phase,
                'launched': moment(campaign.launched),
                'held': {'by': campaign.held_by,
                         'because': campaign.held_because,
                         'since': moment(campaign.held_since)}
                if campaign.held_since else None,
                'notes': self.notes, 'verdict': self.verdict,
                'reasons': self.reasons(), 'veiled': self.veiled,
                'forecast': self.forecast.as_dict() if self.forecast
                else None,
                'stages': [s.as_dict() for s in self.stages]}

    def as_text(self) -> str:
        """The answer as the command prints it."""
        state = Message('open') if self.open else Message('shut')
        return joined_by('\n', [
            Message('%(campaign)s, %(gate)s gate: %(state)s',
                    campaign=self.campaign.name, gate=self.gate,
                    state=state), self.verdict,
            *(Message('  - %(reason)s', reason=r) for r in self.reasons()),
            ''])

    def _ready(self) -> str:
        return verdict_text.ready(self.campaign, self.stages, self.veiled)

    def _not_ready(self) -> str:
        held = bool(self.campaign.held_since) and self.gate == 'launch'
        only_held = held and not (self.waiting or self.obstacles[1:])
        return verdict_text.not_ready(
            self.campaign, self.alarm, held,
            '' if only_held else verdict_text.missing(
                self.answers, self.obstacles, day_of(self.decision.asked)))


def astray(decision: Decision) -> bool:
    """Whether production goes on although its gate is shut, unnoticed yet."""
    campaign = decision.snapshot.state.campaign
    return bool(campaign.launched and campaign.blocks
                and not (campaign.ended or campaign.held_since
                         or decision.launch.open))


def readiness(decision: Decision, stage: str = '',
              hidden_tickets: frozenset[int] = frozenset(),
              hidden_stages: frozenset[str] = frozenset(),
              mine: frozenset[str] = frozenset()) -> Readiness:
    """What somebody is told of the launch gate, or of one stage's gate.

    `stage` is a stage's key or number (KeyError if there is none) or '' for
    the launch gate; the rest says what the viewer may not see.
    """
    gate = decision.gate(stage) if stage else decision.launch
    seen = VisibilityFilter(decision, hidden_tickets, hidden_stages)
    stages = tuple(seen.stage(g) for g in decision.gates
                   if g.stage.number <= gate.stage.number
                   and g.stage.key not in hidden_stages)
    obstacles = seen.obstacles(gate)
    told = sum(s.needed for s in stages) + len(obstacles)
    return Readiness(decision, gate.stage.key if stage else 'launch',
                     gate.open, stages, obstacles,
                     told < len(gate.answers) + len(gate.obstacles), mine,
                     seen.forecast(gate))
