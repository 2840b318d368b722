"""What a new campaign takes over from an earlier one, whatever became of it.

Pure.  Its template as it was then, its lists, and who signs, as they were at
last; not its name, its release and its start, nor deputies, who have dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.model.precedent import Precedent, precedents
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.template.expansion import expanded
from prodworkflow.domain.template.lists import as_toml
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.text import Message

_Said = TypeVar('_Said')


@dataclass(frozen=True)
class Likeness:
    """A wish that is like an earlier campaign, and what to know of it.

    `start` is that campaign's; `precedents` are (title, what was waived or
    rejected of it) in the campaign's order.
    """

    wish: CampaignRequest
    start: date | None
    precedents: tuple[tuple[str, Precedent], ...]

    @property
    def lines(self) -> list[str]:
        """What was waived or rejected last time, a sentence each."""
        return [Message('%(requirement)s was %(words)s', words=p.words,
                        requirement=f'#{p.ticket} {title}' if p.ticket
                        else title)
                for title, p in self.precedents]


def alike(state: State, template: Template) -> Likeness:
    """What was asked for when `state` was made, as it was changed since.

    Enforcement is what it began with: that it was lowered once is no rule.
    """
    campaign, requirements = state.campaign, state.requirements
    began = campaign.changed.was if campaign.changed else campaign.enforcement
    lists = tuple(replace(each, items=tuple(
        _item(state, template, each, i) for i in each.items))
        for each in state.lists)
    usual = {d.requirement.key: d.requirement
             for d in expanded(template, lists, campaign)}
    wish = CampaignRequest(
        '', campaign.template, enforcement=began,
        contacts=_said(state, {r.key: r.contacts for r in requirements
                               if _differs(r, usual, 'contacts')}),
        quorums=_said(state, {r.key: str(r.quorum) for r in requirements
                              if _differs(r, usual, 'quorum')}),
        template_text=template.source,
        template_version=campaign.template_version, like=campaign.name,
        lists_text=as_toml(lists))
    found = precedents(state)
    return Likeness(wish, campaign.start, tuple(
        (r.title, p) for r in requirements for p in found.get(r.key, ())))


def _item(state: State, template: Template, of: ItemList,
          item: Item) -> Item:
    """An item with those as contacts who sign for it at last, if the same."""
    own = {r.key for r in template.requirements if r.contacts}
    groups = {g.key for g in state.groups
              if g.list == of.name and g.key not in own}
    found = {r.contacts for r in state.requirements
             if r.item == item.key and r.group in groups}
    return replace(item, contacts=found.pop()) if len(found) == 1 else item


def _differs(requirement: Requirement, usual: Mapping[str, Requirement],
             what: str) -> bool:
    """Whether it has to be said: what is asked once always is."""
    other = usual.get(requirement.key)
    return not requirement.group or other is None or (
        getattr(other, what) != getattr(requirement, what))


def _said(state: State, given: Mapping[str, _Said]) -> dict[str, _Said]:
    """The same, said once for a group where it is true of all of it."""
    found = dict(given)
    for group in state.groups:
        keys = [r.key for r in state.members(group.key)]
        values = {given.get(k) for k in keys}
        if len(values) == 1 and None not in values:
            found[group.key] = found[keys[0]]
            for key in keys:
                del found[key]
    return found
