"""What one viewer is told of a decision, in words and as plain data.

Of a ticket or milestone that the viewer may not see, nothing is told; only
that there is something more.  Whether a gate is open is told to all alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.dates import moment
from prodworkflow.domain.forecast.result import Forecast
from prodworkflow.domain.model.vocabulary import Enforcement
from prodworkflow.domain.rules.answers import Answer, named, Obstacle
from prodworkflow.domain.rules.decision import Coverage, Decision, phrases
from prodworkflow.domain.rules.eligibility import signers_of
from prodworkflow.domain.rules.waivers import expiries
from prodworkflow.domain.views.stage import by, day, StageReadiness
from prodworkflow.domain.views.visibility import VisibilityFilter
from prodworkflow.domain.views.waiting_list import WaitingLine, waits

FIRMNESS = tuple(e.value for e in (
    Enforcement.STRICT, Enforcement.STANDARD, Enforcement.ADVISORY))


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
        return waits(self.waiting, self.groups, day(self.decision.asked))

    @property
    def groups(self) -> tuple[Coverage, ...]:
        return tuple(g for s in self.stages for g in s.groups)

    @property
    def finished(self) -> bool:
        return bool(self.stages) and all(s.closed for s in self.stages)

    @property
    def verdict(self) -> str:
        """The answer in one sentence."""
        campaign = self.campaign
        if self.gate == 'launch' and campaign.ended:
            return f'{campaign.phase.capitalize()}: nothing changes any more.'
        return (self._ready() if self.open else self._not_ready()) + '.'

    @property
    def alarm(self) -> str:
        """What is wrong with a production that goes on all the same.

        A gate that shut by itself, as when a waiver expires, puts the
        campaign on hold with the next change only.
        """
        if not astray(self.decision):
            return ''
        expired = expiries(self.waiting, self.decision.snapshot.state,
                           day(self.decision.asked))
        return '; '.join(['Production should stop: the launch gate is shut',
                          *expired[:3]])

    @property
    def notes(self) -> list[str]:
        """What was changed of the campaign, as long as it matters."""
        campaign = self.campaign
        notes = []
        if campaign.changed:
            was = campaign.changed.was
            way = ('lowered' if FIRMNESS.index(campaign.enforcement)
                   > FIRMNESS.index(was) else 'raised') if {
                       was, campaign.enforcement} <= {*FIRMNESS} else 'set'
            notes.append(f'enforcement {way} to {campaign.enforcement} '
                         f'{by(campaign.changed)}')
        if campaign.moved and not (campaign.launched or campaign.ended):
            notes.append(f'start moved from {campaign.moved.was} to '
                         f'{campaign.start or "none"} {by(campaign.moved)}')
        return notes + [
            note for s in self.stages if not s.closed
            for note in s.restaffed] + [
            f'{r.title} dropped out {by(r.dropped)}'
            for s in self.stages if not s.closed for r in s.dropped
            if r.dropped]

    def reasons(self) -> list[str]:
        """What speaks against passing, a phrase each."""
        told = (phrases(self.waiting, self.groups)
                + [o.words for o in self.obstacles])
        if self.veiled and not self.open:
            told.append('there may be more that you may not see')
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
        state = 'open' if self.open else 'shut'
        lines = [f'{self.campaign.name}, {self.gate} gate: {state}',
                 self.verdict]
        return '\n'.join(lines + [f'  - {r}' for r in self.reasons()]) + '\n'

    def _ready(self) -> str:
        if self.veiled:
            return 'Ready: all sign-offs are given'
        word = 'Launched' if self.campaign.launched else 'Ready'
        left = sum(a.covered for a in self.answers)
        number = len(self.answers) - left
        told = f'{word}: all {number} sign-offs are given'
        if left:
            told = (f'{word}: {number} of {len(self.answers)} sign-offs are '
                    'given, and they are enough')
        waived = sum(s.waived for s in self.stages)
        if waived:
            told += f' ({waived} of them waived)'
        return told + (', all stages are closed' if self.finished else '')

    def _not_ready(self) -> str:
        campaign = self.campaign
        word = f'{self.alarm}; ' if self.alarm else 'Not ready: '
        if campaign.held_since and self.gate == 'launch':
            word = f'On hold {campaign.hold}'
            if not (self.waiting or self.obstacles[1:]):
                return word
            word += '; '
        return word + self._missing() + (
            ' (advisory: nothing is blocked)'
            if not campaign.blocks else '')

    def _missing(self) -> str:
        if self.waiting:
            first = self.waiting[0]
            who = (signers_of(first.requirement, day(self.decision.asked))
                   if first.requirement.contacts
                   else 'which has no contacts')
            return (f'{len(self.waiting)} of {len(self.answers)} sign-offs '
                    f'missing; next: {named(first)}, {who}')
        told = [o.words for o in self.obstacles if o.kind != 'on-hold']
        if told:
            return '; '.join(told)
        return 'it waits for something that you may not see'


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
