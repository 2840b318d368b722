"""Words of the macros: days, people, and tickets in sentences."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from trac.util.datefmt import format_date, from_utimestamp, user_time
from trac.util.html import Fragment, Markup, tag
from trac.web.chrome import Chrome

from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.translation import _
from prodworkflow.web.texts.ticket_links import link_tickets

BOX = '#prodworkflow-box'
MARKS = 'prodworkflow_macros_marks.html'


class Words:
    """How a page writes days and people: as its reader has set it."""

    def __init__(self, env: Any, formatter: Any) -> None:
        self.env, self.href = env, formatter.href
        self._req = getattr(formatter, 'req', None)
        self._context = (None if formatter.context.perm is None
                         else formatter.context)

    def day(self, day: date) -> str:
        """A calendar day."""
        return str(user_time(self._req, format_date, day))

    def day_of(self, time: int) -> str:
        """The day of a moment in µs UTC."""
        return str(user_time(self._req, format_date, from_utimestamp(time)))

    def person(self, name: str) -> str:
        """A login, a group behind an @, or '' for the administrators."""
        if name.startswith(GROUP):
            return str(_('group %(name)s', name=name[1:]))
        return str(Chrome(self.env).format_author(self._context, name)
                   ) if name else str(_('holders of CAMPAIGN_ADMIN'))

    def people(self, names: tuple[str, ...]) -> str:
        """Several, one behind another."""
        return ', '.join(map(self.person, names))

    def linked(self, text: str) -> Fragment:
        """A sentence with its tickets linked."""
        return link_tickets(self, text)

    def campaign(self, told: Readiness) -> Fragment:
        """The campaign's name, linked to its page."""
        name = told.campaign.name
        return tag.a(name, href=self.href.campaign(name))

    def mark(self, code: str) -> Markup:
        """The mark of a state, drawn in place."""
        return Markup(self._marks.drawn(code))

    @cached_property
    def _marks(self) -> Any:
        template = Chrome(self.env).load_template(MARKS)
        return template.make_module({'_': _})

    def box(self, ticket: int) -> str:
        """The address of the sign-off box of a ticket."""
        return f'{self.href.ticket(ticket)}{BOX}'
