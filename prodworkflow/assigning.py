"""Whether enough different people are there, where some may not do both.

Pure, and without any of our nouns: tasks, the people who can do each, and
the pairs of tasks that nobody may do both of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Task:
    """What `needed` different ones of `people` have to do."""

    needed: int
    people: frozenset[str]


def assignable(tasks: Mapping[str, Task],
               apart: Collection[frozenset[str]]) -> bool:
    """Whether each task gets whom it needs and nobody does two of a pair.

    A task that more people can do than all tasks need finds them last.
    """
    total = sum(t.needed for t in tasks.values())
    keys = sorted(k for k, t in tasks.items() if len(t.people) < total)
    if len(keys) < len(tasks):
        return assignable({k: tasks[k] for k in keys}, apart)
    everybody = sorted(frozenset().union(*(t.people for t in tasks.values())))
    choices = [list(_choices([i for i, k in enumerate(keys)
                              if person in tasks[k].people], keys, apart))
               for person in everybody]

    @cache
    def enough(person: int, needs: tuple[int, ...]) -> bool:
        if not any(needs):
            return True
        if person == len(choices) or max(needs) > len(choices) - person:
            return False
        return any(enough(person + 1, tuple(
            max(n - (i in choice), 0) for i, n in enumerate(needs)))
            for choice in choices[person])

    return enough(0, tuple(tasks[k].needed for k in keys))


def _choices(able: list[int], keys: list[str],
             apart: Collection[frozenset[str]]) -> Iterator[frozenset[int]]:
    """All that one person can do at once, each as much as they can."""
    found = [frozenset[int]()]
    for i in able:
        found += [c | {i} for c in found if not any(
            frozenset((keys[i], keys[other])) in apart for other in c)]
    return (c for c in found if not any(c < more for more in found))
