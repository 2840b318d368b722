"""State of a campaign: the projection of its ledger, and look-ups in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from prodworkflow.domain.model.campaign import Campaign, Stage
from prodworkflow.domain.model.item_list import Group, ItemList
from prodworkflow.domain.model.known_issue import Concern, KnownIssue
from prodworkflow.domain.model.permissions import SignerFacts
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff


@dataclass(frozen=True)
class State:
    """The present state of a campaign, which replaying its ledger gives.

    `dropped` are former requirements of items that left the campaign: they do
    not count, and their tickets are ordinary ones.  `signers` is what Trac
    says of those who are to sign, None where nobody asked; it is no part of
    the value of the state.
    """

    campaign: Campaign
    stages: tuple[Stage, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    signoffs: tuple[SignOff, ...] = ()
    lists: tuple[ItemList, ...] = ()
    groups: tuple[Group, ...] = ()
    dropped: tuple[Requirement, ...] = ()
    known_issues: tuple[KnownIssue, ...] = ()
    concerns: tuple[Concern, ...] = ()
    signers: SignerFacts | None = field(default=None, compare=False,
                                        repr=False)

    def stage(self, key: str) -> Stage:
        """Look up a stage by its key; KeyError if there is none."""
        return _next_or_raise((s for s in self.stages if s.key == key), key)

    def requirement(self, key: str) -> Requirement:
        """Look up a requirement by its key; KeyError if there is none."""
        return _next_or_raise((r for r in self.requirements if r.key == key),
                              key)

    def having(self, new: Requirement) -> State:
        """Replace the requirement of the same key; KeyError if none is."""
        there = self.requirements
        place = _next_or_raise((n for n, r in enumerate(there)
                                if r.key == new.key), new.key)
        return replace(self, requirements=(
            *there[:place], new, *there[place + 1:]))

    def said_of(self, requirement: str) -> tuple[SignOff, ...]:
        """The verdicts about a requirement, by its key, in stored order."""
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
        """The requirements that are separate from one: others must sign them.

        Separation works both ways; they are in the campaign's order.
        """
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
    def approvals(self) -> dict[str, tuple[SignOff, ...]]:
        """A cache for `separation`: valid approvals by requirement key.

        It is no part of the value of the state.
        """
        return {}

    @cached_property
    def by_key(self) -> dict[str, Requirement]:
        """The requirements by their keys, in their order."""
        return {r.key: r for r in self.requirements}

    @cached_property
    def keys_by_group(self) -> dict[str, list[str]]:
        """The keys of the members of each group, in order; '' has the rest."""
        found: dict[str, list[str]] = {}
        for requirement in self.requirements:
            found.setdefault(requirement.group, []).append(requirement.key)
        return found

    @cached_property
    def digests(self) -> dict[str, str]:
        """A cache for `bases`: what each requirement is signed for.

        It is no part of the value of the state.
        """
        return {}

    def members(self, group: str) -> tuple[Requirement, ...]:
        """The requirements of a group, by its key, in order."""
        return tuple(r for r in self.requirements if r.group == group)

    def for_ticket(self, ticket: int | None) -> Requirement | None:
        """Look up the requirement of a sign-off ticket; None if it is none."""
        return next((r for r in self.requirements
                     if ticket is not None and r.ticket == ticket), None)

    def for_milestone(self, *names: str | None) -> Stage | None:
        """Look up the stage that owns a milestone, by its names, if any."""
        return next((s for s in self.stages if s.milestone in names), None)


def _next_or_raise(items: Any, key: str) -> Any:
    """The first of `items`; KeyError naming `key` when there is none."""
    for item in items:
        return item
    raise KeyError(key)
