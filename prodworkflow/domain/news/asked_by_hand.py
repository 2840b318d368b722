"""Reminders by hand: somebody is reminded now of all that waits for them."""

from __future__ import annotations

from collections.abc import Mapping

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.news.lines import line_of
from prodworkflow.domain.news.notices import Kind, Notice
from prodworkflow.domain.news.reminders import signable, Told
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.lifecycle_actions import read_only
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.my_signoffs import due_day
from prodworkflow.domain.views.timeline import days_away

ASKED = 'asked'


def fact(decision: Decision, name: str) -> Told:
    """That a login or a group (behind an @) is reminded on this day."""
    return Told(ASKED, '', name, day_of(decision.asked), 0)


def refusal(decision: Decision, name: str, actor: Person,
            last: Mapping[str, int]) -> Message | None:
    """Why somebody may not remind a login or group now; None if they may.

    `last` maps those who were reminded to when they last were, in µs UTC.
    """
    if decision.snapshot.state.campaign.ended:
        return read_only(decision.snapshot.state)
    if not actor.administrator:
        return Message('only a holder of %(permission)s reminds others',
                       permission=ADMIN)
    if day_of(last.get(name, 0)) == day_of(decision.asked):
        return Message('%(name)s was reminded today already; try again '
                       'tomorrow', name=name[:64])
    if not _waiting(decision, name):
        return Message('nothing waits for %(name)s that can be signed now',
                       name=name[:64])
    return None


def notices_for(decision: Decision, name: str, actor: str) -> list[Notice]:
    """What a login or group is told; their deputies are in their place."""
    return [_notice(decision, answer, name, actor)
            for answer in _waiting(decision, name)]


def _waiting(decision: Decision, name: str) -> list[Answer]:
    return [a for a in decision.launch.answers
            if signable(decision, a) and name in (
                *a.awaits.contacts, *(d.person for d in a.awaits.deputies))]


def _notice(decision: Decision, answer: Answer, name: str,
            actor: str) -> Notice:
    day, due = day_of(decision.asked), due_day(decision, answer.requirement)
    deputies = tuple(d.person for d in answer.awaits.deputies
                     if d.stands_for == name)
    return Notice(
        Kind.REMINDERS, Message('%(actor)s reminds you: these sign-offs wait '
                                'for you.', actor=actor),
        line_of(decision, answer.requirement, days_away((due - day).days)
                if due else ''), deputies or (name,))
