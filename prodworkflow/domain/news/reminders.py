"""Reminders: what time alone has to tell of a campaign on one day.

By level, not by equality: a level of days before the due day is reached on
its day and stays so; of those that are reached and were not told, the latest
is.  What was told is remembered by due day, so a moved one begins anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.permissions import ADMIN, LAUNCH, WAIVE
from prodworkflow.domain.model.signoff import SignOff, Waiver
from prodworkflow.domain.news.lines import line_of
from prodworkflow.domain.news.notices import Kind, Notice
from prodworkflow.domain.news.people import (
    able_people,
    all_contacts,
    told_contacts,
)
from prodworkflow.domain.rules.answers import Answer, Lift
from prodworkflow.domain.rules.bases import refusal
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.reconciliation.corrections import has_to_be_held
from prodworkflow.domain.rules.verdicts import earlier_gate
from prodworkflow.domain.rules.waivers import expired
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.my_signoffs import due_day
from prodworkflow.domain.views.timeline import days_away

DUE, ESCALATED, WAIVED, HELD = 'due', 'escalated', 'waiver', 'held'
# Of a hold: on a quiet day it is told later.
LATER, NOW = 1, 0
# Of a waiver: so many days before its last one, and when it has ended.
ENDING, ENDED = 3, -1


@dataclass(frozen=True)
class Told:
    """A fact that was told: its kind, about what and to whom, at which level.

    `subject` is the key of a requirement, the entry of a waiver or the moment
    of a hold; it and `person` are '' where they are of no matter.  `due` is
    the day that the level counts from.
    """

    kind: str
    subject: str
    person: str
    due: date
    level: int


@dataclass(frozen=True)
class Reminder:
    """Something that is to be told now, and the facts that it tells."""

    notice: Notice
    told: Told


def reminders(decision: Decision, told: Collection[Told],
              escalate_days: int) -> list[Reminder]:
    """What a campaign has to tell on the day of a decision.

    `told` is what was told before.  After `escalate_days` (0: never)
    administrators hear of what is overdue.  Nothing of a campaign that has
    ended or is in doubt; of a launched one on hold only its waivers.
    """
    if decision.snapshot.state.campaign.ended or decision.snapshot.doubts:
        return []
    found = [*_held(decision, told), *_waivers(decision)]
    if not _stands_still(decision):
        found += [*_due(decision), *_overdue(decision, escalate_days)]
    latest = _latest_levels(told)
    return [r for r in found if r.told.level < latest.get(
        _apart_from_level(r.told), r.told.level + 1)]


def level_of(days: int, levels: Collection[int]) -> int | None:
    """The latest level that is reached `days` before a day; None for none."""
    return min((level for level in levels if days <= level), default=None)


def _latest_levels(told: Collection[Told]) -> dict[Told, int]:
    """The latest level that was told of each fact, whatever its level."""
    found: dict[Told, int] = {}
    for fact in told:
        key = _apart_from_level(fact)
        found[key] = min(fact.level, found.get(key, fact.level))
    return found


def _apart_from_level(fact: Told) -> Told:
    return replace(fact, level=0)


def _stands_still(decision: Decision) -> bool:
    """Whether a launched campaign is on hold, or has to be."""
    campaign = decision.snapshot.state.campaign
    return bool(campaign.launched) and (bool(campaign.held_since)
                                        or has_to_be_held(decision))


def held_in_silence(decision: Decision) -> Told:
    """The fact of a hold of this day that is told later."""
    return Told(HELD, str(decision.snapshot.state.campaign.held_since), '',
                day_of(decision.asked), LATER)


def _held(decision: Decision, told: Collection[Told]) -> Iterator[Reminder]:
    """The hold that was to be told later, as long as it lasts."""
    state = decision.snapshot.state
    for fact in told:
        if (fact.kind, fact.subject, fact.level) == (
                HELD, str(state.campaign.held_since), LATER):
            yield Reminder(Notice(Kind.RUNNING, Message(
                '%(campaign)s is %(stopped)s.', campaign=state.campaign.name,
                stopped=state.campaign.stopped), None,
                all_contacts(state, day_of(decision.asked)), (LAUNCH,),
                Message('on hold')), replace(fact, level=NOW))


def _due(decision: Decision) -> Iterator[Reminder]:
    """Reminders of what may be signed today, for those who can."""
    day = day_of(decision.asked)
    levels = decision.snapshot.state.campaign.remind
    for answer in decision.launch.answers:
        due = due_day(decision, answer.requirement)
        level = level_of((due - day).days, levels) if due else None
        if due is None or level is None or not signable(decision, answer):
            continue
        for person in able_people(decision, answer):
            yield Reminder(
                _due_notice(decision, answer, (due - day).days, person),
                Told(DUE, answer.requirement.key, person, due, level))


def signable(decision: Decision, answer: Answer) -> bool:
    """Whether a requirement is needed, and the rules take it today.

    One that rests on what is unmet is not: who is waited for is reminded.
    """
    requirement, state = answer.requirement, decision.snapshot.state
    return (answer.blocks and requirement.key in decision.snapshot.tickets
            and not (state.campaign.blocks
                     and refusal(requirement, state, answer.bases))
            and not earlier_gate(decision, requirement))


def _due_notice(decision: Decision, answer: Answer, days: int,
                person: str) -> Notice:
    head = (Message('Sign-offs that are overdue wait for you.') if days < 0
            else Message('Sign-offs that are due soon wait for you.'))
    return Notice(Kind.REMINDERS, head, line_of(
        decision, answer.requirement, distance(days)), (person,))


def _overdue(decision: Decision, days: int) -> Iterator[Reminder]:
    """What administrators hear of: all that is needed and long overdue."""
    day = day_of(decision.asked)
    for answer in decision.launch.answers:
        due = due_day(decision, answer.requirement)
        if days and due and answer.blocks and (day - due).days >= days:
            yield Reminder(Notice(
                Kind.REMINDERS,
                Message('Nobody has signed what was due on %(due)s.',
                        due=due),
                line_of(decision, answer.requirement, Message(
                    '%(distance)s: %(words)s',
                    distance=distance((due - day).days),
                    words=answer.words)), holders=(ADMIN,)),
                Told(ESCALATED, '', '', due, 0))


def _waivers(decision: Decision) -> Iterator[Reminder]:
    """Waivers that end soon, and those that have ended with their day."""
    for answer in decision.launch.answers:
        for lift in answer.lifts:
            waiver = lift.waiver.waiver
            if waiver and lift.left <= ENDING:
                yield _ending(decision, answer, lift, waiver)
    over = expired(decision.launch.answers, decision.snapshot.state,
                   day_of(decision.asked))
    yield from (_ended(decision, s.signoff, s.signoff.waiver) for s in over
                if s.signoff.waiver)


def _ending(decision: Decision, answer: Answer, lift: Lift,
            waiver: Waiver) -> Reminder:
    return Reminder(_waiver_notice(
        decision, answer, Message('A waiver is about to end.'),
        Message('a waiver of #%(ticket)s ends with %(until)s',
                ticket=answer.requirement.ticket, until=waiver.until),
        Message('waived by %(by)s (%(lifted)s); the last day of the waiver '
                'is %(when)s, %(until)s', by=lift.waiver.signer,
                lifted=lift.words, when=days_away(lift.left),
                until=waiver.until)),
        Told(WAIVED, str(lift.waiver.number), '', waiver.until, ENDING))


def _ended(decision: Decision, signoff: SignOff, waiver: Waiver) -> Reminder:
    answer = decision.answer(signoff.requirement)
    return Reminder(_waiver_notice(
        decision, answer,
        Message('A waiver has ended, and what it lifted counts again.'),
        Message('a waiver of #%(ticket)s has ended',
                ticket=answer.requirement.ticket),
        Message('the waiver by %(by)s ended with %(until)s; %(words)s',
                by=signoff.signer, until=waiver.until, words=answer.words)),
        Told(WAIVED, str(signoff.number), '', waiver.until, ENDED))


def _waiver_notice(decision: Decision, answer: Answer, head: str,
                   subject: str, words: str) -> Notice:
    people = told_contacts(answer.requirement, decision.snapshot.state,
                           day_of(decision.asked))
    return Notice(Kind.WAIVERS, head,
                  line_of(decision, answer.requirement, words), people,
                  (WAIVE,), subject)


def distance(days: int) -> Message:
    """How far away a due day is, in words: `due in 2 days`, `3 days late`."""
    when = days_away(days)
    return when if days < 0 else Message('due %(when)s', when=when)
