"""Coverage of groups: whether enough members of each group are met.

A coverage rule that cannot be read is never reached.
"""

from __future__ import annotations

from prodworkflow.domain.model.coverage_rule import rule
from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Coverage
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
    names = {i.key: i.name for each in state.lists if each.name == group.list
             for i in each.items}
    try:
        read = rule(group.rule)
        members = [a.requirement.weight for a in answers]
        met = [a.requirement.weight for a in answers if a.met]
        reached, lacking = (read.reached(members, met),
                            read.lacking(members, met))
        words = read.words(group.list)
    except ValueError:
        reached, words = False, Message('a rule that can be read')
        lacking = len(answers)
    return Coverage(group, answers, reached, words, names, lacking)


def unread(group: Group) -> str:
    """Why a group's coverage rule cannot be read; '' if it can."""
    try:
        rule(group.rule)
    except ValueError as error:
        return error.args[0]
    return ''
