"""A campaign's present state, and what is looked up in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from prodworkflow.domain.model.campaign import Campaign, Stage
from prodworkflow.domain.model.item_list import Group, ItemList
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff


@dataclass(frozen=True)
class State:
    """A campaign's present state: what folding its ledger gives.

    `dropped` are former requirements, of items that take no part any more:
    nothing counts them, and their tickets are ordinary ones.
    """

    campaign: Campaign
    stages: tuple[Stage, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    signoffs: tuple[SignOff, ...] = ()
    lists: tuple[ItemList, ...] = ()
    groups: tuple[Group, ...] = ()
    dropped: tuple[Requirement, ...] = ()

    def stage(self, key: str) -> Stage:
        """The stage of that key; KeyError if there is none."""
        return _next_or_raise((s for s in self.stages if s.key == key), key)

    def requirement(self, key: str) -> Requirement:
        """The requirement of that key; KeyError if there is none."""
        return _next_or_raise((r for r in self.requirements if r.key == key),
                              key)

    def having(self, new: Requirement) -> State:
        """The state with this in place of the requirement of its key.

        KeyError if there is none.
        """
        was = self.requirement(new.key)
        return replace(self, requirements=tuple(
            [new if r is was else r for r in self.requirements]))

    def said_of(self, requirement: str) -> tuple[SignOff, ...]:
        """What was said of the requirement of that key, as it is stored."""
        return tuple(self._said.get(requirement, ()))

    @property
    def inputs(self) -> list[str]:
        """All inputs that the requirements name, in their order."""
        return list(dict.fromkeys(i for r in self.requirements
                                  for i in r.inputs))

    @cached_property
    def _said(self) -> dict[str, list[SignOff]]:
        found: dict[str, list[SignOff]] = {}
        for signoff in self.signoffs:
            found.setdefault(signoff.requirement, []).append(signoff)
        return found

    def apart_from(self, requirement: str) -> tuple[Requirement, ...]:
        """Those that others than this one's signers must sign, in order."""
        return tuple(self.requirements[n] for n in sorted(
            self._apart.get(requirement, ())))

    @cached_property
    def _apart(self) -> dict[str, set[int]]:
        places = {r.key: n for n, r in enumerate(self.requirements)}
        found: dict[str, set[int]] = {}
        for key, n in places.items():
            other = self.requirements[n].separate_from
            if other in places and other != key:
                found.setdefault(key, set()).add(places[other])
                found.setdefault(other, set()).add(n)
        return found

    @cached_property
    def signers(self) -> dict[str, frozenset[str]]:
        """Kept by `eligibility`, by requirement; no part of its value."""
        return {}

    def members(self, group: str) -> tuple[Requirement, ...]:
        """The requirements of a group, in order."""
        return tuple(r for r in self.requirements if r.group == group)

    def for_ticket(self, ticket: int | None) -> Requirement | None:
        """The requirement whose sign-off ticket this is, if any."""
        return next((r for r in self.requirements
                     if ticket is not None and r.ticket == ticket), None)

    def for_milestone(self, *names: str | None) -> Stage | None:
        """The stage that owns a milestone of one of these names, if any."""
        return next((s for s in self.stages if s.milestone in names), None)


def _next_or_raise(items: Any, key: str) -> Any:
    """The first of `items`; KeyError naming `key` when there is none."""
    for item in items:
        return item
    raise KeyError(key)
