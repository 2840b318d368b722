"""Waiver requests: validation of a waiver that somebody wants to give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from prodworkflow.domain.dates import typed_day
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.value_bound import value_bound
from prodworkflow.domain.model.vocabulary import Reason, UNWAIVABLE
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.evidence import faults, within
from prodworkflow.domain.rules.waivers.limits import (
    days,
    last_day,
    liftable_reasons,
    none_given,
)
from prodworkflow.domain.rules.waivers.tolerances import bound
from prodworkflow.domain.text import joined, Message


@dataclass(frozen=True)
class WaiverRequest:
    """A waiver as typed; `bounds` maps values to (at least, at most)."""

    reason: str
    until: str
    bounds: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def bounds_of(texts: list[str]) -> dict[str, tuple[str, str]]:
    """Parse bounds like `memory_growth <= 5 kB/event`.

    InvalidRequest if a text is none; the result maps values to (at least, at
    most), '' for no end.
    """
    bounds: dict[str, tuple[str, str]] = {}
    for text in texts:
        found = value_bound(text)
        if found is None:
            raise InvalidRequest([('bound', Message(
                '"%(text)s" is no bound; write '
                '"memory_growth <= 5 kB/event".', text=text[:64]))])
        least, most = bounds.get(found.name, ('', ''))
        bounds[found.name] = ((least, found.quantity) if found.most
                              else (found.quantity, most))
    return bounds


def waiver(leave: WaiverRequest, requirement: Requirement, state: State,
           answers: Mapping[Reason, str], day: date) -> Waiver:
    """Validate a waiver; InvalidRequest with all problems.

    `answers` maps the present reasons against the requirement to their words;
    `day` is today (UTC).
    """
    if none_given(state.campaign):
        raise InvalidRequest([('until', none_given(state.campaign))])
    problems: list[tuple[str, str]] = []
    _reason(leave, requirement, state.campaign, answers, problems)
    until = _until(leave.until, state.campaign, day, problems)
    bounds = _bounds(leave, requirement, state, problems)
    if problems or until is None:
        raise InvalidRequest(problems)
    return Waiver(leave.reason, until, bounds)


def reasons(answer: Answer) -> dict[Reason, str]:
    """The reasons of an answer that a waiver could lift, with their words."""
    found = {lift.reason: lift.words for lift in answer.lifts}
    if answer.reason and answer.reason not in UNWAIVABLE:
        found.setdefault(answer.reason, answer.words)
    return found


def liftable(answer: Answer, campaign: Campaign) -> list[str]:
    """The reason codes that a waiver may name.

    They are the present reasons and, where values are asked for,
    `out-of-bounds`, which a later measurement may need; as far as the
    campaign allows waivers of them.
    """
    found = [reason.value for reason in reasons(answer)]
    if answer.requirement.asks.values:
        found.append(Reason.OUT_OF_BOUNDS.value)
    able = liftable_reasons(campaign)
    return [r for r in dict.fromkeys(found) if r in able]


def _reason(leave: WaiverRequest, requirement: Requirement,
            campaign: Campaign, answers: Mapping[Reason, str],
            problems: list[tuple[str, str]]) -> None:
    there = {r.value for r in answers}
    if requirement.asks.values:
        there.add(Reason.OUT_OF_BOUNDS.value)
    able = liftable_reasons(campaign)
    if leave.reason not in there:
        problems.append(('reason', Message(
            '"%(reason)s" does not stand against %(title)s; a waiver can '
            'lift %(there)s.',
            reason=leave.reason[:64], title=requirement.title,
            there=joined(sorted(there.intersection(able)), 'or')
            or Message('nothing here'))))
    elif leave.reason not in able:
        problems.append(('reason', Message(
            '"%(reason)s" cannot be waived in %(campaign)s: its template '
            'allows waivers of %(able)s only. What stands against '
            '%(title)s has to be mended.', reason=leave.reason,
            campaign=campaign.name, able=joined(able),
            title=requirement.title)))


def _until(text: str, campaign: Campaign, day: date,
           problems: list[tuple[str, str]]) -> date | None:
    until, last = typed_day(text), last_day(campaign, day)
    if until is None or until < day:
        problems.append(('until', Message(
            '"%(text)s" is no day from today on; write the last day of the '
            'waiver as YYYY-MM-DD, for it must end (UTC).',
            text=text[:64])))
        return None
    if until > last:
        problems.append(('until', Message(
            'A waiver in %(campaign)s lasts at most %(days)s days; write a '
            'day up to %(last)s, and give another one then if it is still '
            'needed.', campaign=campaign.name, days=days(campaign),
            last=last)))
        return None
    return until


def _bounds(leave: WaiverRequest, requirement: Requirement, state: State,
            problems: list[tuple[str, str]]) -> tuple[Bound, ...]:
    if leave.reason != Reason.OUT_OF_BOUNDS.value:
        if any(any(b) for b in leave.bounds.values()):
            problems.append(('bound', Message(
                'Only a waiver of "out-of-bounds" has bounds; leave them '
                'out.')))
        return ()
    values = {v.name: v for v in requirement.asks.values}
    found = [bound(name, ends, values, state, problems)
             for name, ends in leave.bounds.items() if any(ends)]
    bounds = tuple(b for b in found if b)
    if not found:
        problems.append(('bound', Message(
            'Say up to what it is tolerable: give a bound for %(values)s.',
            values=joined(list(values), 'or'))))
    problems += [
        ('bound', Message('%(words)s; the waiver would not cover it. Give '
                          '%(name)s a bound that does.',
                          words=f.words, name=f.name))
        for f in faults(requirement, state)
        if len(bounds) == len(found) and not any(
            b.name == f.name and within(b, f.text, values[f.name])
            for b in bounds)]
    return bounds
