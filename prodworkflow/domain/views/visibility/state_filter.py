"""State filter: a campaign's state without hidden tickets and milestones."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from prodworkflow.domain.model.campaign import Campaign, Change
from prodworkflow.domain.model.item_list import ItemList
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.views.visibility.hidden_words import HiddenWords


@dataclass(frozen=True)
class StateFilter:
    """Removes hidden tickets (ids) and stages (keys) from a state."""

    state: State
    tickets: frozenset[int]
    stages: frozenset[str]

    @cached_property
    def words(self) -> HiddenWords:
        """The filter of sentences."""
        return HiddenWords.of(self.state, self.tickets, self.stages)

    @cached_property
    def seen(self) -> State:
        """The state with all that is about visible tickets and stages.

        An item of a list goes with the last of its visible tickets.
        """
        whole = self.state
        if not (self.tickets or self.stages):
            return whole
        parts: dict[str, Any] = {
            field.name: self._of_tickets(getattr(whole, field.name))
            for field in fields(whole)
            if isinstance(getattr(whole, field.name), tuple)}
        made = replace(whole, **parts)
        keys = {r.key for r in (*made.requirements, *made.dropped)}
        return replace(
            made, campaign=self._campaign(whole.campaign),
            stages=tuple(s for s in whole.stages if s.key not in self.stages),
            signoffs=tuple(self.words.signoff(s) for s in whole.signoffs
                           if s.requirement in keys),
            groups=tuple(g for g in whole.groups
                         if g.stage not in self.stages),
            lists=tuple(self._list(each, made) for each in whole.lists))

    def visible(self, requirement: Requirement) -> bool:
        """Whether a requirement's ticket and milestone may be seen."""
        return (requirement.ticket not in self.tickets
                and requirement.stage not in self.stages)

    # Internal methods

    def _of_tickets(self, parts: tuple[Any, ...]) -> tuple[Any, ...]:
        """Those parts of a state that are about no hidden ticket."""
        return tuple(p for p in parts if (
            self.visible(p) if isinstance(p, Requirement)
            else getattr(p, 'ticket', None) not in self.tickets))

    def _list(self, each: ItemList, made: State) -> ItemList:
        """A list without the items of which nothing is visible."""
        hidden = {r.item for r in self.state.requirements} - {
            r.item for r in made.requirements}
        return replace(each, items=tuple(i for i in each.items
                                         if i.key not in hidden))

    def _campaign(self, campaign: Campaign) -> Campaign:
        return replace(
            campaign, held_because=self.words.shown(campaign.held_because),
            deputies=tuple(d for d in campaign.deputies
                           if d.stands_for not in self.words.people),
            changed=self._change(campaign.changed),
            moved=self._change(campaign.moved))

    def _change(self, change: Change | None) -> Change | None:
        return change and replace(change,
                                  reason=self.words.shown(change.reason))
