"""Forecast result: the expected days, or why there are none.

Days are UTC.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from typing import Any

from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.rules.answers import Answer, named
from prodworkflow.domain.text import Message

MONTHS = (
    Message('January'), Message('February'), Message('March'),
    Message('April'), Message('May'), Message('June'), Message('July'),
    Message('August'), Message('September'), Message('October'),
    Message('November'), Message('December'))


class Outlook(enum.Enum):
    """The kind of a forecast; only `expected` has days."""

    READY = 'ready'
    EXPECTED = 'expected'
    TOO_LITTLE_KNOWN = 'too-little-known'
    ON_HOLD = 'on-hold'
    BLOCKED = 'blocked'
    ENDED = 'ended'


@dataclass(frozen=True)
class Critical:
    """The sign-off that decides the forecast, and the contact it waits for.

    `contact` is a login, a group behind an @, or '' for administrators;
    `overdue` means that they never took so long before.
    """

    answer: Answer
    contact: str
    overdue: bool = False

    @property
    def words(self) -> Message:
        """The sign-off and its contact, as part of a sentence."""
        who = (Message('the group %(group)s', group=self.contact[1:])
               if self.contact[:1] == GROUP else
               self.contact or Message('a holder of CAMPAIGN_ADMIN'))
        words = Message('%(requirement)s, %(contact)s',
                        requirement=named(self.answer), contact=who)
        return Message('%(words)s, who never took so long before',
                       words=words) if self.overdue else words


@dataclass(frozen=True)
class Forecast:
    """When a gate will open, asked on the day `asked`.

    `because` says why there are no days; `critical` is None if there is none
    or it is hidden from the viewer.
    """

    outlook: Outlook
    asked: date
    start: date | None
    median: date | None = None
    ninety: date | None = None
    critical: Critical | None = None
    because: str = ''

    @property
    def words(self) -> str:
        """The forecast in one sentence."""
        if self.outlook is Outlook.READY:
            return Message('Forecast: ready now.')
        if not self.median or not self.ninety:
            return Message('No forecast: %(because)s%(past)s.',
                           because=self.because, past=self._past())
        return Message('Forecast: ready %(median)s (median), %(ninety)s '
                       '(90 %%)%(lateness)s; decided by %(critical)s.',
                       median=self._day(self.median),
                       ninety=self._day(self.ninety),
                       lateness=self._lateness(),
                       critical=self.critical.words if self.critical
                       else Message('a sign-off that you may not see'))

    @property
    def late(self) -> tuple[int, int]:
        """Days after the planned start: (median, 90 %), 0 if in time."""
        if not (self.start and self.median and self.ninety):
            return 0, 0
        return (max((self.median - self.start).days, 0),
                max((self.ninety - self.start).days, 0))

    def as_dict(self) -> dict[str, Any]:
        """The forecast as JSON."""
        critical = self.critical
        return {
            'state': self.outlook.value, 'words': self.words,
            'median': self.median.isoformat() if self.median else None,
            'percentile_90': self.ninety.isoformat() if self.ninety else None,
            'days_late': dict(zip(('median', 'percentile_90'), self.late)),
            'decided_by': {
                'key': critical.answer.requirement.key,
                'ticket': critical.answer.requirement.ticket,
                'title': critical.answer.requirement.title,
                'contact': critical.contact} if critical else None}

    def _lateness(self) -> str:
        """How late production would start, as a clause; '' without a start."""
        least, most = self.late
        if not self.start:
            return ''
        if not most:
            return Message(', in time for the planned start')
        span: str = Message('up to %(most)s', most=most)
        if least:
            span = str(most) if least == most else Message(
                '%(least)s to %(most)s', least=least, most=most)
        if most == 1:
            return Message(', late by %(span)s day', span=span)
        return Message(', late by %(span)s days', span=span)

    def _past(self) -> str:
        """How long ago the planned start was, as a clause, or ''."""
        days = (self.asked - self.start).days if self.start else 0
        if days <= 0 or self.outlook is Outlook.ENDED:
            return ''
        if days == 1:
            return Message('; the planned start was 1 day ago')
        return Message('; the planned start was %(days)s days ago',
                       days=days)

    def _day(self, day: date) -> Message:
        """A day without its year, if that is the present one."""
        month = MONTHS[day.month - 1]
        if day.year == self.asked.year:
            return Message('%(day)s %(month)s', day=day.day, month=month)
        return Message('%(day)s %(month)s %(year)s', day=day.day,
                       month=month, year=day.year)
