"""Template expansion: requirements, groups and tickets from item lists.

The one place that expands: for a new campaign, for an item that is added
later, and for a ticket that is made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.coverage_rule import rule
from prodworkflow.domain.model.evidence import EvidenceSpec
from prodworkflow.domain.model.item_list import Group, Item, ItemList, singular
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.template.item_evidence import asked_of, own_mistakes
from prodworkflow.domain.template.list_checks import size, too_many, unfit
from prodworkflow.domain.template.model import (
    RequirementTemplate,
    StageTemplate,
    Template,
)
from prodworkflow.domain.template.placeholders import (
    filled,
    ITEM,
    values,
    words_in,
)
from prodworkflow.domain.text import Message, suggest

NO_ITEM = Item('', '')


@dataclass(frozen=True)
class Expanded:
    """A requirement without ticket, and the fields of its ticket to be."""

    requirement: Requirement
    words: Mapping[str, str]


def merged(template: Template,
           given: tuple[ItemList, ...]) -> tuple[ItemList, ...]:
    """The template's item lists; those in `given` replace its own."""
    own = {each.name: each for each in template.lists}
    own.update({each.name: each for each in given})
    return tuple(own.values())


def list_problems(template: Template, lists: tuple[ItemList, ...],
                  given: tuple[ItemList, ...]) -> list[str]:
    """Validate the item lists of a request against a template."""
    names = template.list_names
    found: list[str] = []
    for each in given:
        if each.name not in names:
            found.append(Message('The template has no list '
                                 '"%(name)s".%(suggestion)s It has '
                                 '%(names)s.', name=each.name[:64],
                                 suggestion=suggest(each.name, names, 1),
                                 names=', '.join(names) or Message('none')))
    filled_ = {each.name: each for each in lists if each.items}
    for name in dict.fromkeys(r.for_each for r in template.requirements
                              if r.for_each not in filled_):
        if name:
            found.append(Message('The list "%(name)s" is empty, and the '
                                 'template asks something of each '
                                 '%(singular)s: give it, as in %(name)s = '
                                 '["one", "two"] under [lists].',
                                 name=name, singular=singular(name)))
    found += _covered(template, filled_)
    found += [Message('%(item)s, %(word)s: %(words)s.', word=word,
                      item=each.items[position].name, words=words)
              for each in given
              for position, word, words in own_mistakes(template, each)]
    words = too_many(sum(size(r, lists) for r in template.requirements))
    return [*found, words] if words else found


def _covered(template: Template,
             lists: Mapping[str, ItemList]) -> Iterator[str]:
    for each in template.requirements:
        if each.for_each in lists:
            words = unfit(rule(each.coverage), lists[each.for_each])
            if words:
                yield Message('%(key)s, %(coverage)s: %(words)s.',
                              key=each.key, coverage=each.coverage,
                              words=words)


def groups_of(template: Template, campaign: Campaign) -> tuple[Group, ...]:
    """The groups that requirements with `for_each` become."""
    return tuple(
        Group(r.key, s.key, _group_title(r, s, campaign), r.for_each,
              r.coverage, r.counts)
        for s in template.stages for r in s.requirements if r.for_each)


def expanded(template: Template, lists: Iterable[ItemList],
             campaign: Campaign) -> Iterator[Expanded]:
    """Expand all requirements of a template, in order."""
    items = {each.name: each.items for each in lists}
    grouped = _grouped(template)
    for stage in template.stages:
        for each in stage.requirements:
            for item in (items.get(each.for_each, ()) if each.for_each
                         else (NO_ITEM,)):
                yield _One(each, stage, item, campaign, grouped).expanded()


def of_item(template: Template, list_name: str, item: Item,
            campaign: Campaign) -> Iterator[Expanded]:
    """Expand the requirements of one item of a list."""
    grouped = _grouped(template)
    for stage in template.stages:
        for each in stage.requirements:
            if each.for_each == list_name:
                yield _One(each, stage, item, campaign, grouped).expanded()


def of_requirement(template: Template, requirement: Requirement,
                   lists: Iterable[ItemList], campaign: Campaign
                   ) -> Expanded | None:
    """Expand an existing requirement again; None if the template lacks it."""
    key = requirement.group or requirement.key
    for stage in template.stages:
        for each in stage.requirements:
            item = _item(each, requirement, lists)
            if each.key == key and item is not None:
                return _One(each, stage, item, campaign,
                            _grouped(template)).expanded()
    return None


