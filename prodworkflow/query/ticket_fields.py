"""Ticket fields as Trac's queries see them: with campaign, stage, requirement.

Nothing else in Trac sees those three: no form, mail or program can set them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import trac.ticket.query
from trac.ticket.api import TicketSystem

from prodworkflow.api.ticket_queries import WORDS
from prodworkflow.translation import _, N_

# What marks a field of a query as ours.
MARK = 'prodworkflow_word'
LABELS = {'campaign': N_('Campaign'), 'stage': N_('Stage'),
          'requirement': N_('Requirement')}


class QueryFields:
    """Takes the place of `TicketSystem` in the module of Trac's queries.

    `is_on` says of an environment whether its queries know the three words;
    where they do not, Trac's own component answers.
    """

    def __init__(self, is_on: Callable[[Any], bool]) -> None:
        self._is_on = is_on

    def __call__(self, env: Any) -> Any:
        system = TicketSystem(env)
        return WideTicketSystem(system) if self._is_on(env) else system

    def __getattr__(self, name: str) -> Any:
        return getattr(TicketSystem, name)


class WideTicketSystem:
    """A `TicketSystem` that knows three more fields; the rest is as it was.

    A custom field of the site that has one of these names stays what it is.
    """

    def __init__(self, system: TicketSystem) -> None:
        self._system = system

    def __getattr__(self, name: str) -> Any:
        return getattr(self._system, name)

    def get_ticket_fields(self) -> Any:
        """Trac's fields, and behind them those of ours."""
        fields = self._system.get_ticket_fields()
        for name in WORDS:
            if name not in fields:
                fields.append({'name': name, 'label': field_label(name),
                               'type': 'text', 'format': 'plain', MARK: True})
        return fields

    def get_ticket_field_labels(self) -> dict[str, str]:
        """The labels of all of them, by name."""
        return {**{name: field_label(name) for name in WORDS},
                **self._system.get_ticket_field_labels()}


def field_label(name: str) -> str:
    """What one of our words is called where people choose it."""
    return str(_(LABELS[name]))


def our_words(fields: Iterable[Any]) -> set[str]:
    """The names of those fields of a query that are ours."""
    return {field['name'] for field in fields if field.get(MARK)}


def is_ours(env: Any, name: str | None) -> bool:
    """Whether queries of an environment know a name as one of our words."""
    return name in WORDS and name in our_words(
        trac.ticket.query.TicketSystem(env).get_ticket_fields())
