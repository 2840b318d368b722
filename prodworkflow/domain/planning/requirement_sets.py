"""Requirement sets: single requirements and groups, as pages list them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.groups import words

_Said = TypeVar('_Said')


@dataclass(frozen=True)
class RequirementSet:
    """One requirement, or all of a group (`group` is not None).

    Contacts, deputies and quorum are None where the members differ.
    """

    requirements: tuple[Requirement, ...]
    group: Group | None = None

    @property
    def key(self) -> str:
        """The key by which a request names it."""
        return self.group.key if self.group else self.requirements[0].key

    @property
    def title(self) -> str:
        """The title of the requirement or group."""
        return self.group.title if self.group else self.requirements[0].title

    @property
    def needs(self) -> str:
        """The coverage rule of a group in words; '' for a single one."""
        if self.group is None:
            return ''
        return words(self.group)

    @property
    def contacts(self) -> tuple[str, ...] | None:
        """The contacts that all members have."""
        return self._common(lambda r: r.contacts)

    @property
    def deputies(self) -> tuple[Deputy, ...] | None:
        """The deputies that all members have."""
        return self._common(lambda r: r.deputies)

    @property
    def quorum(self) -> int | None:
        """The quorum that all members have."""
        return self._common(lambda r: r.quorum)

    def _common(self, of: Callable[[Requirement], _Said]) -> _Said | None:
        first = of(self.requirements[0])
        return first if all(of(r) == first
                            for r in self.requirements) else None


def found_sets(sets: Iterable[RequirementSet],
               text: str) -> tuple[RequirementSet, ...]:
    """What of these sets has a text in it: all of a group, or its members.

    In titles, keys, tickets as `#8`, contacts and deputies; case plays no
    part.
    """
    word = text.casefold()
    found = []
    for each in sets:
        whole = each.group is not None and word in each.title.casefold()
        members = tuple(r for r in each.requirements
                        if whole or word in _told(r).casefold())
        if members:
            found.append(RequirementSet(members, each.group))
    return tuple(found)


def _told(requirement: Requirement) -> str:
    """All of a requirement in which is looked for a text."""
    return '\n'.join((
        requirement.title, requirement.key, f'#{requirement.ticket}',
        *requirement.contacts, *map(str, requirement.deputies)))


def requirement_sets(state: State, stage: str = '') -> tuple[RequirementSet,
                                                             ...]:
    """All sets in the campaign's order, or those of a stage, by its key."""
    groups = {g.key: g for g in state.groups}
    found: dict[Group | str, list[Requirement]] = {}
    for r in state.requirements:
        if not stage or r.stage == stage:
            found.setdefault(groups.get(r.group) or r.key, []).append(r)
    return tuple(RequirementSet(tuple(members), groups.get(members[0].group))
                 for members in found.values())
