"""Awaited people: who can still help a requirement, by name.

The one rule behind "awaits anna or bruno" on every page, in commands, JSON,
refusals and mail.  It never names who has signed: their approval counts; nor
whom Trac would refuse the ticket, where the state knows what Trac says.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.permissions import MOST, SignerFacts
from prodworkflow.domain.model.person import Deputy, GROUP, Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.duties.rights import (
    NO_ADMINISTRATOR,
    SignerRights,
)
from prodworkflow.domain.rules.duties.separation import (
    double_signers,
    signed_elsewhere,
)
from prodworkflow.domain.rules.eligibility import (
    capacity,
    deputies_of,
    different,
    for_evidence,
    identity,
    is_automatic,
    named_signers,
    valid,
)
from prodworkflow.domain.text import joined, joined_by, Message


@dataclass(frozen=True)
class Awaited:
    """Who can still help: contacts and groups (behind an @), and deputies.

    `begun` holds the groups of which a member has signed already; `given` are
    the people and contacts whose approval counts; `unstaffed` says that no
    contacts are named, so administrators sign: `administrators` are those of
    them who can, where that is known.  `obstructions` say of those who are
    left out for it what Trac refuses them, a phrase each.  `reported` says
    that evidence alone is awaited, from whoever reports it.
    """

    contacts: tuple[str, ...] = ()
    deputies: tuple[Deputy, ...] = ()
    begun: frozenset[str] = frozenset()
    unstaffed: bool = False
    given: frozenset[str] = frozenset()
    administrators: tuple[str, ...] = ()
    obstructions: tuple[str, ...] = ()
    reported: bool = False

    @property
    def words(self) -> str:
        """They by name, as part of a sentence: `anna or bruno`."""
        if self.reported:
            return Message('a report of evidence')
        if self.unstaffed and self.anybody:
            return Message(
                'another holder of CAMPAIGN_ADMIN (no contacts are named)'
                if '' in self.begun else
                'a holder of CAMPAIGN_ADMIN (no contacts are named)')
        if not self.anybody and self.obstructions:
            return Message('nobody, for %(why)s; a holder of CAMPAIGN_ADMIN '
                           'names others',
                           why=joined_by('; ', self.obstructions[:MOST]))
        if not self.anybody:
            return Message('nobody, for no contact is left who may sign it; '
                           'a holder of CAMPAIGN_ADMIN names others')
        if not self.begun:
            return named_signers(self.contacts, self.deputies)
        people: list[str] = [self._member(c) if c[:1] == GROUP
                             else quoted_login(c)
                             for c in self.contacts]
        return joined([*people, *(
            Message('%(person)s (for %(stands_for)s)',
                    person=quoted_login(d.person),
                    stands_for=quoted_login(d.stands_for))
            for d in self.deputies)], 'or')

    @property
    def anybody(self) -> bool:
        """Whether anybody is left who can help."""
        return bool(self.contacts or self.deputies or self.reported
                    or (self.unstaffed and not self.obstructions))

    @property
    def names(self) -> list[str]:
        """Logins and groups (behind an @), as JSON shows them."""
        return list(dict.fromkeys((
            *self.contacts, *(d.person for d in self.deputies),
            *self.administrators)))

    def _member(self, group: str) -> Message:
        return Message('another member of %(group)s' if group in self.begun
                       else 'a member of %(group)s',
                       group=quoted_login(group[1:]))


NOBODY = Awaited()
REPORT = Awaited(reported=True)


def counted_approvals(requirement: Requirement,
                      state: State) -> tuple[SignOff, ...]:
    """The approvals that count now, for the present release.

    Those of people who count for a separated requirement do not.
    """
    found = for_evidence(valid(requirement, state), requirement, state)
    apart = double_signers(state, requirement) if found else ()
    return different([s for s in found if s.signer not in apart])


def awaited(requirement: Requirement, state: State, day: date,
            counted: Collection[SignOff] | None = None) -> Awaited:
    """Who can still help a requirement on a day (UTC).

    Whose approval counts cannot, as long as more are needed; nor can who has
    signed what others must sign.  With enough approvals all can: they report
    what is missing, and sign anew.  `counted` are the approvals that count,
    where they are known.  Where the state knows what Trac says of signers,
    those are left out whom Trac would refuse.
    """
    if is_automatic(requirement, state):
        return REPORT
    found = _awaited(requirement, state, day, counted)
    return (found if state.signers is None else
            within_rights(found, requirement, state, day, state.signers))


def _awaited(requirement: Requirement, state: State, day: date,
             counted: Collection[SignOff] | None) -> Awaited:
    """Who can still help by the rules, whatever Trac says."""
    if counted is None:
        counted = counted_approvals(requirement, state)
    if len(counted) >= max(requirement.quorum, 1):
        counted = ()
    if not requirement.contacts:
        return Awaited(unstaffed=True, begun=frozenset(
            ('',) if counted else ()), given=frozenset(
                s.signer for s in counted))
    given = frozenset(name for s in counted for name in (s.signer,
                                                         identity(s)))
    return Awaited(
        tuple(c for c in requirement.contacts if c not in given and not
              _barred(requirement, state, c, day)),
        tuple(d for d in deputies_of(requirement, state, day)
              if not {d.person, d.stands_for} & given
              and not _barred(requirement, state, d.person, day)),
        frozenset(s.contact for s in counted if s.contact[:1] == GROUP),
        given=given)


def within_rights(who: Awaited, requirement: Requirement, state: State,
                  day: date, facts: SignerFacts) -> Awaited:
    """Those of the awaited whom Trac lets see and change the ticket.

    A group is one of them as long as one of its members is.
    """
    rights = SignerRights(requirement, state, day, facts, who.given)
    if who.unstaffed:
        able = rights.able(facts.administrators())
        return replace(who, administrators=able, obstructions=(
            () if able else (NO_ADMINISTRATOR,)))
    contacts = tuple(c for c in who.contacts
                     if rights.anybody(rights.people(c)))
    deputies = tuple(d for d in who.deputies if rights.anybody((d.person,)))
    left_out = (*(c for c in who.contacts if c not in contacts),
                *(d.person for d in who.deputies if d not in deputies))
    return replace(who, contacts=contacts, deputies=deputies,
                   obstructions=tuple(dict.fromkeys((
                       *who.obstructions,
                       *(w for c in left_out for w in rights.against(c))))))


def can_help(who: Awaited, requirement: Requirement, state: State,
             person: Person, day: date) -> bool:
    """Whether a person is one of those who are awaited on a day."""
    mine = capacity(requirement, state, person, day)
    return (mine is not None and not who.reported
            and not {person.name, mine.contact} & who.given
            and not _barred(requirement, state, person.name, day))


def _barred(requirement: Requirement, state: State, contact: str,
            day: date) -> bool:
    return contact[:1] != GROUP and signed_elsewhere(
        state, requirement, contact, day) is not None
