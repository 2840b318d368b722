"""Rescheduling: move the planned start, and the due dates with it.

Due dates are counted back from the start, as the template says; where it does
not, they keep their distance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, Optional

from prodworkflow.domain.canonical_json import canonical
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.campaign import Campaign, Stage
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.request import start_of
from prodworkflow.domain.rules.answers import named
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.template.expansion import day_of, expanded
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.text import Message

NEVER = 'none'


Days = dict[str, Optional[date]]


@dataclass(frozen=True)
class Moved:
    """A due date that moves, of a stage with its milestone or of a sign-off.

    `milestone` is '' for a sign-off.  `by_hand` is the milestone's day in Trac
    if it is not the planned one: it will be overwritten.
    """

    key: str
    label: str
    milestone: str
    was: date | None
    to: date | None
    by_hand: date | None = None

    def as_dict(self) -> dict[str, Any]:
        """The move as JSON; '' stands for no day."""
        return {'key': self.key, 'milestone': self.milestone,
                'was': _text(self.was), 'to': _text(self.to),
                'by_hand': _text(self.by_hand)}


@dataclass(frozen=True)
class Shift:
    """A move of the planned start, with the due dates that move or stay."""

    was: date | None
    to: date | None
    moved: tuple[Moved, ...]
    stays: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The move of the start in a sentence."""
        if self.was is None:
            return Message('The start is planned for %(start)s.',
                           start=self.to)
        if self.to is None:
            return Message('No start is planned any more; it was %(was)s.',
                           was=self.was)
        days = (self.to - self.was).days
        distance = (Message('1 day') if abs(days) == 1
                    else Message('%(days)s days', days=abs(days)))
        if days > 0:
            return Message('The start moves from %(was)s to %(start)s, '
                           '%(days)s later.', was=self.was, start=self.to,
                           days=distance)
        return Message('The start moves from %(was)s to %(start)s, %(days)s '
                       'earlier.', was=self.was, start=self.to,
                       days=distance)

    def payload(self) -> dict[str, Any]:
        """The payload of the entry `rescheduled`; '' stands for no day."""
        return {'start': _text(self.to), 'was': _text(self.was),
                'stages': {m.key: _text(m.to) for m in self.moved
                           if m.milestone},
                'requirements': {m.key: _text(m.to) for m in self.moved
                                 if not m.milestone},
                'by_hand': {m.key: _text(m.by_hand) for m in self.moved
                            if m.by_hand}}

    @property
    def digest(self) -> str:
        """A digest of the preview, so that what was shown is confirmed."""
        shown = [_text(self.was), _text(self.to),
                 [m.as_dict() for m in self.moved], list(self.stays)]
        return sha256(canonical(shown).encode()).hexdigest()[:16]


def shift(decision: Decision, text: str, template: Template | None,
          trac: Mapping[str, date | None]) -> Shift:
    """Work out the move of the start to a day, or to `none`.

    `trac` maps milestones to their days in Trac.  InvalidRequest if the start
    cannot move there.
    """
    state = decision.snapshot.state
    to = _wanted(state.campaign, text)
    stages, requirements = _dues(state, template, to)
    moved, stays = [], []
    for stage in state.stages:
        if stage.closed or decision.closed(stage):
            stays.append(Message('%(label)s (closed)', label=stage.label))
            continue
        now = trac.get(stage.milestone, stage.due)
        if not stages[stage.key] == stage.due == now:
            moved.append(Moved(stage.key, stage.label, stage.milestone,
                               stage.due, stages[stage.key],
                               now if now != stage.due else None))
    for answer in decision.launch.answers:
        requirement = answer.requirement
        due = requirements[requirement.key]
        if answer.met and requirement.due:
            stays.append(Message('%(requirement)s (signed)',
                                 requirement=named(answer)))
        elif not answer.met and due != requirement.due:
            moved.append(Moved(requirement.key, named(answer), '',
                               requirement.due, due))
    return Shift(state.campaign.start, to, tuple(moved), tuple(stays))


def _wanted(campaign: Campaign, text: str) -> date | None:
    """Parse the new start; None for `none`.

    InvalidRequest with all problems.
    """
    problems: list[tuple[str, str]] = []
    to = None if text.strip() == NEVER else start_of(text, problems)
    if not text.strip():
        problems.append(('start', Message(
            'Write the planned start as YYYY-MM-DD, or "%(never)s" to plan '
            'none.',
            never=NEVER)))
    elif not problems and to == campaign.start:
        problems.append(('start', Message(
            '%(campaign)s starts on %(day)s already; write another day.',
            campaign=campaign.name, day=to) if to else Message(
                'No start is planned for %(campaign)s; write one as '
                'YYYY-MM-DD.', campaign=campaign.name)))
    if campaign.launched:
        problems.append(('start', Message(
            'Production was launched; its start does not move any more.')))
    if problems:
        raise InvalidRequest(problems)
    return to


def _dues(state: State, template: Template | None,
          to: date | None) -> tuple[Days, Days]:
    """The due dates of stages and of requirements, by key, for a start."""
    campaign = replace(state.campaign, start=to)
    stages = _as_far(state.campaign.start, to, state.stages)
    requirements = _as_far(state.campaign.start, to, state.requirements)
    if template:
        stages.update((s.key, day_of(campaign, s.due))
                      for s in template.stages)
        requirements.update((e.requirement.key, e.requirement.due) for e
                            in expanded(template, state.lists, campaign))
    return stages, requirements


def _as_far(start: date | None, to: date | None,
            things: tuple[Stage, ...] | tuple[Requirement, ...]) -> Days:
    """Due dates as far from the new start as from the old one."""
    return {t.key: to - (start - t.due) if to and start and t.due else None
            for t in things}


def _text(day: date | None) -> str:
    return day.isoformat() if day else ''
