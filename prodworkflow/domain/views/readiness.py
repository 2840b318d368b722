"""Readiness: a decision as one viewer may see it, in words and as JSON.

Tickets and milestones that the viewer may not see are left out; only that
there are more is shown.  Whether a gate is open is the same for everybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from prodworkflow.domain.dates import day_of, moment
from prodworkflow.domain.forecast.result import Forecast
from prodworkflow.domain.model.known_issue import Concern
from prodworkflow.domain.model.permissions import SignerFacts
from prodworkflow.domain.rules.answers import Answer, Obstacle
from prodworkflow.domain.rules.decision import Coverage, Decision, phrases
from prodworkflow.domain.rules.duties.strangers import in_one_phrase, strangers
from prodworkflow.domain.rules.launch.open_tickets import OpenIssue
from prodworkflow.domain.rules.objections.concerns import (
    concern_dict,
    concern_words,
)
from prodworkflow.domain.rules.stranded import left_out, Stranded, stranded
from prodworkflow.domain.rules.waivers import account, expiries, WaiverStatus
from prodworkflow.domain.text import joined_by, Message
from prodworkflow.domain.views import verdict_text
from prodworkflow.domain.views.my_signoffs import NOTHING, Waiting
from prodworkflow.domain.views.stage import StageReadiness
from prodworkflow.domain.views.visibility import VisibilityFilter


@dataclass(frozen=True)
class Readiness:
    """The decision about one gate as one viewer may see it.

    `gate` is 'launch' or a stage's key; `stages` are those that it depends on;
    `veiled` means that something is hidden; `mine` holds the keys of what the
    viewer may sign, `waiting_keys` by urgency, `refused` of what Trac refuses
    them, with why; `issues` are the known issues of the launch gate; `passes`
    says that the gate lets pass; `concerns` are what people found after the
    launch who may not stop it; `facts` are what Trac says of signers, or None.
    """

    decision: Decision
    gate: str
    open: bool
    stages: tuple[StageReadiness, ...]
    obstacles: tuple[Obstacle, ...]
    veiled: bool
    mine: frozenset[str] = frozenset()
    forecast: Forecast | None = None
    issues: tuple[OpenIssue, ...] = ()
    passes: bool = False
    facts: SignerFacts | None = None
    concerns: tuple[Concern, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    waiting_keys: Waiting = NOTHING

    @property
    def campaign(self) -> Any:
        """The campaign that was decided on."""
        return self.decision.snapshot.state.campaign

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The visible answers of all stages."""
        return tuple(a for s in self.stages for a in s.answers)

    @property
    def waiting(self) -> tuple[Answer, ...]:
        """The answers that keep the gate shut, in the campaign's order."""
        return tuple(a for a in self.answers if a.blocks)

    @property
    def waivers(self) -> tuple[WaiverStatus, ...]:
        """All waivers of the visible requirements, latest first."""
        keys = {a.requirement.key for a in self.answers}
        return tuple(w for w in account(self.decision.snapshot.state,
                                        day_of(self.decision.asked))
                     if w.requirement.key in keys)

    @property
    def groups(self) -> tuple[Coverage, ...]:
        """The groups of all stages."""
        return tuple(g for s in self.stages for g in s.groups)

    @property
    def verdict(self) -> str:
        """The decision in one sentence."""
        if self.gate == 'launch' and self.campaign.ended:
            return verdict_text.ended(self.campaign)
        return Message('%(verdict)s.', verdict=self._ready() if self.open
                       else self._not_ready())

    @property
    def alarm(self) -> str:
        """The warning that production goes on behind a shut gate; '' if not.

        A gate that shuts by itself, as when a waiver expires, puts the
        campaign on hold only with the next change.
        """
        if not astray(self.decision):
            return ''
        return verdict_text.alarm(self.lapses)

    @property
    def lapses(self) -> list[str]:
        """The waivers and known issues whose day is over, a phrase each."""
        return [*expiries(self.waiting, self.decision.snapshot.state,
                          day_of(self.decision.asked)),
                *(i.lapse for i in self.issues if not i.in_force)]

    @property
    def notes(self) -> list[str]:
        """What was changed and what is tolerated, as far as it matters."""
        return [*verdict_text.notes(self.campaign, self.stages),
                *verdict_text.reweighed(self.decision.snapshot.state.lists,
                                        self.stages),
                *self.signer_notes,
                *self._strangers(),
                *(i.words for i in self.issues),
                *(concern_words(c) for c in self.concerns)]

    def _strangers(self) -> list[Message]:
        """Who is to sign what is visible and has never logged in, if any."""
        if self.facts is None or self.campaign.ended:
            return []
        found = in_one_phrase(strangers(
            [a.requirement for a in self.answers if a.blocks],
            self.decision.snapshot.state, day_of(self.decision.asked),
            self.facts.met))
        return [found] if found else []

    @property
    def signer_notes(self) -> list[str]:
        """What too few people can sign, and who is named in vain."""
        return [*(s.words for s in self.stranded),
                *left_out(self.waiting, self.stranded)]

    @property
    def stranded(self) -> tuple[Stranded, ...]:
        """The visible requirements that too few people can sign."""
        facts = self.facts or self.decision.snapshot.state.signers
        if facts is None:
            return ()
        keys = {a.requirement.key for a in self.answers}
        return tuple(s for s in stranded(self.decision, facts)
                     if s.requirement.key in keys)

    def reasons(self) -> list[str]:
        """The visible reasons for a shut gate, phrases without full stop."""
        told = (phrases(self.waiting, self.groups)
                + [o.words for o in self.obstacles])
        if self.veiled and not self.open:
            told.append(Message('there may be more that you may not see: ask '
                                'a holder of CAMPAIGN_ADMIN'))
        return told

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `GET /campaign/<name>/gate`; times are ISO 8601, UTC."""
        campaign = self.campaign
        return {'campaign': campaign.name, 'release': campaign.release,
                'start': campaign.start.isoformat() if campaign.start
                else None, 'enforcement': campaign.enforcement,
                'revision': self.decision.snapshot.revision,
                'asked': moment(self.decision.asked), 'gate': self.gate,
                'open': self.open, 'passes': self.passes,
                'phase': campaign.phase,
                'launched': moment(campaign.launched),
                'held': {'by': campaign.held_by,
                         'because': campaign.held_because,
                         'since': moment(campaign.held_since)}
                if campaign.held_since else None,
                'notes': self.notes, 'verdict': self.verdict,
                'reasons': self.reasons(), 'veiled': self.veiled,
                'forecast': self.forecast.as_dict() if self.forecast
                else None,
                'known_issues': [i.as_dict() for i in self.issues],
                'concerns': [concern_dict(c) for c in self.concerns],
                'stages': [s.as_dict() for s in self.stages]}

    def as_text(self) -> str:
        """The text of `GET .../gate?format=text` and of the command."""
        state = (Message('open') if self.open else
                 Message('shut, but lets pass (advisory; it is recorded)')
                 if self.passes else Message('shut'))
        return joined_by('\n', [
            Message('%(campaign)s, %(gate)s gate: %(state)s',
                    campaign=self.campaign.name, gate=self.gate,
                    state=state), self.verdict,
            *(Message('  - %(reason)s', reason=r) for r in self.reasons()),
            ''])

    def _ready(self) -> str:
        return verdict_text.ready(self.campaign, self.stages, self.veiled,
                                  [f'#{i.issue.ticket}' for i in self.issues
                                   if i.in_force])

    def _not_ready(self) -> str:
        held = bool(self.campaign.held_since) and self.gate == 'launch'
        only_held = held and not (self.waiting or self.obstacles[1:])
        return verdict_text.not_ready(
            self.campaign, self.alarm, held,
            '' if only_held else verdict_text.missing(
                self.stages, self.obstacles), self.passes)


def astray(decision: Decision) -> bool:
    """Whether a launched campaign's gate is shut without a hold yet."""
    campaign = decision.snapshot.state.campaign
    return bool(campaign.launched and campaign.blocks
                and not (campaign.ended or campaign.held_since
                         or decision.launch.open))


