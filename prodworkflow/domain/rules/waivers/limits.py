"""Waiver limits: how long, of which reasons and up to which value.

The template says so; where it is silent, as many days as the site's option
`waiver_days`, all reasons and ten times the bound.  The limits are those of
the day on which a waiver is given: later ones, or older waivers, are not
judged by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Reason, UNWAIVABLE
from prodworkflow.domain.quantities import tolerance, UnitError
from prodworkflow.domain.rules.evidence import value_of
from prodworkflow.domain.text import Message

TIMES = 10
DIGITS = 9
REASONS = tuple(r.value for r in Reason if r not in UNWAIVABLE)


@dataclass(frozen=True)
class Interval:
    """Two quantities in the unit of a value; '' for no end."""

    at_least: str = ''
    at_most: str = ''


def last_day(campaign: Campaign, day: date) -> date:
    """The last day (UTC) of the longest waiver that is given on a day."""
    return day + timedelta(days=days(campaign))


def days(campaign: Campaign) -> int:
    """For how many days a waiver may be given; 0 if none may."""
    return (campaign.waivers and campaign.waivers.days) or campaign.waiver_days


def none_given(campaign: Campaign) -> str:
    """Why no waiver may be given at all; '' if one may."""
    return '' if days(campaign) else Message(
        'no waiver is given in %(campaign)s: neither its template nor '
        '[prodworkflow] waiver_days in trac.ini says for how many days; write '
        'them there', campaign=campaign.name)


def liftable_reasons(campaign: Campaign) -> tuple[str, ...]:
    """The codes of the reasons that waivers may lift."""
    if none_given(campaign):
        return ()
    return (campaign.waivers and campaign.waivers.reasons) or REASONS


def tolerable(value: ValueSpec, state: State) -> Interval:
    """How far a value may be declared tolerable; UnitError if unreadable.

    `tolerable` of the template is the most or, of a value that has no upper
    end, the least.  Otherwise it is ten times the bound, or a tenth of it,
    and ten times the tolerance around the estimate, whichever is nearer.
    """
    least, most = _ends(value, state, TIMES)
    if value.tolerable and most is not None:
        return Interval(written(least, value.unit, up=True),
                        value.tolerable)
    return Interval(value.tolerable or written(least, value.unit, up=True),
                    written(most, value.unit))


def told(requirement: Requirement, state: State, day: date) -> list[str]:
    """How far a waiver of a requirement may go on a day, a phrase each."""
    campaign = state.campaign
    if none_given(campaign):
        return [none_given(campaign)]
    found: list[str] = [Message('at most %(days)s days, so up to %(last)s',
                                days=days(campaign),
                                last=last_day(campaign, day))]
    for value in requirement.asks.values:
        try:
            limit = tolerable(value, state)
        except UnitError:
            continue
        if limit.at_least:
            found.append(Message('%(title)s: not below %(limit)s',
                                 title=value.title, limit=limit.at_least))
        if limit.at_most:
            found.append(Message('%(title)s: not beyond %(limit)s',
                                 title=value.title, limit=limit.at_most))
    return found


def allowed(value: ValueSpec, state: State) -> Interval:
    """The interval in which a value is within its own bounds."""
    least, most = _ends(value, state, 1)
    return Interval(written(least, value.unit, up=True),
                    written(most, value.unit))


def estimate_lacking(value: ValueSpec, state: State) -> bool:
    """Whether the estimate that a value is compared with is not there."""
    return bool(value.compare_with) and not _estimate(value, state)


def _ends(value: ValueSpec, state: State,
          times: int) -> tuple[Fraction | None, Fraction | None]:
    """The nearest ends, each so many times as far away as it is asked."""
    least, most = [], []
    if value.at_least:
        bound = value.amount(value.at_least)
        least.append(bound - abs(bound) * (times - 1) / times)
    if value.at_most:
        bound = value.amount(value.at_most)
        most.append(bound + abs(bound) * (times - 1))
    text = _estimate(value, state)
    if text:
        estimate = value.amount(text)
        below, above = tolerance(value.tolerance)
        if below is not None:
            least.append(estimate - below * times * abs(estimate))
        if above is not None:
            most.append(estimate + above * times * abs(estimate))
    return max(least, default=None), min(most, default=None)


def _estimate(value: ValueSpec, state: State) -> str:
    other = next((r for r in state.requirements
                  if r.key == value.compare_with), None)
    return value_of(other, state, value.name) if other else ''


def written(number: Fraction | None, unit: str, up: bool = False) -> str:
    """A quantity as a decimal, rounded towards the bound; '' for None."""
    if number is None:
        return ''
    scaled = number * 10 ** DIGITS
    whole = -(-scaled // 1) if up else scaled // 1
    digits = f'{abs(whole):0{DIGITS + 1}d}'
    text = f'{digits[:-DIGITS]}.{digits[-DIGITS:]}'.rstrip('0').rstrip('.')
    return f'{"-" if whole < 0 else ""}{text} {unit}'
