"""Waiver requests: validation of a waiver that somebody wants to give."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from prodworkflow.domain.dates import typed_day
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Reason, UNWAIVABLE
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.evidence import faults, within
from prodworkflow.domain.text import joined, Message
from prodworkflow.domain.units import amount, complete, UnitError

_BOUND = re.compile(r'\s*([a-z0-9_]+)\s*(<=|>=)\s*(.+)', re.DOTALL)


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
        found = _BOUND.fullmatch(text)
        if not found:
            raise InvalidRequest([('bound', Message(
                '"%(text)s" is no bound; write '
                '"memory_growth <= 5 kB/event".', text=text[:64]))])
        least, most = bounds.get(found[1], ('', ''))
        bounds[found[1]] = ((least, found[3]) if found[2] == '<='
                            else (found[3], most))
    return bounds


def waiver(leave: WaiverRequest, requirement: Requirement, state: State,
           answers: Mapping[Reason, str], day: date) -> Waiver:
    """Validate a waiver; InvalidRequest with all problems.

    `answers` maps the present reasons against the requirement to their words;
    `day` is today (UTC).
    """
    problems: list[tuple[str, str]] = []
    _reason(leave, requirement, answers, problems)
    until = _until(leave.until, day, problems)
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


def liftable(answer: Answer) -> list[str]:
    """The reason codes that a waiver may name.

    They are the present reasons and, where values are asked for,
    `out-of-bounds`, which a later measurement may need.
    """
    found = [reason.value for reason in reasons(answer)]
    if answer.requirement.asks.values:
        found.append(Reason.OUT_OF_BOUNDS.value)
    return list(dict.fromkeys(found))


def _reason(leave: WaiverRequest, requirement: Requirement,
            answers: Mapping[Reason, str],
            problems: list[tuple[str, str]]) -> None:
    there = {r.value for r in answers}
    if requirement.asks.values:
        there.add(Reason.OUT_OF_BOUNDS.value)
    if leave.reason not in there:
        problems.append(('reason', Message(
            '"%(reason)s" does not stand against %(title)s; a waiver can '
            'lift %(there)s.',
            reason=leave.reason[:64], title=requirement.title,
            there=joined(sorted(there), 'or') or Message('nothing here'))))


def _until(text: str, day: date,
           problems: list[tuple[str, str]]) -> date | None:
    until = typed_day(text)
    if until is None or until < day:
        problems.append(('until', Message(
            '"%(text)s" is no day from today on; write the last day of the '
            'waiver as YYYY-MM-DD, for it must end (UTC).',
            text=text[:64])))
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
    found = [_bound(name, *ends, values, problems)
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
            b.name == f.name and within(b, f.text, values[f.name].unit)
            for b in bounds)]
    return bounds


def _bound(name: str, least: str, most: str,
           values: Mapping[str, ValueSpec],
           problems: list[tuple[str, str]]) -> Bound | None:
    if name not in values:
        problems.append(('bound', Message(
            'Bounds can be given for %(values)s, not "%(name)s".',
            values=joined(list(values)) or Message('nothing'),
            name=name[:64])))
        return None
    unit = values[name].unit
    try:
        ends = [complete(t, unit) if t.strip() else '' for t in (least, most)]
        if all(ends) and amount(ends[0], unit) > amount(ends[1], unit):
            raise UnitError(Message('no value is from %(least)s to %(most)s',
                                    least=ends[0], most=ends[1]))
        return Bound(name, *ends)
    except UnitError as error:
        problems.append(('bound', Message('%(title)s: %(error)s.',
                                          title=values[name].title,
                                          error=error.args[0])))
        return None