def readiness(decision: Decision, stage: str = '',
              hidden_tickets: frozenset[int] = frozenset(),
              hidden_stages: frozenset[str] = frozenset(),
              mine: frozenset[str] = frozenset(),
              facts: SignerFacts | None = None,
              refused: Mapping[str, str] | None = None,
              waiting_keys: Waiting = NOTHING) -> Readiness:
    """The readiness of the launch gate, or of a stage's gate, for a viewer.

    `stage` is a stage's key or number (KeyError if there is none), '' for the
    launch gate; hidden are tickets and, by stages' keys, milestones.
    """
    gate = decision.gate(stage) if stage else decision.launch
    seen = VisibilityFilter(decision, hidden_tickets, hidden_stages)
    stages = tuple(seen.stage(g) for g in decision.gates
                   if g.stage.number <= gate.stage.number
                   and g.stage.key not in hidden_stages)
    obstacles = seen.obstacles(gate)
    issues = () if stage else seen.issues()
    told = sum(len(s.answers) for s in stages) + len(obstacles) + len(issues)
    there = len(gate.answers) + len(gate.obstacles) + (
        0 if stage else len(decision.issues))
    return Readiness(seen.seen, gate.stage.key if stage else 'launch',
                     gate.open, stages, obstacles, told < there, mine,
                     seen.forecast(gate), issues, decision.passes(gate), facts,
                     () if stage else seen.concerns(), refused or {},
                     waiting_keys)
