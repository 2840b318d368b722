"""Which quorum nobody can reach, told before anybody waits for it."""

from __future__ import annotations

from collections.abc import Mapping

from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.assignment import assignable, Task
from prodworkflow.domain.rules.separation import pairs, tied
from prodworkflow.domain.text import joined, some


def unreachable_quorums(state: State, members: Mapping[str, frozenset[str]],
                        administrators: frozenset[str]) -> list[tuple[str,
                                                                      str]]:
    """Requirements whose quorum nobody can reach: (key, words).

    `members` maps each group, without its @, to its people.
    """
    people = {r.key: _people(r, members, administrators)
              for r in state.requirements}
    enough = _enough(state, people)
    found = []
    for requirement in state.requirements:
        words = (_short(requirement, people[requirement.key])
                 or _crowded(state, requirement, people)
                 or ('' if enough.get(requirement.key, True)
                     else _stretched(state, requirement, people)))
        if words:
            found.append((requirement.key, words))
    return found


def _people(requirement: Requirement, members: Mapping[str, frozenset[str]],
            administrators: frozenset[str]) -> frozenset[str]:
    if not requirement.contacts:
        return administrators
    return frozenset().union(*(
        members.get(c[1:], frozenset()) if c[:1] == GROUP else {c}
        for c in requirement.contacts))


def _short(requirement: Requirement, people: frozenset[str]) -> str:
    if len(people) >= requirement.quorum or not (
            requirement.contacts or requirement.quorum > 1):
        return ''
    who = (f'only {joined(sorted(people))} can sign it' if people
           else 'nobody can sign it')
    return (f'The quorum of {requirement.key} ({requirement.title}) is '
            f'{requirement.quorum}, but {who}; name more contacts or lower '
            'the quorum.')


def _enough(state: State,
            people: Mapping[str, frozenset[str]]) -> dict[str, bool]:
    """Whether people are enough for all that is tied to a requirement.

    For each that names another one; what is tied together is judged once.
    """
    apart = pairs(state)
    found: dict[str, bool] = {}
    for requirement in state.requirements:
        if requirement.separate_from and requirement.key not in found:
            bound = tied(state, requirement)
            enough = assignable({r.key: Task(r.quorum, people[r.key])
                                 for r in bound if r.contacts}, apart)
            found.update({r.key: enough for r in bound if r.separate_from})
    return found


def _crowded(state: State, requirement: Requirement,
             people: Mapping[str, frozenset[str]]) -> str:
    if not requirement.separate_from:
        return ''
    other = next((r for r in state.apart_from(requirement.key)
                  if r.key == requirement.separate_from), None)
    if other and requirement.contacts and other.contacts:
        together = people[requirement.key] | people[other.key]
        if len(together) < requirement.quorum + other.quorum:
            return (f'{requirement.key} ({requirement.title}) has to be '
                    f'signed by others than {other.key} ({other.title}), '
                    f'but only {joined(sorted(together))} can sign them; '
                    'name more contacts.')
    return ''


def _stretched(state: State, requirement: Requirement,
               people: Mapping[str, frozenset[str]]) -> str:
    """That people enough for each pair are too few for all of them."""
    bound = [r for r in tied(state, requirement) if r.contacts]
    everybody = frozenset().union(*(people[r.key] for r in bound))
    return (f'{requirement.key} ({requirement.title}) cannot be signed by '
            f'others than {requirement.separate_from}: '
            f'{some(sorted(everybody))} are too few for all of '
            f'{some([r.key for r in bound])}; name more contacts.')
