"""Notices of turns: what waits for people who did not have to sign before."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.lines import line_of
from prodworkflow.domain.news.notices import Kind, Notice
from prodworkflow.domain.news.people import waiting_people
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.my_signoffs import is_there, part_of

TURN = Message('It is your turn')


def turn_notices(change: DecidedChange) -> Iterator[Notice]:
    """What waits for somebody now that did not before.

    Who is asked by a new campaign is told of that alone.
    """
    if change.before is None:
        return
    keys = touched_keys(change.before, change.after)
    before = waiting_people(change.before, keys)
    for key, people in waiting_people(change.after, keys).items():
        new = tuple(p for p in people if p not in before.get(key, ()))
        if new:
            yield Notice(Kind.TURN, TURN, line_of(
                change.after, change.after.answer(key).requirement), new)


def touched_keys(before: Decision, after: Decision) -> frozenset[str]:
    """The keys of what may wait for others than before."""
    was = {a.requirement.key: _judged(before, a)
           for a in before.launch.answers}
    return frozenset(
        a.requirement.key for a in after.launch.answers
        if was.get(a.requirement.key) != _judged(after, a))


def _judged(decision: Decision, answer: Answer) -> tuple[object, ...]:
    """All that says of an answer for whom it waits."""
    campaign = decision.snapshot.state.campaign
    return (answer.requirement, answer.awaits, campaign.deputies,
            campaign.ended, is_there(decision, answer)
            and part_of(decision, answer))
