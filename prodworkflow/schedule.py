"""What moves when the planned start of a campaign moves, and what stays.

Pure.  Due dates are counted back from the planned start, as the template
says; where nobody knows it any more, they keep their distance from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from .decision import Decision
from .ledger import canonical
from .model import Campaign, Stage
from .planning import start_of
from .staffing import Unfit
from .template import Template

NEVER = 'none'


@dataclass(frozen=True)
class Moved:
    """A due date that moves: of a stage, with its milestone.

    `by_hand` is the milestone's day in Trac, where somebody made it another
    one than was planned: it is overwritten.
    """

    stage: str
    label: str
    milestone: str
    was: date | None
    to: date | None
    by_hand: date | None = None

    def as_dict(self) -> dict[str, Any]:
        """The move as JSON shows it."""
        return {'stage': self.stage, 'milestone': self.milestone,
                'was': _text(self.was), 'to': _text(self.to),
                'by_hand': _text(self.by_hand)}


@dataclass(frozen=True)
class Shift:
    """A start that moves, all that moves with it, and what stays."""

    was: date | None
    to: date | None
    moved: tuple[Moved, ...]
    stays: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The start's own move in a sentence."""
        if self.was is None:
            return f'The start is planned for {self.to}.'
        if self.to is None:
            return f'No start is planned any more; it was {self.was}.'
        days = (self.to - self.was).days
        return (f'The start moves from {self.was} to {self.to}, {abs(days)} '
                f'day{"" if abs(days) == 1 else "s"} '
                f'{"later" if days > 0 else "earlier"}.')

    def payload(self) -> dict[str, Any]:
        """What the ledger keeps of it; '' stands for no day."""
        return {'start': _text(self.to), 'was': _text(self.was),
                'stages': {m.stage: _text(m.to) for m in self.moved},
                'by_hand': {m.stage: _text(m.by_hand) for m in self.moved
                            if m.by_hand}}

    @property
    def digest(self) -> str:
        """What tells it from another one: what was shown is confirmed."""
        shown = [_text(self.was), _text(self.to),
                 [m.as_dict() for m in self.moved], list(self.stays)]
        return sha256(canonical(shown).encode('ascii')).hexdigest()[:16]


def shift(decision: Decision, text: str, template: Template | None,
          trac: Mapping[str, date | None]) -> Shift:
    """What moves if the start is `text`: a day, or `none`; else Unfit.

    `trac` maps the names of milestones to the days Trac has for them.
    """
    campaign = decision.snapshot.state.campaign
    to = _wanted(campaign, text)
    days = {s.key: s.due for s in template.stages} if template else {}
    moved, stays = [], []
    for stage in decision.snapshot.state.stages:
        if stage.closed or decision.closed(stage):
            stays.append(f'{stage.label} (closed)')
            continue
        due = _due(campaign, stage, to, days.get(stage.key))
        now = trac.get(stage.milestone, stage.due)
        if not due == stage.due == now:
            moved.append(Moved(stage.key, stage.label, stage.milestone,
                               stage.due, due,
                               now if now != stage.due else None))
    return Shift(campaign.start, to, tuple(moved), tuple(stays))


def _wanted(campaign: Campaign, text: str) -> date | None:
    """The day that a text means, None for none; Unfit if it cannot be."""
    problems: list[tuple[str, str]] = []
    to = None if text.strip() == NEVER else start_of(text, problems)
    if not text.strip():
        problems.append(('start', 'Write the planned start as YYYY-MM-DD, or '
                         f'"{NEVER}" to plan none.'))
    elif not problems and to == campaign.start:
        problems.append(('start', f'{campaign.name} starts on {to} already; '
                         'write another day.' if to else
                         f'No start is planned for {campaign.name}; write '
                         'one as YYYY-MM-DD.'))
    if campaign.launched:
        problems.append(('start', 'Production was launched; its start does '
                         'not move any more.'))
    if problems:
        raise Unfit(problems)
    return to


def _due(campaign: Campaign, stage: Stage, to: date | None,
         days: int | None) -> date | None:
    if days is None and stage.due and campaign.start:
        days = (campaign.start - stage.due).days
    if to is None or days is None:
        return None
    return to - timedelta(days=days)


def _text(day: date | None) -> str:
    return day.isoformat() if day else ''
