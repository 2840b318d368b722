"""Rows of the table of sign-off tickets: ten columns, a ticket a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from trac.util.datefmt import format_date, from_utimestamp, user_time
from trac.web.chrome import Chrome

from prodworkflow.domain.rules.answers import Answer
from prodworkflow.translation import _
from prodworkflow.web.campaign_page.context import PageContext

# Time zones are a multiple of so long apart: what is on one day in one of
# them need not be formatted again.
QUARTER = 15 * 60 * 10**6


def heads() -> list[str]:
    """The heads of the ten columns, in the reader's language."""
    return [_("Ticket"), _("Summary"), _("Component"), _("Status"),
            _("Resolution"), _("Version"), _("Type"), _("Priority"),
            _("Owner"), _("Modified")]


@dataclass(frozen=True)
class TicketLine:
    """A sign-off ticket: its cells behind the number, as texts.

    `number` is None for one that is lost; `done` ones are struck out, as Trac
    does everywhere.
    """

    answer: Answer
    number: int | None
    cells: tuple[str, ...]
    done: bool = False


class TicketLines:
    """Makes the lines of one page; what is alike is formatted once."""

    def __init__(self, page: PageContext) -> None:
        self._tickets = page.tickets
        self._day = _day_format(page.req)
        self._owner = _people_format(page)

    def line(self, answer: Answer) -> TicketLine:
        """The line of a sign-off; one whose ticket is lost has its title."""
        ticket = self._tickets.get(answer.requirement.ticket or 0)
        if ticket is None:
            return TicketLine(answer, None, (answer.requirement.title,))
        return TicketLine(answer, ticket.id, (
            ticket.summary, ticket.component, ticket.status,
            ticket.resolution or _("None"), ticket.version, ticket.type,
            ticket.priority, ticket.owner and self._owner(ticket.owner),
            self._day(ticket.changed // QUARTER)), ticket.done)


def _day_format(req: Any) -> Callable[[int], str]:
    @lru_cache(None)
    def shown(quarter: int) -> str:
        return str(user_time(req, format_date,
                             from_utimestamp(quarter * QUARTER)))
    return shown


def _people_format(page: PageContext) -> Callable[[str], str]:
    chrome = Chrome(page.env)

    @lru_cache(None)
    def shown(name: str) -> str:
        return str(chrome.format_author(page.req, name))
    return shown
