"""What a forecast says: when a campaign will be ready, or why nobody knows.

Days are UTC.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from typing import Any

from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.rules.answers import Answer, named

MONTHS = ('January', 'February', 'March', 'April', 'May', 'June', 'July',
          'August', 'September', 'October', 'November', 'December')


class Outlook(enum.Enum):
    """What kind of answer a forecast is; only `expected` names days."""

    READY = 'ready'
    EXPECTED = 'expected'
    TOO_LITTLE_KNOWN = 'too-little-known'
    ON_HOLD = 'on-hold'
    BLOCKED = 'blocked'
    ENDED = 'ended'


@dataclass(frozen=True)
class Critical:
    """The sign-off that takes longest on the way, and whose it is.

    `contact` is a login, a group behind an @, or '' for the administrators;
    `overdue` says that they never took so long before.
    """

    answer: Answer
    contact: str
    overdue: bool = False

    @property
    def words(self) -> str:
        who = (f'the group {self.contact[1:]}'
               if self.contact[:1] == GROUP else
               self.contact or 'a holder of CAMPAIGN_ADMIN')
        return (f'{named(self.answer)}, {who}'
                + (', who never took so long before' if self.overdue else ''))


@dataclass(frozen=True)
class Forecast:
    """When a gate will open, asked on the day `asked` (all days UTC).

    `because` says why there is none; `critical` is None where there is none
    or the viewer may not know.
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
            return 'Forecast: ready now.'
        if not self.median or not self.ninety:
            return f'No forecast: {self.because}{self._past()}.'
        who = (self.critical.words if self.critical
               else 'a sign-off that you may not see')
        return (f'Forecast: ready {self._day(self.median)} (median), '
                f'{self._day(self.ninety)} (90 %){self._lateness()}; decided '
                f'by {who}.')

    @property
    def late(self) -> tuple[int, int]:
        """By how many days the planned start is missed: median, 90 %."""
        if not (self.start and self.median and self.ninety):
            return 0, 0
        return (max((self.median - self.start).days, 0),
                max((self.ninety - self.start).days, 0))

    def as_dict(self) -> dict[str, Any]:
        """The forecast as JSON shows it."""
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
        least, most = self.late
        if not self.start:
            return ''
        if not most:
            return ', in time for the planned start'
        span = (f'up to {most}' if not least else
                f'{most}' if least == most else f'{least} to {most}')
        return f', late by {span} day{"" if most == 1 else "s"}'

    def _past(self) -> str:
        days = (self.asked - self.start).days if self.start else 0
        if days <= 0 or self.outlook is Outlook.ENDED:
            return ''
        return (f'; the planned start was {days} '
                f'day{"" if days == 1 else "s"} ago')

    def _day(self, day: date) -> str:
        year = f' {day.year}' if day.year != self.asked.year else ''
        return f'{day.day} {MONTHS[day.month - 1]}{year}'
