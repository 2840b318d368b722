"""Rights of signers: whom Trac lets see and change what they are to sign."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.permissions import (
    COMMENT,
    MOST,
    SEE,
    SignerFacts,
)
from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.duties.separation import signed_elsewhere
from prodworkflow.domain.text import Message, some

NO_ADMINISTRATOR = Message(
    'it has no contacts, and nobody else who may see and change its ticket '
    'holds CAMPAIGN_ADMIN')


def refused(person: str, ticket: int | None, permission: str) -> Message:
    """That Trac refuses a person a permission of a ticket, in words.

    Without a number it is about tickets in general.
    """
    about = {'person': quoted_login(person),
             'ticket': f'#{ticket}' if ticket else Message('tickets')}
    if permission == SEE:
        return Message('%(person)s may not see %(ticket)s in Trac', **about)
    if permission in COMMENT:
        return Message('%(person)s may not comment on %(ticket)s in Trac',
                       **about)
    return Message('%(person)s may not change %(ticket)s in Trac', **about)


def told_once(obstructions: Iterable[str]) -> list[str]:
    """Obstructions of several tickets, in one phrase for each person."""
    found: dict[tuple[str, str], list[str]] = {}
    for words in obstructions:
        params = words.params if isinstance(words, Message) else {}
        tickets = found.setdefault(
            (words.msgid, params['person']) if 'ticket' in params
            and isinstance(words, Message) else (words, ''), [])
        if 'ticket' in params and params['ticket'] not in tickets:
            tickets.append(params['ticket'])
    return [Message(words, person=person, ticket=some(tickets))
            if tickets else words
            for (words, person), tickets in found.items()]


@dataclass(frozen=True)
class SignerRights:
    """What Trac says, on a day, of those who are to sign a requirement.

    `given` are the people and contacts whose approval counts already.
    """

    requirement: Requirement
    state: State
    day: date
    facts: SignerFacts
    given: frozenset[str] = frozenset()

    def people(self, contact: str) -> frozenset[str]:
        """The person, or the members of the group who have not signed."""
        if contact[:1] != GROUP:
            return frozenset((contact,))
        return self.facts.members.get(contact[1:], frozenset()) - self.given

    def anybody(self, people: Collection[str]) -> bool:
        """Whether one of the people can sign."""
        return any(self._can(p) for p in people)

    def able(self, people: Collection[str]) -> tuple[str, ...]:
        """Those of the people who can sign, sorted."""
        return tuple(p for p in sorted(people) if self._can(p))

    def against(self, contact: str) -> list[str]:
        """Why neither the person nor a member of the group can, in phrases."""
        people = self.people(contact)
        if not people:
            return [Message('%(group)s has no members left who could',
                            group=quoted_login(contact[1:]))]
        return [words for words in (
            self._obstruction(p) for p in sorted(people)[:MOST]) if words]

    def _obstruction(self, person: str) -> str:
        return self.facts.against(self.requirement, person,
                                  self.state.campaign.newcomers)

    def _can(self, person: str) -> bool:
        return (person not in self.given
                and not self._obstruction(person)
                and not signed_elsewhere(self.state, self.requirement, person,
                                         self.day))
