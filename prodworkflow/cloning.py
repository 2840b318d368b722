"""What a new campaign takes over from an earlier one, whatever became of it.

Pure.  Its template as it was then, its lists, and who signs, as they were at
last; not its name, its release and its start, nor deputies, who have dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .model import State
from .planning import Wish
from .precedents import Precedent, precedents
from .toml_lists import as_toml


@dataclass(frozen=True)
class Likeness:
    """A wish that is like an earlier campaign, and what to know of it.

    `start` is that campaign's; `precedents` are (title, what was waived or
    rejected of it) in the campaign's order.
    """

    wish: Wish
    start: date | None
    precedents: tuple[tuple[str, Precedent], ...]

    @property
    def lines(self) -> list[str]:
        """What was waived or rejected last time, a sentence each."""
        return [f'{f"#{p.ticket} " if p.ticket else ""}{title} was {p.words}'
                for title, p in self.precedents]


def alike(state: State, text: str) -> Likeness:
    """What was asked for when `state` was made, as it was changed since.

    `text` is its template's.  Enforcement is what it began with: that it
    was lowered once is no rule.
    """
    campaign, requirements = state.campaign, state.requirements
    began = campaign.changed.was if campaign.changed else campaign.enforcement
    wish = Wish(
        '', campaign.template, enforcement=began,
        contacts={r.key: r.contacts for r in requirements},
        quorums={r.key: str(r.quorum) for r in requirements},
        template_text=text, template_version=campaign.template_version,
        like=campaign.name, lists_text=as_toml(state.lists))
    found = precedents(state)
    return Likeness(wish, campaign.start, tuple(
        (r.title, p) for r in requirements for p in found.get(r.key, ())))
