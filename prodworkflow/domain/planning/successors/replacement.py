"""Replacement of contacts, wherever a campaign names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from prodworkflow.domain.canonical_json import canonical
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import join_logins, quoted_login
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.undone import Undone
from prodworkflow.domain.text import Message, suggest

REPLACE = 'replace'
BY = 'by'


@dataclass(frozen=True)
class Replacement:
    """That `new` signs in place of `old`; groups stand behind an @."""

    old: str
    new: str


@dataclass(frozen=True)
class Replaced:
    """A requirement with the contacts and deputies that it then has.

    `deputies` is None where nothing is said of them.
    """

    requirement: Requirement
    contacts: tuple[str, ...]
    deputies: tuple[Deputy, ...] | None = None

    @property
    def words(self) -> Message:
        """Who signs it now, and who then, as a phrase."""
        requirement = self.requirement
        told = {'requirement': f'#{requirement.ticket} {requirement.title}'
                if requirement.ticket else requirement.title,
                'was': join_logins(requirement.contacts),
                'contacts': join_logins(self.contacts)}
        if self.contacts == requirement.contacts:
            return Message('%(requirement)s: other deputies of %(contacts)s',
                           **told)
        return Message('%(requirement)s: %(was)s → %(contacts)s', **told)


@dataclass(frozen=True)
class Handover:
    """What replacing people would do: who signs what, and what that undoes.

    `hidden` is how many of the requirements its reader may not see.
    """

    touched: tuple[Replaced, ...]
    undone: Undone
    hidden: int = 0

    @property
    def digest(self) -> str:
        """What a confirmation refers to: SHA-256 of the words."""
        return sha256(canonical([
            *(r.words for r in self.touched),
            self.undone.digest]).encode()).hexdigest()


def replaced(state: State, wishes: Iterable[Replacement],
             today: date) -> tuple[Replaced, ...]:
    """The requirements whose signers change, in the campaign's order.

    All are replaced at once, so that two can change places.  InvalidRequest
    if somebody is named nowhere.
    """
    wishes = tuple(wishes)
    problems = [found for wish in wishes for found in _problems(state, wish)]
    if problems:
        raise InvalidRequest(problems)
    by = {wish.old: wish.new for wish in wishes}
    return tuple(found for r in state.requirements
                 for found in (_replaced(r, by, today),)
                 if (found.contacts, found.deputies) != (r.contacts, None))


def _replaced(requirement: Requirement, by: Mapping[str, str],
              today: date) -> Replaced:
    """A requirement with successors in it, or as it is."""
    contacts = tuple(dict.fromkeys(by.get(c, c)
                                   for c in requirement.contacts))
    deputies = tuple(dict.fromkeys(
        replace(d, person=by[d.person], first=max(d.first, today))
        if d.person in by and d.last >= today else d
        for d in requirement.deputies
        if d.stands_for in contacts
        and by.get(d.person) != d.stands_for))
    return Replaced(requirement, contacts, None if deputies == tuple(
        d for d in requirement.deputies if d.stands_for in contacts)
        else deputies)


def _problems(state: State, wish: Replacement) -> list[tuple[str, str]]:
    if not wish.old:
        return [(REPLACE, Message('Name who is to be replaced.'))]
    if not wish.new:
        return [(BY, Message('Name who signs in place of %(old)s.',
                             old=quoted_login(wish.old)))]
    if wish.old == wish.new:
        return [(BY, Message('%(old)s signs already; name somebody else.',
                             old=quoted_login(wish.old)))]
    named = {name for r in state.requirements for name in (
        *r.contacts, *(d.person for d in r.deputies))}
    if wish.old in named:
        return []
    return [(REPLACE, Message(
        '%(old)s is named for no sign-off of this campaign.%(hint)s',
        old=quoted_login(wish.old[:64]), hint=suggest(wish.old, named)))]
