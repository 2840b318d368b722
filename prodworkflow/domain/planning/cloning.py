"""Cloning: a request for a new campaign that is like an earlier one.

It takes over the template of that time, the lists, and the signers as they
were last; not name, release and start, nor deputies, whose days are over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from prodworkflow.domain.logins import join_logins, quoted_login
from prodworkflow.domain.model.campaign import Freeze
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.model.precedent import Precedent, precedents
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.creation.clone_warnings import not_taken_over
from prodworkflow.domain.planning.freezes import FreezeWords, NO_WORDS
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.template.expansion import expanded
from prodworkflow.domain.template.lists import as_toml
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.text import Message

_Said = TypeVar('_Said')


@dataclass(frozen=True)
class Likeness:
    """A request like an earlier campaign, and its precedents.

    `start` is that campaign's; `precedents` are (title, precedent) in its
    order.  `warnings` say what is not taken over.
    """

    wish: CampaignRequest
    start: date | None
    precedents: tuple[tuple[str, Precedent], ...]
    warnings: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The waivers and rejections of last time, a sentence each."""
        return [Message('%(requirement)s was %(words)s', words=p.words,
                        requirement=f'#{p.ticket} {title}' if p.ticket
                        else title)
                for title, p in self.precedents]


def alike(state: State, template: Template) -> Likeness:
    """The request that would make a campaign again, with later changes.

    Enforcement is the one it began with: lowering it once is no precedent.
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
        lists_text=as_toml(lists),
        freeze=_freeze_words(campaign.freeze, template.freeze))
    found = precedents(state)
    return Likeness(wish, campaign.start, tuple(
        (r.title, p) for r in requirements for p in found.get(r.key, ())),
        tuple(not_taken_over(state, began)))


def _item(state: State, template: Template, of: ItemList,
          item: Item) -> Item:
    """Give an item its latest contacts, if they are the same everywhere."""
    own = {r.key for r in template.requirements if r.contacts}
    groups = {g.key for g in state.groups
              if g.list == of.name and g.key not in own}
    found = {r.contacts for r in state.requirements
             if r.item == item.key and r.group in groups}
    return replace(item, contacts=found.pop()) if len(found) == 1 else item


def _freeze_words(freeze: Freeze | None, own: Freeze | None) -> FreezeWords:
    """The words of its freeze that are not the template's."""
    if freeze is None or own is None:
        return NO_WORDS
    return FreezeWords(
        None if freeze.types == own.types else join_logins(freeze.types),
        None if freeze.priority == own.priority
        else quoted_login(freeze.priority))


def _differs(requirement: Requirement, usual: Mapping[str, Requirement],
             what: str) -> bool:
    """Whether a requirement deviates from the template, or is in no group."""
    other = usual.get(requirement.key)
    return not requirement.group or other is None or (
        getattr(other, what) != getattr(requirement, what))


def _said(state: State, given: Mapping[str, _Said]) -> dict[str, _Said]:
    """Say what is true of a whole group once, by the group's key."""
    found = dict(given)
    for group in state.groups:
        keys = [r.key for r in state.members(group.key)]
        values = {given.get(k) for k in keys}
        if len(values) == 1 and None not in values:
            found[group.key] = found[keys[0]]
            for key in keys:
                del found[key]
    return found
