"""Assignment with conflicts: can each task get its number of different people?

Nobody may do both tasks of a conflicting pair.  The answer is exact up to WAYS
combinations, then a conservative no.  The module knows only tasks, people and
pairs, nothing of campaigns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb

# So many ways are tried; in doubt after that there are too few people.
WAYS = 2000


@dataclass(frozen=True)
class Task:
    """A task that takes `needed` different people, out of `people`."""

    needed: int
    people: frozenset[str]

    def without(self, people: frozenset[str]) -> Task:
        """The task with fewer people to choose from."""
        return Task(self.needed, self.people - people)


_Tasks = dict[str, Task]


_Rivals = dict[str, set[str]]


def assignable(tasks: Mapping[str, Task],
               apart: Collection[frozenset[str]]) -> bool:
    """Whether every task gets enough people and nobody does two of a pair.

    `apart` holds sets of two keys of tasks.  False also where more than WAYS
    combinations would have to be tried.
    """
    rivals: _Rivals = {key: set() for key in tasks}
    for pair in apart:
        for one, other in combinations(pair, 2):
            if one in rivals and other in rivals:
                rivals[one].add(other)
                rivals[other].add(one)
    return _enough(dict(tasks), rivals, iter(range(WAYS)))


def _enough(tasks: _Tasks, rivals: _Rivals, ways: Iterator[int]) -> bool:
    """Reduce what is decided, then try each connected component by itself."""
    if not _settled(tasks, rivals):
        return False
    while tasks:
        part = _together(tasks, rivals)
        if not _tried(part, rivals, ways):
            return False
        tasks = {k: t for k, t in tasks.items() if k not in part}
    return True


def _settled(tasks: _Tasks, rivals: _Rivals) -> bool:
    """Remove decided tasks until nothing changes; False if one has too few."""
    open_ = list(tasks)
    while open_:
        key = open_.pop()
        if key in tasks:
            near = [k for k in rivals[key] if k in tasks]
            before = tasks[key]
            if not _settle(tasks, key, near):
                return False
            if tasks.get(key) != before:
                open_ += near
    for twins in _alike(tasks, rivals):
        for key in twins[1:]:
            del tasks[key]
    return True


def _settle(tasks: _Tasks, key: str, near: list[str]) -> bool:
    """Reduce one task by its rivals; False if it gets too few people.

    People whom no rival wants are assigned to it; people whom it cannot do
    without are taken from its rivals; if enough people remain whatever its
    rivals take, it is removed.
    """
    wanted = frozenset().union(*(tasks[k].people for k in near))
    people = tasks[key].people & wanted
    needed = tasks[key].needed - len(tasks[key].people - wanted)
    if needed > len(people):
        return False
    taken = sum(min(tasks[k].needed, len(tasks[k].people & people))
                for k in near)
    if needed <= max(0, len(people) - taken):
        del tasks[key]
    elif needed == len(people):
        del tasks[key]
        tasks.update({k: tasks[k].without(people) for k in near})
    else:
        tasks[key] = Task(needed, people)
    return True


def _alike(tasks: _Tasks, rivals: _Rivals) -> list[list[str]]:
    """Tasks that the same people can do, with the same rivals.

    Whoever does the one that needs most can do all of them.
    """
    found: dict[tuple, list[str]] = {}
    for key in sorted(tasks, key=lambda k: -tasks[k].needed):
        found.setdefault((tasks[key].people, frozenset(
            k for k in rivals[key] if k in tasks)), []).append(key)
    return list(found.values())


def _together(tasks: _Tasks, rivals: _Rivals) -> _Tasks:
    """The connected component of the first task."""
    found = [next(iter(tasks))]
    for key in found:
        found += [k for k in rivals[key] if k in tasks and k not in found]
    return {key: tasks[key] for key in found}


def _tried(tasks: _Tasks, rivals: _Rivals, ways: Iterator[int]) -> bool:
    """Try all combinations of the task that has the fewest of them."""
    key = min(tasks, key=lambda k: comb(len(tasks[k].people),
                                        tasks[k].needed))
    for chosen in combinations(sorted(tasks[key].people), tasks[key].needed):
        if next(ways, None) is None:
            return False
        left = {k: t.without(frozenset(chosen)) if k in rivals[key] else t
                for k, t in tasks.items() if k != key}
        if _enough(left, rivals, ways):
            return True
    return False
