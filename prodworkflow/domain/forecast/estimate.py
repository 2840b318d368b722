"""Forecast estimate: when a gate will open, from past response times.

Stages follow one another.  An unmet requirement is expected when its contact,
counted from the turn, has taken the median (or 90 %) of their past response
times, of those that are longer than it has waited already; a group, when
enough of its members are expected.  The slowest requirement of each stage
counts, and stages add up: so 90 % is a cautious figure, and neither is a
promise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.forecast.response_times import turn, unmet_of
from prodworkflow.domain.forecast.result import Critical, Forecast, Outlook
from prodworkflow.domain.model import coverage_rule
from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.rules.answers import Answer, Reason
from prodworkflow.domain.rules.decision import Coverage, Decision, Gate
from prodworkflow.domain.rules.eligibility import different, valid
from prodworkflow.domain.text import Message

NEEDED = 3


NINETY = 0.9


# Where something is hidden, numbers would tell of it.
UNCOUNTED = Message(
    'too little is known of how fast the open sign-offs are given (it takes '
    '%(needed)s past ones of a contact)', needed=NEEDED)


Pace = Mapping[str, Sequence[int]]


def forecast(decision: Decision, gate: Gate, pace: Pace) -> Forecast:
    """Estimate when a gate of a campaign will open.

    `pace` maps contacts ('': the administrators) to past response times in µs;
    fewer than NEEDED of them are no basis.
    """
    campaign = decision.snapshot.state.campaign
    asked, start = day_of(decision.asked), _start(campaign)
    known = stopped(campaign, asked)
    if known:
        return known
    found = _known(gate)
    if found:
        return Forecast(found[0], asked, start, because=found[1])
    walk = _Walk(decision, pace)
    walk.upto(gate)
    if walk.unknown:
        return Forecast(
            Outlook.TOO_LITTLE_KNOWN, asked, start,
            because=Message('too little is known of how fast %(unknown)s of '
                            '%(count)s open sign-offs are given (it takes '
                            '%(needed)s past ones of a contact)',
                            unknown=walk.unknown, needed=NEEDED,
                            count=walk.unknown + walk.known))
    return Forecast(Outlook.EXPECTED, asked, start,
                    day_of(walk.reached[0]), day_of(walk.reached[1]),
                    walk.critical)


def stopped(campaign: Campaign, asked: date) -> Forecast | None:
    """The forecast of a campaign that has ended or is on hold, else None."""
    if campaign.ended:
        return Forecast(Outlook.ENDED, asked, _start(campaign),
                        because=Message('the campaign is %(phase)s',
                                        phase=campaign.phase))
    if campaign.held_since:
        return Forecast(Outlook.ON_HOLD, asked, _start(campaign),
                        because=Message('the campaign is on hold %(hold)s',
                                        hold=campaign.hold))
    return None


def quantile(values: Sequence[float], share: float) -> int:
    """The median for a share of 0.5, else the nearest-rank quantile.

    ValueError or IndexError if there are no values.
    """
    if share == 0.5:
        return int(median(values))
    return int(sorted(values)[math.ceil(share * len(values)) - 1])


def response(past: Sequence[int], waits: int, share: float) -> int:
    """The expected response time (µs) of somebody who took `waits` already.

    Only longer past response times count; without any, it may come any moment.
    """
    return quantile([p for p in past if p > waits] or [waits], share)


def _start(campaign: Campaign) -> date | None:
    """The planned start; a production that runs is not late for it."""
    return None if campaign.launched else campaign.start


def _known(gate: Gate) -> tuple[Outlook, str] | None:
    """The outlook, with words, where there is nothing to estimate."""
    if gate.open:
        return Outlook.READY, ''
    if any(o.kind == 'in-doubt' for o in gate.obstacles):
        return Outlook.BLOCKED, Message(
            'the record of the campaign is in doubt')
    if any(a.reason is Reason.TICKET_MISSING for a in gate.unmet):
        return Outlook.BLOCKED, Message('a sign-off ticket is missing')
    if not gate.unmet:
        return Outlook.BLOCKED, Message(
            'all sign-offs are given, something else is in the way')
    return None


@dataclass(frozen=True)
class _Due:
    """When a sign-off is expected: (median, 90 %) in µs UTC.

    `takes` is how long it still takes, in µs.
    """

    at: tuple[int, int]
    takes: int
    critical: Critical


class _Walk:
    """A walk through the stages, each begun when the one before is passed."""

    def __init__(self, decision: Decision, pace: Pace) -> None:
        self.decision = decision
        self.pace = pace
        self.reached = (decision.asked, decision.asked)
        self.begun = False
        self.known = self.unknown = 0
        self.longest = -1
        self.critical: Critical | None = None

    def upto(self, gate: Gate) -> None:
        """Walk through all stages up to the one of a gate."""
        for each in self.decision.gates:
            if each.stage.number <= gate.stage.number:
                self._stage(self._dues(each))

    def _dues(self, gate: Gate) -> list[_Due | None]:
        """What a stage still waits for; None for what cannot be estimated."""
        short = {g.group.key: g for g in gate.groups if not g.reached}
        own = unmet_of(self.decision, gate.stage)
        alone = [self._due(a) for a in own
                 if a.requirement.group not in short]
        return alone + [
            self._enough(g, [self._due(a) for a in own
                             if a.requirement.group == key])
            for key, g in short.items() if g.group.stage == gate.stage.key]

    def _enough(self, group: Coverage,
                dues: list[_Due | None]) -> _Due | None:
        """When enough of a group are expected; None if that is unknown."""
        found = [d for d in dues if d]
        by_median = _reaching(group, sorted(found, key=lambda d: d.at))
        by_ninety = _reaching(group, sorted(found, key=lambda d: d.at[1]))
        if by_median is None or by_ninety is None:
            return None
        return replace(by_median, at=(by_median.at[0], by_ninety.at[1]))

    def _stage(self, dues: list[_Due | None]) -> None:
        """Add a stage: its slowest sign-off counts."""
        found = [d for d in dues if d]
        self.known += len(found)
        self.unknown += len(dues) - len(found)
        if not found:
            return
        slowest = max(found, key=lambda d: (d.at, d.takes))
        if slowest.takes >= self.longest:
            self.longest, self.critical = slowest.takes, slowest.critical
        self.reached = (max(self.reached[0], slowest.at[0]),
                        max(self.reached[1], *(d.at[1] for d in found)))
        self.begun = True

    def _due(self, answer: Answer) -> _Due | None:
        """When a sign-off is expected; None if too little is known."""
        asked = self.decision.asked
        since = (self.reached if self.begun else
                 (turn(self.decision, answer.requirement.key),) * 2)
        waits = 0 if self.begun else asked - since[0]
        needed, contacts = _candidates(self.decision, answer)
        paces = [(c, self.pace[c]) for c in contacts
                 if len(self.pace.get(c, ())) >= NEEDED]
        if len(paces) < needed:
            return None
        fast = sorted((response(p, waits, 0.5), c, p) for c, p in paces)
        total, contact, past = fast[needed - 1]
        most = sorted(response(p, waits, NINETY) for _, p in paces)
        return _Due((since[0] + total, since[1] + most[needed - 1]),
                    total - waits, Critical(answer, contact,
                                            waits >= max(past)))


def _reaching(group: Coverage, dues: list[_Due]) -> _Due | None:
    """The first sign-off, in this order, with which a group is covered."""
    rule = coverage_rule.rule(group.group.rule)
    members = [a.requirement.weight for a in group.answers]
    met = [a.requirement.weight for a in group.answers if a.met]
    more = [due.critical.answer.requirement.weight for due in dues]
    first, last = 0, len(dues)  # more of them are never less: search by halves
    while first < last:
        middle = (first + last) // 2
        if rule.reached(members, met + more[:middle + 1]):
            last = middle
        else:
            first = middle + 1
    return dues[first] if dues[first:] else None


def _candidates(decision: Decision, answer: Answer) -> tuple[int, list[str]]:
    """How many more approvals a requirement takes, and who may give them.

    A permission group is there once for each approval that is missing.
    """
    requirement, state = answer.requirement, decision.snapshot.state
    signed = [s.contact for s in different(valid(requirement, state))]
    needed = max(requirement.quorum - len(signed), 1)
    return needed, [
        c for contact in (('',) if answer.awaits.unstaffed
                          else answer.awaits.contacts)
        for c in ([contact] * needed if contact[:1] in (GROUP, '')
                  else [contact])]