def titles(template: Template, campaign: Campaign) -> dict[str, str]:
    """The titles of a template's requirements, by key."""
    return {r.key: _group_title(r, s, campaign) if r.for_each
            else filled(r.title, _values(campaign, s))
            for s in template.stages for r in s.requirements}


def stage_description(stage: StageTemplate, campaign: Campaign) -> str:
    """The description of a stage's milestone."""
    return filled(stage.description.strip(), _values(campaign, stage))


def day_of(campaign: Campaign, days: int) -> date | None:
    """The day that is `days` before the planned start; None without start."""
    return campaign.start - timedelta(days=days) if campaign.start else None


def _values(campaign: Campaign, stage: StageTemplate) -> dict[str, str]:
    return values(campaign.name, campaign.release, campaign.start,
                  stage.title)


def _grouped(template: Template) -> dict[str, str]:
    """The lists of requirements that are asked for each item, by key."""
    return {r.key: r.for_each for r in template.requirements if r.for_each}


def _item(each: RequirementTemplate, requirement: Requirement,
          lists: Iterable[ItemList]) -> Item | None:
    """The item of an existing requirement; None if it does not fit."""
    if not each.for_each:
        return None if requirement.item else NO_ITEM
    found = next((x for x in lists if x.name == each.for_each), None)
    return found.item(requirement.item) if found else None


def _group_title(each: RequirementTemplate, stage: StageTemplate,
                 campaign: Campaign) -> str:
    """The title of a group: `Validated at each site`."""
    one = f'each {singular(each.for_each)}'
    title = filled(each.title, {**_values(campaign, stage), ITEM: one,
                                singular(each.for_each): one})
    return title[:1].upper() + title[1:]


@dataclass(frozen=True)
class _One:
    """One requirement of a template with one item, or NO_ITEM."""

    template: RequirementTemplate
    stage: StageTemplate
    item: Item
    campaign: Campaign
    grouped: Mapping[str, str]

    def expanded(self) -> Expanded:
        """The requirement and the fields of its ticket."""
        each, item = self.template, self.item
        return Expanded(Requirement(
            self._of_item(each.key), self.stage.key, self._text(each.title),
            None, 0, each.contacts or item.contacts, each.quorum,
            each.release_bound,
            separate_from=self._of_item(each.separate_from),
            inputs=self._inputs(), asks=self._asks(),
            group=each.key if item.key else '', item=item.key,
            weight=item.weight,
            due=None if each.due is None else day_of(self.campaign,
                                                     each.due),
            rests_on=self._bases()),
                        self._words())

    def _of_item(self, key: str) -> str:
        """The key of the requirement of the same item, if there is one."""
        return f'{key}.{self.item.key}' if key in self.grouped else key

    def _text(self, text: str) -> str:
        given = _values(self.campaign, self.stage)
        if self.item.key:
            given[ITEM] = self.item.name
            given[singular(self.template.for_each)] = self.item.name
        return filled(text, given)

    def _inputs(self) -> tuple[str, ...]:
        """The inputs; the item is one where an input names its place."""
        inputs = self.template.inputs
        places = {ITEM, singular(self.template.for_each)}
        named = any(word in places for text in inputs
                    for word, _ in words_in(text))
        return tuple(dict.fromkeys([
            *map(self._text, inputs),
            *([self.item.key] if self.item.key and named else [])]))

    def _bases(self) -> tuple[str, ...]:
        """The keys that it rests on: of the same item, or whole groups."""
        return tuple(self._of_item(key) if self.item.key
                     and self.grouped.get(key) == self.template.for_each
                     else key for key in self.template.rests_on)

    def _asks(self) -> EvidenceSpec:
        asks = asked_of(self.template.asks, self.item)
        return replace(asks, values=tuple(
            replace(v, compare_with=self._of_item(v.compare_with))
            for v in asks.values))

    def _words(self) -> dict[str, str]:
        """The ticket fields that are set; others keep Trac's default."""
        each = self.template
        written = {'description': each.description.strip(),
                   'type': each.type, 'component': each.component,
                   'priority': each.priority, 'keywords': each.keywords,
                   **dict(each.fields)}
        return {name: self._text(text) for name, text in written.items()
                if text}
