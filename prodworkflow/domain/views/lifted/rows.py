"""Rows of waivers and known issues: what they lift, until when, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.model.submission import value_of
from prodworkflow.domain.rules.launch.open_tickets import OpenIssue
from prodworkflow.domain.rules.waivers import WaiverStatus
from prodworkflow.domain.text import joined_by, Message
from prodworkflow.domain.views.marks import WORDS
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.timeline import days_away


@dataclass(frozen=True)
class LiftedRow:
    """A waiver or a known issue.

    `lifts` is the reason that a waiver lifts; `within` its bounds and `now`
    the values that are measured, '' for none.  `left` says how far away its
    last day is; `ended` why it is not in force, '' if it is.
    """

    ticket: int | None
    title: str
    until: date
    left: str
    by: str
    time: int
    because: str
    lifts: str = ''
    within: str = ''
    now: str = ''
    ended: str = ''

    @property
    def known_issue(self) -> bool:
        """Whether it is a known issue, which lifts nothing."""
        return not self.lifts


@dataclass(frozen=True)
class Lifted:
    """What is in force, what ends first first; and what has ended."""

    standing: tuple[LiftedRow, ...]
    ended: tuple[LiftedRow, ...]


def lifted(told: Readiness) -> Lifted:
    """The waivers and known issues of a campaign, as its viewer may see it."""
    rows = [*(_waived(told, w, w.signoff.waiver) for w in told.waivers
              if w.signoff.waiver),
            *(_known(told, i) for i in told.issues)]
    return Lifted(
        tuple(sorted((r for r in rows if not r.ended),
                     key=lambda r: r.until)),
        tuple(r for r in rows if r.ended))


def _waived(told: Readiness, status: WaiverStatus,
            waiver: Waiver) -> LiftedRow:
    requirement, signoff = status.requirement, status.signoff
    state = told.decision.snapshot.state
    now = [value_of(requirement, state, b.name) for b in waiver.bounds]
    titles = {v.name: v.title for v in requirement.asks.values}
    return LiftedRow(
        requirement.ticket, requirement.title, waiver.until,
        _left(told, waiver.until), signoff.signer, signoff.time,
        signoff.statement, WORDS.get(waiver.reason, waiver.reason),
        _joined([Message('%(title)s %(interval)s',
                         title=titles.get(b.name, b.name),
                         interval=b.interval) for b in waiver.bounds]),
        _joined([text for text in now if text]), status.ended)


def _known(told: Readiness, issue: OpenIssue) -> LiftedRow:
    known = issue.issue
    return LiftedRow(
        known.ticket, '', known.until, _left(told, known.until), known.by,
        known.time, known.reason, ended='' if issue.in_force else Message(
            'it is tolerated no more'))


def _left(told: Readiness, until: date) -> str:
    """How far away a last day is, in words."""
    return days_away((until - day_of(told.decision.asked)).days)


def _joined(parts: list[str]) -> str:
    return joined_by(', ', parts) if parts else ''
