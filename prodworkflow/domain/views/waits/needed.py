"""Needed sign-offs: those without which a gate does not open.

Of a group that needs only a part of its members, these are the fewest that
would be enough: the heaviest ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from prodworkflow.domain.model.coverage_rule import rule, weight
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Coverage


def needed_keys(answers: Iterable[Answer],
                groups: Iterable[Coverage]) -> frozenset[str]:
    """The keys of the unmet requirements that a gate waits for."""
    found = {a.requirement.key for a in answers if a.blocks}
    for group in groups:
        found -= {a.requirement.key for a in group.open}
        found.update(_fewest(group))
    return frozenset(found)


def _fewest(group: Coverage) -> Iterator[str]:
    """The heaviest open members that are enough, and all of equal weight."""
    weights = _weights(group)
    missing = group.missing
    least = sorted(weights, reverse=True)[missing - 1] if missing else None
    for answer, found in zip(group.open, weights):
        if least is not None and found >= least:
            yield answer.requirement.key


def _weights(group: Coverage) -> list[Fraction]:
    """What each open member counts: its weight, or 1 where none counts."""
    try:
        if rule(group.group.rule).share:
            return [weight(a.requirement.weight) for a in group.open]
    except ValueError:
        pass
    return [Fraction(1)] * len(group.open)
