"""Waiver proposal: what the form of a waiver is filled in with.

Its last day is the planned start or, where that is past or too far away, the
most that is allowed; its bounds are the measured values or, where those are
not tolerable or there are none, the most that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import value_of
from prodworkflow.domain.quantities import UnitError
from prodworkflow.domain.rules.answers import Reason
from prodworkflow.domain.rules.evidence import faults
from prodworkflow.domain.rules.values.confidence import surely
from prodworkflow.domain.rules.waivers.limits import (
    allowed,
    Interval,
    last_day,
    tolerable,
    written,
)

OUT = Reason.OUT_OF_BOUNDS.value
NONE = Interval()


@dataclass(frozen=True)
class WaiverProposal:
    """A waiver as it could be given; `bounds` by the names of values."""

    reason: str
    until: date
    bounds: Mapping[str, Interval]

    def at_least(self, name: str) -> str:
        """From where a value would be tolerable; '' for no such end."""
        return self.bounds.get(name, NONE).at_least

    def at_most(self, name: str) -> str:
        """Up to where a value would be tolerable; '' for no such end."""
        return self.bounds.get(name, NONE).at_most


def waiver_proposal(requirement: Requirement, state: State, day: date,
                    liftable: list[str]) -> WaiverProposal:
    """The waiver that is proposed on a day (UTC); of a reason in `liftable`.
    """
    out = {f.name for f in faults(requirement, state)}
    reason = OUT if out and OUT in liftable else liftable[0]
    bounds = {v.name: _bound(v, value_of(requirement, state, v.name), state)
              for v in requirement.asks.values
              if reason == OUT and (v.name in out or not out)}
    return WaiverProposal(reason, _until(state.campaign, day), bounds)


def _until(campaign: Campaign, day: date) -> date:
    last = last_day(campaign, day)
    if campaign.start is None or campaign.start < day:
        return last
    return min(campaign.start, last)


def _bound(value: ValueSpec, text: str, state: State) -> Interval:
    """The bound that just tolerates a value; none where it cannot be read."""
    try:
        return _just(value, text, allowed(value, state),
                     tolerable(value, state))
    except UnitError:
        return NONE


def _just(value: ValueSpec, text: str, own: Interval,
          limit: Interval) -> Interval:
    """The end beyond which the value is, as far as it is tolerable."""
    if not text:
        return limit
    measured = value.amount(text)
    if own.at_most and measured > value.amount(own.at_most):
        return Interval('', _end(value, text, limit.at_most, True))
    if own.at_least and measured < value.amount(own.at_least):
        return Interval(_end(value, text, limit.at_least, False))
    return limit


def _end(value: ValueSpec, text: str, limit: str, most: bool) -> str:
    """The end that a value surely keeps, or what is tolerable at all."""
    measured = value.measurement(text)
    plain = measured.error is None and measured.total is None
    sure = surely(value, measured, most)
    far = value.amount(limit)
    if sure is None or (sure > far if most else sure < far):
        return limit
    return text if plain and not value.confidence else written(
        sure, value.unit, up=most)
