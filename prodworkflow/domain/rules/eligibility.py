"""Eligibility: who may sign a requirement, and which approvals count.

Pure: the groups of a person and the day are arguments.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.person import Deputy, GROUP, Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import (
    basis,
    evidence_basis,
    of_release,
)
from prodworkflow.domain.model.vocabulary import Role, Verdict
from prodworkflow.domain.text import joined, Message

NOS = (Verdict.REJECTED.value, Verdict.WITHDRAWN.value)


TELLING = (Verdict.APPROVED.value, Verdict.REPORTED.value,
           Verdict.WAIVED.value)


@dataclass(frozen=True)
class Capacity:
    """The role in which somebody may sign, and the contact for whom."""

    role: Role
    contact: str


def capacity(requirement: Requirement, state: State, person: Person,
             day: date) -> Capacity | None:
    """The capacity in which a person may sign on a day (UTC); None if not.

    Requirements without contacts are signed by campaign administrators.
    Nobody else signs in a contact's place but a deputy within their days.
    """
    if not person.name or person.name == 'anonymous':
        return None
    if not requirement.contacts:
        return Capacity(Role.ADMINISTRATOR, '') if person.administrator \
            else None
    if person.name in requirement.contacts:
        return Capacity(Role.CONTACT, person.name)
    for contact in requirement.contacts:
        if contact[:1] == GROUP and contact[1:] in person.groups:
            return Capacity(Role.CONTACT, contact)
    return _deputed(requirement, state, person, day)


def _deputed(requirement: Requirement, state: State, person: Person,
             day: date) -> Capacity | None:
    """For whom a deputy signs: a contact whose approval is missing, first."""
    found = [d.stands_for for d in deputies_of(requirement, state, day)
             if d.person == person.name]
    if found[1:]:
        given = {identity(s) for s in valid(requirement, state)
                 if s.signer != person.name}
        found.sort(key=lambda contact: contact in given)
    return Capacity(Role.DEPUTY, found[0]) if found else None


def deputies_of(requirement: Requirement, state: State,
                day: date) -> tuple[Deputy, ...]:
    """The deputies in office on a day (UTC) of a requirement's contacts.

    Its own, and those who were named for a person in the whole campaign.
    """
    return tuple(dict.fromkeys(
        d for d in (*requirement.deputies, *state.campaign.deputies)
        if d.first <= day <= d.last and d.stands_for in requirement.contacts))


def signing_capacity(requirement: Requirement, state: State,
                     person: Person) -> Capacity | None:
    """The capacity of a person's approval that counts; None if none does.

    It stays what it was: somebody who has left the group since, or is deputy
    no more, may still take back what they signed.
    """
    return next((Capacity(Role(s.role), s.contact)
                 for s in reversed(valid_approvals(requirement, state))
                 if s.signer == person.name), None)


def signers_of(requirement: Requirement, state: State, day: date) -> str:
    """Name all who may sign on a day, whether they have or not, in words.

    Without those whom Trac refuses the ticket, as long as others are left.
    """
    if not requirement.contacts:
        return Message('a holder of CAMPAIGN_ADMIN (no contacts are named)')
    contacts = requirement.contacts
    deputies = deputies_of(requirement, state, day)
    if state.signers is not None:
        lets = partial(state.signers.lets, requirement,
                       newcomers=state.campaign.newcomers)
        able = (tuple(filter(lets, contacts)),
                tuple(d for d in deputies if lets(d.person)))
        contacts, deputies = able if any(able) else (contacts, deputies)
    return named_signers(contacts, deputies)


@lru_cache(maxsize=2000)
def named_signers(contacts: tuple[str, ...],
                  deputies: tuple[Deputy, ...]) -> str:
    """Name contacts and deputies; cached, for sites repeat them."""
    people = [Message('a member of %(group)s', group=quoted_login(c[1:]))
              if c[:1] == GROUP else quoted_login(c) for c in contacts]
    people += [Message('%(person)s (for %(stands_for)s)',
                       person=quoted_login(d.person),
                       stands_for=quoted_login(d.stands_for))
               for d in deputies]
    return joined(people, 'or')


def valid_approvals(requirement: Requirement, state: State) -> list[SignOff]:
    """The approvals of eligible signers since the last rejection.

    A later `rejected` or `withdrawn`, whoever gave it, voids all approvals
    before it: one person can stop, going on takes the quorum.
    """
    last = last_no(requirement, state)
    since = max(requirement.since, last.number if last else 0)
    return [s for s in state.said_of(requirement.key) if s.number > since
            and s.verdict == Verdict.APPROVED.value
            and _eligible(requirement, s)]


def last_no(requirement: Requirement, state: State) -> SignOff | None:
    """The latest rejection or withdrawal since the ticket was made.

    An unknown verdict counts as a rejection.
    """
    return max((s for s in state.said_of(requirement.key)
                if s.number > requirement.since
                and s.verdict not in TELLING),
               key=lambda s: s.number, default=None)


def is_automatic(requirement: Requirement, state: State) -> bool:
    """Whether evidence alone meets it now, and nobody is asked to sign.

    Not while a rejection or withdrawal stands that nobody has answered by an
    approval.
    """
    return requirement.asks.automatic and (
        last_no(requirement, state) is None
        or bool(valid_approvals(requirement, state)))


def different(approvals: Iterable[SignOff]) -> tuple[SignOff, ...]:
    """Count approvals once for each contact: the latest of each signer.

    A person counts once, and so does a contact for whom a deputy signed;
    members of a group count each for themselves.
    """
    latest = {s.signer: s for s in sorted(approvals, key=lambda s: s.number)}
    apart = {identity(s): s for s in latest.values()}
    return tuple(sorted(apart.values(), key=lambda s: s.signer))


def valid(requirement: Requirement, state: State) -> list[SignOff]:
    """The valid approvals for the present release and evidence."""
    return for_evidence(for_release(requirement, state), requirement, state)


def for_release(requirement: Requirement, state: State) -> list[SignOff]:
    """The valid approvals for the present release, of whatever evidence."""
    return [s for s in valid_approvals(requirement, state)
            if of_release(requirement, s, state.campaign.release)]


def for_other_evidence(approvals: list[SignOff], requirement: Requirement,
                       state: State) -> list[SignOff]:
    """Those of the approvals whose signers approved only other evidence."""
    fit = {s.signer for s in for_evidence(approvals, requirement, state)}
    return [s for s in different(approvals) if s.signer not in fit]


def for_evidence(approvals: list[SignOff], requirement: Requirement,
                 state: State) -> list[SignOff]:
    """Those of the approvals that were given for the present evidence."""
    present = (basis(requirement, state) or ()) if approvals else ()
    return [s for s in approvals if evidence_basis(s) == present]


def _eligible(requirement: Requirement, signoff: SignOff) -> bool:
    if signoff.contact in requirement.kept:
        return True
    if requirement.contacts:
        return signoff.contact in requirement.contacts
    return signoff.role == Role.ADMINISTRATOR.value


def identity(signoff: SignOff) -> str:
    """Who an approval counts for: its signer, or whom a deputy stood for."""
    named = signoff.contact and signoff.contact[:1] != GROUP
    return signoff.contact if named else signoff.signer


def is_signed(requirement: Requirement, state: State) -> bool:
    """Whether its quorum approved it, and its ticket was closed by signing.

    For the evidence that it has now.
    """
    signed = different(for_evidence(valid_approvals(requirement, state),
                                    requirement, state))
    return len(signed) >= requirement.quorum and not requirement.unsigned
