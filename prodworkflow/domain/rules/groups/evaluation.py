"""Coverage of groups: whether enough members of each group are met.

A coverage rule that cannot be read is never reached.  What counts is what
takes part or, where the template binds the rule to it, all that was agreed:
then dropping an item and changing its weight never help.
"""

from __future__ import annotations

from prodworkflow.domain.model.coverage_rule import rule, weight
from prodworkflow.domain.model.item_list import AGREED, Group, ItemList
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.groups.coverage import Coverage
from prodworkflow.domain.text import Message


def coverages(state: State,
              answers: tuple[Answer, ...]) -> tuple[Coverage, ...]:
    """Evaluate every group, given the answers about all requirements."""
    members: dict[str, list[Answer]] = {}
    for answer in answers:
        members.setdefault(answer.requirement.group, []).append(answer)
    return tuple(covered(state, group, tuple(members.get(group.key, ())))
                 for group in state.groups)


def covered(state: State, group: Group,
            answers: tuple[Answer, ...]) -> Coverage:
    """Evaluate one group, given the answers about its members."""
    found = next((x for x in state.lists if x.name == group.list),
                 ItemList(group.list))
    names = {i.key: i.name for i in (*found.former, *found.items)}
    return Coverage(group, answers, False, words(group), names,
                    dropped=dropped_of(state, group),
                    agreed=agreed_weights(found)).judged()


def words(group: Group) -> str:
    """The coverage rule of a group as part of a sentence."""
    try:
        return rule(group.rule).words(group.list, group.counts == AGREED)
    except ValueError:
        return Message('a rule that can be read')


def dropped_of(state: State, group: Group) -> tuple[Requirement, ...]:
    """The requirements of a group whose items dropped out and are not back.

    Each once, the latest of them.
    """
    if not state.dropped:
        return ()
    there = {r.key for r in state.requirements}
    found = {r.key: r for r in state.dropped
             if r.group == group.key and r.key not in there}
    return tuple(found.values())


def agreed_weights(found: ItemList) -> dict[str, str]:
    """The agreed weights of items, by key, where they are not the present.
    """
    return {i.key: i.agreed for i in (*found.former, *found.items)
            if i.changed and i.agreed and _differs(i.agreed, i.weight)}


def _differs(one: str, other: str) -> bool:
    try:
        return weight(one) != weight(other)
    except ValueError:
        return one != other


def unread(group: Group) -> str:
    """Why a group's coverage rule cannot be read; '' if it can."""
    try:
        rule(group.rule)
    except ValueError as error:
        return error.args[0]
    return '' if group.counts in ('', AGREED) else Message(
        '"%(counts)s" is nothing that can be counted', counts=group.counts)
