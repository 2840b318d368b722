"""Checks of item lists: the number of requirements, and coverage rules."""

from __future__ import annotations

from collections.abc import Iterable

from prodworkflow.domain.model import coverage_rule
from prodworkflow.domain.model.item_list import ItemList, singular
from prodworkflow.domain.template.model import RequirementTemplate
from prodworkflow.domain.text import Message

REQUIREMENTS_MAX = 2000


def size(requirement: RequirementTemplate,
         lists: Iterable[ItemList]) -> int:
    """The number of requirements that one of a template expands to."""
    if not requirement.for_each:
        return 1
    return sum(len(each.items) for each in lists
               if each.name == requirement.for_each)


def too_many(count: int) -> str:
    """Why there are too many requirements, with the remedy; '' if not."""
    return '' if count <= REQUIREMENTS_MAX else (
        Message('these are %(count)s requirements; at most %(most)s are '
                'made, shorten the lists or ask for less of each',
                count=count, most=REQUIREMENTS_MAX))


def unfit(rule: coverage_rule.Rule, found: ItemList) -> str:
    """Why a coverage rule does not fit a list, with the remedy; '' if it does.
    """
    one = singular(found.name)
    if rule.at_least > len(found.items):
        return Message('the list has %(count)s %(name)s; write at most '
                       'at_least = %(count)s',
                       count=len(found.items), name=found.name)
    bare = next((i.name for i in found.items if not i.weight), '')
    if rule.share and bare:
        return Message('%(item)s has no weight; give each %(singular)s a '
                       'weight, or write another rule',
                       item=bare, singular=one)
    return ''
