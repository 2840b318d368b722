"""Notices of what is asked for the first time: a campaign, an item, a role."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.lines import line_of
from prodworkflow.domain.news.notices import Kind, Notice
from prodworkflow.domain.news.people import told_contacts
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.text import Message

MADE = Message('You are asked to sign')
NAMED = Message('You are named to sign')


def made_notices(change: DecidedChange) -> Iterator[Notice]:
    """What is asked of whom for the first time.

    Of all sign-offs of a new campaign and of a new item, its contacts; of
    others those who were not contacts before, while it is not signed.
    """
    state = change.before.snapshot.state if change.before else None
    known = {r.key: r for r in state.requirements} if state else {}
    for answer in change.after.launch.answers:
        requirement = answer.requirement
        if requirement.asks.automatic:
            continue
        former = known.get(requirement.key)
        if former is None:
            yield _notice(change.after, requirement, MADE, told_contacts(
                requirement, change.after.snapshot.state,
                day_of(change.after.asked)))
        elif not answer.met:
            new = [c for c in requirement.contacts
                   if c not in former.contacts]
            if new:
                yield _notice(change.after, requirement, NAMED, _present(
                    change.after, requirement, new))


def _present(decision: Decision, requirement: Requirement,
             contacts: list[str]) -> tuple[str, ...]:
    """The new contacts of a requirement, or who stands for them."""
    state, day = decision.snapshot.state, day_of(decision.asked)
    former = frozenset(requirement.contacts) - {*contacts}
    return tuple(c for c in told_contacts(requirement, state, day)
                 if c not in former)


def _notice(decision: Decision, requirement: Requirement, head: str,
            people: tuple[str, ...]) -> Notice:
    return Notice(Kind.MADE, head, line_of(decision, requirement), people,
                  () if requirement.contacts else (ADMIN,))
