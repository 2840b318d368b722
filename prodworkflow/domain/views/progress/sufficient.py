"""Sufficient members: the fewest further ones that reach a group's rule."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from prodworkflow.domain.model.coverage_rule import Rule, rule, weight
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Coverage
from prodworkflow.domain.text import joined, Message

# So many are named; more are counted.
NAMED = 4


def sufficient(group: Coverage) -> str:
    """What few further members would reach the rule, in words.

    '' where it is reached, where no open member reaches it, and where all
    that are open are needed and too many to be named.
    """
    chosen = _chosen(group)
    if not chosen or not _with(group, chosen).reached:
        return ''
    read = rule(group.group.rule)
    if read.at_least and len(chosen) < len(group.open):
        return _any(len(chosen))
    if len(chosen) <= NAMED:
        return Message('%(names)s would be enough', names=joined([
            group.names.get(a.requirement.item, a.requirement.item)
            for a in chosen]))
    return Message('the %(count)s largest that are open would be enough',
                   count=len(chosen)) if read.share else ''


def bound(group: Coverage) -> float | None:
    """Where the rule is reached, from 0 to 1 of the group; None if unknown."""
    try:
        return _part(rule(group.group.rule), len(group.answers))
    except ValueError:
        return None


def _part(read: Rule, members: int) -> float:
    if read.share:
        return float(read.share)
    return min(read.at_least / members, 1.0) if read.at_least and members \
        else 1.0


def reached_part(group: Coverage) -> float:
    """How far the group is on the scale of its rule, from 0 to 1."""
    share = group.agreed_share if group.group.counts else group.share
    if share is None or not _weighed(group):
        share = Fraction(group.met, max(len(group.answers), 1))
    return float(share)


def _weighed(group: Coverage) -> bool:
    try:
        return bool(rule(group.group.rule).share)
    except ValueError:
        return False


def _any(count: int) -> Message:
    if count == 1:
        return Message('any one that is open would be enough')
    return Message('any %(count)s that are open would be enough', count=count)


def _chosen(group: Coverage) -> list[Answer]:
    """The heaviest open members, as many as are missing at the least."""
    return sorted(group.open, key=_weight, reverse=True)[:group.missing]


def _weight(answer: Answer) -> Fraction:
    try:
        return weight(answer.requirement.weight)
    except ValueError:
        return Fraction(0)


def _with(group: Coverage, chosen: list[Answer]) -> Coverage:
    """The group, judged as if these members were met."""
    keys = {a.requirement.key for a in chosen}
    return replace(group, answers=tuple(
        replace(a, reason=None) if a.requirement.key in keys else a
        for a in group.answers)).judged()
