"""A campaign's sign-offs as they are listed: alone, or a group at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from prodworkflow.domain.model.coverage_rule import rule
from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message

_Said = TypeVar('_Said')


@dataclass(frozen=True)
class RequirementSet:
    """One requirement, or all those of a group if `group` is not None.

    What they have in common is None where it differs among them.
    """

    requirements: tuple[Requirement, ...]
    group: Group | None = None

    @property
    def key(self) -> str:
        """What a wish calls it by."""
        return self.group.key if self.group else self.requirements[0].key

    @property
    def title(self) -> str:
        return self.group.title if self.group else self.requirements[0].title

    @property
    def needs(self) -> str:
        """How many of a group are enough, in words; '' for one alone."""
        if self.group is None:
            return ''
        try:
            return rule(self.group.rule).words(self.group.list)
        except ValueError:
            return Message('a rule that can be read')

    @property
    def contacts(self) -> tuple[str, ...] | None:
        return self._common(lambda r: r.contacts)

    @property
    def deputies(self) -> tuple[Deputy, ...] | None:
        return self._common(lambda r: r.deputies)

    @property
    def quorum(self) -> int | None:
        return self._common(lambda r: r.quorum)

    def _common(self, of: Callable[[Requirement], _Said]) -> _Said | None:
        first = of(self.requirements[0])
        return first if all(of(r) == first
                            for r in self.requirements) else None


def requirement_sets(state: State, stage: str = '') -> tuple[RequirementSet,
                                                             ...]:
    """All parts in the campaign's order, or those of the stage of that key."""
    groups = {g.key: g for g in state.groups}
    found: dict[tuple[str, str], list[Requirement]] = {}
    for r in state.requirements:
        if not stage or r.stage == stage:
            grouped = r.group in groups
            found.setdefault((r.group if grouped else '',
                              '' if grouped else r.key), []).append(r)
    return tuple(RequirementSet(tuple(members), groups.get(group))
                 for (group, _), members in found.items())
