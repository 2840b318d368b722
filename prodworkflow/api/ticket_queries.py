"""Ticket queries by campaign, stage and requirement, for one viewer.

Who lacks CAMPAIGN_VIEW finds nothing by them.  Tickets of campaigns that the
viewer may not see, or whose stage's milestone they may not, are not there:
no number counts them, and no condition can be tried out on them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from trac.resource import Resource

from prodworkflow.api.campaign_ids import unknown_campaign
from prodworkflow.domain.model.permissions import SEE, VIEW
from prodworkflow.domain.text import Message
from prodworkflow.gateways.rights import allowed
from prodworkflow.store import queries
from prodworkflow.store.queries import WORDS

__all__ = ['WORDS', 'TicketQueries']

# SQL with parameters, made for a table of tickets.
Made = Callable[[str], tuple[str, Sequence[Any]]]
BLIND = Message(
    '%(permission)s is needed to find tickets by campaign, stage or '
    'requirement: none are found.',
    permission=VIEW)


class TicketQueries:
    """Gives the table of tickets that a query of a viewer reads."""

    def __init__(self, env: Any) -> None:
        self.env = env

    def table(self, perm: Any, conditional: bool, made: Made) -> str:
        """SQL of the table of tickets, with the columns WORDS.

        `made` gives the query for such a table.  `conditional` says that the
        query asks for some values of them: who may not know is given nothing.
        """
        if not allowed(perm, VIEW):
            return queries.table_without_words(empty=conditional)
        found = queries.campaign_tickets(
            self.env, *made(queries.table_with_words()))
        return queries.table_with_words([
            each.ticket for each in found if not _is_seen(perm, each)])

    def problems(self, perm: Any,
                 asked: Mapping[str, Sequence[str]]) -> list[str]:
        """Why a query for such values of the words cannot find anything.

        A value that is hidden from the viewer is unknown as any other.
        """
        if not allowed(perm, VIEW):
            return [BLIND]
        if not any(asked.values()):
            return []
        known = {(place.word, place.value)
                 for place in queries.places_of(self.env, asked)
                 if _is_seen(perm, place)}
        return [self._unknown(word, value) for word in WORDS
                for value in asked.get(word, ()) if (word, value) not in known]

    def _unknown(self, word: str, value: str) -> str:
        if word == 'campaign':
            return str(unknown_campaign(self.env, value))
        return Message(
            'No campaign has a %(word)s "%(value)s"; its key is asked '
            'for.',
            word=word, value=value[:64])


def _is_seen(perm: Any, place: Any) -> bool:
    """Whether the ticket and the milestone of a place may be seen."""
    return ((not place.ticket
             or allowed(perm, SEE, Resource('ticket', place.ticket)))
            and (not place.milestone
                 or allowed(perm, 'MILESTONE_VIEW',
                            Resource('milestone', place.milestone))))
