"""Template checks of `rests_on`: unknown keys, the order, and circles.

Linear in the number of requirements and their bases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from prodworkflow.domain.text import joined, Message, nearest


class RestingRequirement(NamedTuple):
    """A requirement with the keys that it rests on.

    `stage` is the position of its stage, `path` that of `rests_on` in the
    text.
    """

    key: str
    stage: int
    rests_on: tuple[str, ...]
    path: tuple


def base_mistakes(
        found: Sequence[RestingRequirement]) -> Iterator[tuple[tuple, str]]:
    """Check the bases of all requirements: paths with messages."""
    known = {each.key: each for each in found}
    for each in found:
        for key in each.rests_on:
            if key not in known:
                yield each.path, _unknown(key, known)
            elif known[key].stage > each.stage:
                yield each.path, Message(
                    '"%(key)s" comes in a later stage; name a requirement '
                    'of this stage or of an earlier one', key=key)
    yield from _circles(found, known)


def _unknown(key: str, known: Mapping[str, RestingRequirement]) -> Message:
    near = nearest(key, known)
    hint = Message('; write "%(near)s"', near=near) if near else ''
    return Message('there is no requirement "%(key)s"; known are '
                   '%(shown)s%(hint)s', key=key,
                   shown=', '.join(list(known)[:20]), hint=hint)


def _circles(found: Sequence[RestingRequirement],
             known: Mapping[str, RestingRequirement]
             ) -> Iterator[tuple[tuple, str]]:
    """Each circle once, at its first requirement in the text."""
    left = _never_met(found, known)
    places = {key: n for n, key in enumerate(left)}
    walked: set[str] = set()
    for each in left.values():
        circle = _circle_from(each.key, left, walked)
        if circle:
            first = min(circle, key=places.__getitem__)
            place = circle.index(first)
            round_ = [*circle[place:], *circle[:place], first]
            yield left[first].path, Message(
                'a requirement cannot rest on itself: %(first)s rests on '
                '%(bases)s; take one of them out', first=first,
                bases=joined(round_[1:]))


def _never_met(found: Sequence[RestingRequirement],
               known: Mapping[str, RestingRequirement]
               ) -> dict[str, RestingRequirement]:
    """The requirements that lie in a circle or rest on one."""
    open_ = {each.key: len({k for k in each.rests_on if k in known})
             for each in found}
    above: dict[str, list[str]] = {}
    for each in found:
        for key in {*each.rests_on}:
            above.setdefault(key, []).append(each.key)
    ready = [key for key, count in open_.items() if not count]
    for key in ready:
        for other in above.get(key, ()):
            open_[other] -= 1
            if not open_[other]:
                ready.append(other)
    return {key: known[key] for key, count in open_.items() if count}


def _circle_from(key: str, left: Mapping[str, RestingRequirement],
                 walked: set[str]) -> list[str]:
    """The circle to which the bases lead; empty where one walked before."""
    way: dict[str, int] = {}
    while key not in way and key not in walked:
        way[key] = len(way)
        key = next(k for k in left[key].rests_on if k in left)
    walked.update(way)
    return list(way)[way[key]:] if key in way else []
