"""Requests to tolerate an open ticket as a known issue: their validation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.dates import typed_day
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.permissions import WAIVE
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message, reason_problems

WHY = Message('Say why the ticket may stay open; the reason is kept and '
              'shown.')
WHY_NOT = Message('Say why it is tolerated no more; the reason is kept and '
                  'shown.')
_NUMBER = re.compile(r'#?([0-9]{1,9})')


@dataclass(frozen=True)
class KnownIssueRequest:
    """A wish to tolerate a ticket until a day, as typed.

    With `end` it is the wish to tolerate it no more, and has no day.
    """

    ticket: str
    reason: str
    until: str = ''
    end: bool = False

    @property
    def number(self) -> int:
        """The ticket's number; InvalidRequest if none was typed."""
        found = _NUMBER.fullmatch(self.ticket.strip())
        if found is None:
            raise InvalidRequest([('ticket', Message(
                '"%(text)s" is no ticket; write its number, as in #8.',
                text=self.ticket[:64]))])
        return int(found[1])


@dataclass(frozen=True)
class TicketPlace:
    """Where an ordinary ticket is: its milestone, and whether it is open."""

    milestone: str
    open: bool


def toleration_refusal(person: Person) -> Message | None:
    """Why a person may not tolerate tickets; None if they may."""
    return None if person.may(WAIVE) else Message(
        'only a holder of %(permission)s may', permission=WAIVE)


def tolerated_until(wish: KnownIssueRequest, state: State,
                    place: TicketPlace | None, day: date) -> date:
    """The last day of a toleration; InvalidRequest with all problems.

    `place` is None where there is no such ticket, or none that whoever asks
    may see; `day` is today (UTC).
    """
    problems = (_ticket_problems(wish.number, state, place)
                + reason_problems(wish.reason, 'reason', WHY))
    until = typed_day(wish.until)
    if until is None or until < day:
        problems.append(('until', Message(
            '"%(text)s" is no day from today on; write the last day of the '
            'toleration as YYYY-MM-DD, for it must end (UTC).',
            text=wish.until[:64])))
    if problems or until is None:
        raise InvalidRequest(problems)
    return until


def check_end(wish: KnownIssueRequest, state: State) -> None:
    """InvalidRequest unless a ticket is tolerated, and a reason is given."""
    problems = reason_problems(wish.reason, 'reason', WHY_NOT)
    if wish.number not in {i.ticket for i in state.known_issues}:
        problems.append(('ticket', Message(
            '#%(ticket)s is no known issue of %(campaign)s; nothing ends.',
            ticket=wish.number, campaign=state.campaign.name)))
    if problems:
        raise InvalidRequest(problems)


def _ticket_problems(number: int, state: State, place: TicketPlace | None
                     ) -> list[tuple[str, str]]:
    told = {'ticket': number, 'campaign': state.campaign.name}
    if state.for_ticket(number):
        return [('ticket', Message(
            '#%(ticket)s is a sign-off ticket of %(campaign)s; give leave to '
            'pass without it by a waiver.', **told))]
    if place is None or place.milestone not in {
            s.milestone for s in state.stages}:
        return [('ticket', Message(
            '#%(ticket)s is no ticket in a milestone of %(campaign)s; there '
            'is nothing to tolerate.', **told))]
    if not place.open:
        return [('ticket', Message(
            '#%(ticket)s is closed; there is nothing to tolerate.', **told))]
    return []
