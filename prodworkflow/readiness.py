"""What one viewer is told of a decision, in words and as plain data.

Of a ticket or milestone that the viewer may not see, nothing is told; only
that there is something more.  Whether a gate is open is told to all alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

from .decision import Answer, Decision, Gate, joined, named, Obstacle
from .model import Stage


@dataclass(frozen=True)
class StageReadiness:
    """One stage as the viewer sees it; `late` is days past its due date."""

    stage: Stage
    answers: tuple[Answer, ...]
    obstacles: tuple[Obstacle, ...]
    open: bool
    closed: bool
    late: int

    @property
    def signed(self) -> int:
        return sum(a.met for a in self.answers)

    @property
    def needed(self) -> int:
        return len(self.answers)

    def as_dict(self) -> dict[str, Any]:
        """The stage as JSON shows it."""
        stage = self.stage
        return {'key': stage.key, 'number': stage.number,
                'title': stage.title, 'milestone': stage.milestone,
                'due': stage.due.isoformat() if stage.due else None,
                'days_late': self.late, 'open': self.open,
                'closed': self.closed, 'signed': self.signed,
                'needed': self.needed,
                'requirements': [a.as_dict() for a in self.answers],
                'obstacles': [o.as_dict() for o in self.obstacles]}


@dataclass(frozen=True)
class Readiness:
    """A decision about one gate as one viewer is told it.

    `gate` is 'launch' or a stage's key; `stages` are those that the gate
    looks at; `veiled` says that something is kept from this viewer.
    """

    decision: Decision
    gate: str
    open: bool
    stages: tuple[StageReadiness, ...]
    obstacles: tuple[Obstacle, ...]
    veiled: bool

    @property
    def campaign(self) -> Any:
        return self.decision.snapshot.state.campaign

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(a for s in self.stages for a in s.answers)

    @property
    def waiting(self) -> tuple[Answer, ...]:
        """The unmet answers, in the campaign's order."""
        return tuple(a for a in self.answers if not a.met)

    @property
    def finished(self) -> bool:
        return bool(self.stages) and all(s.closed for s in self.stages)

    @property
    def verdict(self) -> str:
        """The answer in one sentence."""
        return (self._ready() if self.open else self._not_ready()) + '.'

    def reasons(self) -> list[str]:
        """What speaks against passing, a phrase each."""
        told = ([f'{named(a)} {a.words}' for a in self.waiting]
                + [o.words for o in self.obstacles])
        if self.veiled and not self.open:
            told.append('there may be more that you may not see')
        return told

    def as_dict(self) -> dict[str, Any]:
        """The answer as `GET /campaign/<name>/gate` gives it."""
        campaign = self.campaign
        asked = datetime.fromtimestamp(self.decision.asked // 10**6,
                                       timezone.utc)
        return {'campaign': campaign.name, 'release': campaign.release,
                'start': campaign.start.isoformat() if campaign.start
                else None, 'enforcement': campaign.enforcement,
                'revision': self.decision.snapshot.revision,
                'asked': asked.isoformat(), 'gate': self.gate,
                'open': self.open, 'verdict': self.verdict,
                'reasons': self.reasons(), 'veiled': self.veiled,
                'stages': [s.as_dict() for s in self.stages]}

    def as_text(self) -> str:
        """The answer as the command prints it."""
        state = 'open' if self.open else 'shut'
        lines = [f'{self.campaign.name}, {self.gate} gate: {state}',
                 self.verdict]
        return '\n'.join(lines + [f'  - {r}' for r in self.reasons()]) + '\n'

    def _ready(self) -> str:
        if self.veiled:
            return 'Ready: all sign-offs are given'
        told = f'Ready: all {len(self.answers)} sign-offs are given'
        return told + (', all stages are closed' if self.finished else '')

    def _not_ready(self) -> str:
        return 'Not ready: ' + self._missing() + (
            ' (advisory: nothing is blocked)'
            if not self.campaign.blocks else '')

    def _missing(self) -> str:
        if self.waiting:
            first = self.waiting[0]
            who = (joined(first.requirement.contacts, 'or')
                   or 'which has no contacts')
            return (f'{len(self.waiting)} of {len(self.answers)} sign-offs '
                    f'missing; next: {named(first)}, {who}')
        if self.obstacles:
            return '; '.join(o.words for o in self.obstacles)
        return 'it waits for something that you may not see'


def readiness(decision: Decision, stage: str = '',
              hidden_tickets: frozenset[int] = frozenset(),
              hidden_stages: frozenset[str] = frozenset()) -> Readiness:
    """What somebody is told of the launch gate, or of one stage's gate.

    `stage` is a stage's key or number (KeyError if there is none) or '' for
    the launch gate; the rest says what the viewer may not see.
    """
    gate = decision.gate(stage) if stage else decision.launch
    seen = _Veil(decision, hidden_tickets, hidden_stages)
    stages = tuple(seen.stage(g) for g in decision.gates
                   if g.stage.number <= gate.stage.number
                   and g.stage.key not in hidden_stages)
    obstacles = seen.obstacles(gate)
    told = sum(s.needed for s in stages) + len(obstacles)
    return Readiness(decision, gate.stage.key if stage else 'launch',
                     gate.open, stages, obstacles,
                     told < len(gate.answers) + len(gate.obstacles))


@dataclass(frozen=True)
class _Veil:
    """Leaves out what the viewer may not see."""

    decision: Decision
    tickets: frozenset[int]
    stages: frozenset[str]

    def stage(self, gate: Gate) -> StageReadiness:
        stage = gate.stage
        answers = tuple(
            a for a in self.decision.of_stage(stage.key)
            if a.requirement.ticket not in self.tickets)
        own = tuple(o for o in self.obstacles(gate) if o.stage == stage.key)
        closed = self.decision.closed(stage)
        return StageReadiness(stage, answers, own, gate.open, closed,
                              0 if closed else self._late(stage))

    def obstacles(self, gate: Gate) -> tuple[Obstacle, ...]:
        return tuple(o for o in gate.obstacles
                     if o.ticket not in self.tickets
                     and o.stage not in self.stages)

    def _late(self, stage: Stage) -> int:
        today: date = datetime.fromtimestamp(
            self.decision.asked // 10**6, timezone.utc).date()
        return max((today - stage.due).days, 0) if stage.due else 0
