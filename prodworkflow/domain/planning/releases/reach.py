"""Reach of a patch: which requirements it asks again, and why.

Rule 9 of docs/development/rules.rst: what names no inputs rests on everything;
what rests on something asked again is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.template.expansion import of_requirement
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.text import joined, Message


def with_named_inputs(state: State, template: Template | None) -> State:
    """The state with the inputs that its template names, and no others.

    Campaigns of before have the item of each list among their inputs, whether
    it was named or not.
    """
    if template is None:
        return state
    return replace(state, requirements=tuple(
        _with_named_inputs(r, state, template) for r in state.requirements))


def _with_named_inputs(requirement: Requirement, state: State,
                       template: Template) -> Requirement:
    if requirement.item not in requirement.inputs:
        return requirement
    found = of_requirement(template, requirement, state.lists, state.campaign)
    return replace(requirement, inputs=found.requirement.inputs) \
        if found else requirement


def asked_again(state: State, touches: Iterable[str]) -> dict[str, str]:
    """The keys of what a patch asks again, with the reasons as phrases.

    No `touches` stand for all inputs.  They are in the campaign's order.
    """
    touched = set(touches)
    direct = {r.key: words for r in state.requirements
              for words in [_touched(r, touched)] if words}
    reached = _down_the_line(state, direct)
    return {r.key: direct.get(r.key) or _rests(r, state, reached)
            for r in state.requirements if r.key in reached}


def untouched(requirement: Requirement) -> str:
    """Why a patch carries a requirement over, a phrase."""
    return Message('it rests only on %(inputs)s, which the patch does not '
                   'touch', inputs=joined(requirement.inputs))


def _touched(requirement: Requirement, touches: set[str]) -> str:
    """Why a patch asks a requirement itself again; '' if it does not."""
    if not requirement.release_bound:
        return ''
    if not touches:
        return Message('the patch touches everything')
    if not requirement.inputs:
        return Message('it names no inputs, so it rests on everything')
    both = [i for i in requirement.inputs if i in touches]
    return Message('it rests on %(inputs)s', inputs=joined(both)) \
        if both else ''


def _down_the_line(state: State, direct: Iterable[str]) -> set[str]:
    """These keys and those of all that rests on them."""
    above: dict[str, list[str]] = {}
    for requirement in state.requirements:
        for base in requirement.rests_on:
            above.setdefault(base, []).append(requirement.key)
    groups = {r.key: r.group for r in state.requirements}
    found, todo = set(direct), list(direct)
    for key in todo:
        for name in (key, groups[key]):
            for other in above.pop(name, ()):
                if other not in found:
                    found.add(other)
                    todo.append(other)
    return found


def _rests(requirement: Requirement, state: State, reached: set[str]) -> str:
    """That it rests on something asked again, a phrase.

    By ticket: who reads it in a comment need not know the titles.
    """
    names = [f'#{r.ticket}' if r.ticket else r.title
             for r in state.requirements
             if r.key in requirement.rests_on and r.key in reached]
    names += [g.title for g in state.groups if g.key in requirement.rests_on
              and any(m.key in reached for m in state.members(g.key))]
    return Message('it rests on what is asked again: %(bases)s',
                   bases=joined(names))
