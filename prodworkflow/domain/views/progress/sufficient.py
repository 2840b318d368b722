"""Groups in few words: how far each is, and what would be enough."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from prodworkflow.domain.model.coverage_rule import (
    ALL,
    percent,
    Rule,
    rule,
    weight,
)
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


def reached_part(group: Coverage) -> Fraction:
    """How far the group is on the scale of its rule, from 0 to 1."""
    return _share(group) or Fraction(group.met, max(len(group.answers), 1))


def counted(group: Coverage) -> Message:
    """How far the group is, short: `77.4 % of 90 % capacity`."""
    met, count, share = group.met, len(group.answers), _share(group)
    if share is not None and group.reached:
        return Message('%(share)s of capacity, enough', share=percent(share))
    if group.reached:
        return Message('%(met)s of %(count)s, enough', met=met, count=count)
    if share is not None:
        return Message('%(share)s of %(needed)s capacity',
                       share=percent(share),
                       needed=percent(rule(group.group.rule).share))
    if group.group.rule.strip() == ALL and not group.group.counts:
        return Message('%(met)s of %(count)s, all needed', met=met,
                       count=count)
    return Message('%(met)s of %(count)s, needs %(rule)s', met=met,
                   count=count, rule=group.rule)


def _share(group: Coverage) -> Fraction | None:
    """The share of weight that its rule is about; None if about none."""
    try:
        weighed = rule(group.group.rule).share
    except ValueError:
        return None
    if not weighed:
        return None
    return group.agreed_share if group.group.counts else group.share


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
