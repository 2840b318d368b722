"""Notices of turns: what waits for people who did not have to sign before."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.lines import line_of
from prodworkflow.domain.news.notices import Kind, Notice
from prodworkflow.domain.news.people import waiting_people
from prodworkflow.domain.text import Message

TURN = Message('It is your turn')


def turn_notices(change: DecidedChange) -> Iterator[Notice]:
    """What waits for somebody now that did not before.

    Who is asked by a new campaign is told of that alone.
    """
    if change.before is None:
        return
    before = waiting_people(change.before)
    for key, people in waiting_people(change.after).items():
        new = tuple(p for p in people if p not in before.get(key, ()))
        if new:
            yield Notice(Kind.TURN, TURN, line_of(
                change.after, change.after.answer(key).requirement), new)
