"""Gates of one item: may this site run, whatever the other sites lack.

What is asked of everybody counts, and what is asked of the item; what is asked
of other items of its list does not.  Coverage helps nobody here: an item has
to meet what it is asked for, also where enough others do.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.answers import Answer, Obstacle
from prodworkflow.domain.rules.decision import Decision, Gate


def item_named(state: State, text: str) -> tuple[ItemList, Item]:
    """The item of that key or name, the key first; KeyError if none is."""
    there = [(each, item) for each in state.lists for item in each.items]
    for found in (*(t for t in there if t[1].key == text),
                  *(t for t in there if t[1].name == text)):
        return found
    raise KeyError(text)


def for_item(decision: Decision, text: str) -> Decision:
    """The decision as it is for one item; KeyError if there is none.

    Of namesakes in several lists all count: which is meant, nobody knows.
    """
    state = decision.snapshot.state
    items = _namesakes(state, text)
    groups = {g.key: items[g.list] for g in state.groups if g.list in items}
    others = {r.ticket for r in state.requirements
              if not _counts(r, groups)}
    return replace(
        decision, gates=tuple(_gate(g, groups, others)
                              for g in decision.gates),
        before_launch=_without(decision.before_launch, others))


def _namesakes(state: State, text: str) -> dict[str, str]:
    """The key of the item of that key or name in each list that has one."""
    found = {}
    for each in state.lists:
        with suppress(KeyError):
            alone = replace(state, lists=(each,))
            found[each.name] = item_named(alone, text)[1].key
    if not found:
        raise KeyError(text)
    return found


def _gate(gate: Gate, groups: Mapping[str, str],
          others: set[int | None]) -> Gate:
    return replace(
        gate, answers=tuple(
            _uncovered(a, groups) for a in gate.answers
            if _counts(a.requirement, groups)),
        groups=tuple(g for g in gate.groups if g.group.key not in groups),
        obstacles=_without(gate.obstacles, others))


def _counts(requirement: Requirement, groups: Mapping[str, str]) -> bool:
    return requirement.item == groups.get(requirement.group,
                                          requirement.item)


def _uncovered(answer: Answer, groups: Mapping[str, str]) -> Answer:
    return (replace(answer, covered=False)
            if answer.requirement.group in groups else answer)


def _without(obstacles: tuple[Obstacle, ...],
             tickets: set[int | None]) -> tuple[Obstacle, ...]:
    """The obstacles that are not about the tickets of other items."""
    return tuple(o for o in obstacles
                 if o.ticket is None or o.ticket not in tickets)
