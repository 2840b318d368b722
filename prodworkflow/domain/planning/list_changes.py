"""Changes of lists in a running campaign: what cannot be done, and why."""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.model.coverage_rule import rule, weight
from prodworkflow.domain.model.item_list import AGREED, Group, Item, ItemList
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.groups import covered
from prodworkflow.domain.text import Message


def drop_problems(state: State, found: ItemList,
                  item: Item) -> list[tuple[str, str]]:
    """Why a list cannot do without an item."""
    left = len(found.items) - 1
    asked = [g for g in state.groups if g.list == found.name]
    if not left and asked:
        return [('drop', Message(
            '%(item)s is the last of %(list)s; a campaign without %(list)s '
            'would ask for nothing.', item=item.name, list=found.name))]
    return [('drop', words) for g in asked
            for words in [_needed(state, g, found, item, left)] if words]


def _needed(state: State, group: Group, found: ItemList, item: Item,
            left: int) -> str:
    """Why a group could not be met without an item; '' if it could."""
    needed = rule(group.rule).at_least
    if needed > left:
        return Message(
            '%(group)s asks for at least %(needed)s %(list)s, and without '
            '%(item)s there are %(left)s; nobody could reach that.',
            group=group.title, needed=needed, list=found.name,
            item=item.name, left=left)
    if group.counts != AGREED or _reachable(state, group, item):
        return ''
    return Message(
        '%(group)s needs %(rule)s, and without %(item)s nobody could reach '
        'that; keep it, and waive what is asked of it.', group=group.title,
        rule=rule(group.rule).words(group.list, True), item=item.name)


def _reachable(state: State, group: Group, item: Item) -> bool:
    """Whether a group could be met by all of its items but one."""
    members = state.members(group.key)
    gone = tuple(r for r in members if r.item == item.key)
    after = replace(state, dropped=(*state.dropped, *gone),
                    requirements=tuple(r for r in state.requirements
                                       if r not in gone))
    return covered(after, group, tuple(
        Answer(r, None, '') for r in members if r not in gone)).reached


def weight_problems(text: str, found: ItemList,
                    option: str = 'add') -> list[tuple[str, str]]:
    """Why an item of a list cannot have that weight."""
    weighed = any(i.weight for i in found.items)
    if not text:
        return [(option, Message(
            'The others of %(list)s have weights; give one, as in '
            '%(list)s:NAME=2.5.', list=found.name))] if weighed else []
    try:
        weight(text)
    except ValueError as error:
        return [(option, Message('%(error)s.', error=error.args[0]))]
    return []
