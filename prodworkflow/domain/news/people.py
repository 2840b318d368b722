"""People who are told: signers by name, deputies in place of who is away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.permissions import ADMIN, SignerFacts
from prodworkflow.domain.model.person import GROUP, Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.duties.awaited import can_help
from prodworkflow.domain.rules.eligibility import deputies_of
from prodworkflow.domain.views.my_signoffs import waiting_keys


def told_contacts(requirement: Requirement, state: State,
                  day: date) -> tuple[str, ...]:
    """Whom a requirement concerns on a day (UTC): logins and @groups.

    Deputies stand in the place of contacts who are away.
    """
    found: list[str] = []
    for contact in requirement.contacts:
        deputies = [d.person for d in deputies_of(requirement, state, day)
                    if d.stands_for == contact]
        found += deputies or [contact]
    return tuple(dict.fromkeys(found))


def all_contacts(state: State, day: date) -> tuple[str, ...]:
    """Whom a campaign concerns on a day: the contacts of each requirement."""
    return tuple(dict.fromkeys(
        c for r in state.requirements for c in told_contacts(r, state, day)))


def is_away(requirement: Requirement, state: State, person: str,
            day: date) -> bool:
    """Whether somebody else is told in a contact's place on a day."""
    return any(d.stands_for == person and d.person != person
               for d in deputies_of(requirement, state, day))


def able_people(decision: Decision, answer: Answer) -> tuple[str, ...]:
    """Who can still help a requirement, by name; nobody who is away."""
    state, day = decision.snapshot.state, day_of(decision.asked)
    return tuple(p.name for p in signers(state)
                 if can_help(answer.awaits, answer.requirement, state, p, day)
                 and _is_told(answer.requirement, state, p.name, day))


def waiting_people(decision: Decision) -> Mapping[str, tuple[str, ...]]:
    """For whom each requirement waits, by its key: nobody who is away.

    It waits for them late or now: see `views.my_signoffs`.
    """
    state, day = decision.snapshot.state, day_of(decision.asked)
    found: dict[str, list[str]] = {}
    for person in signers(state):
        for key in waiting_keys(decision, person).due:
            if _is_told(state.requirement(key), state, person.name, day):
                found.setdefault(key, []).append(person.name)
    return {key: tuple(people) for key, people in found.items()}


def signers(state: State) -> list[Person]:
    """All who may be to sign something, with the groups that are contacts.

    Members of groups and administrators as the state's facts know them.
    """
    facts = _facts(state)
    groups = {c[1:] for r in state.requirements for c in r.contacts
              if c[:1] == GROUP}
    members = {g: facts.members.get(g, frozenset()) for g in groups}
    unstaffed = any(not r.contacts for r in state.requirements)
    admins = facts.administrators() if unstaffed else frozenset()
    return [Person(name,
                   frozenset(g for g in groups if name in members[g]),
                   frozenset((ADMIN,) if name in admins else ()))
            for name in _names(state, [*members.values(), admins])]


def _names(state: State, others: Iterable[frozenset[str]]) -> list[str]:
    """Logins of contacts and deputies, then those of groups, sorted."""
    named = [name for r in state.requirements for name in (
        *(c for c in r.contacts if c[:1] != GROUP),
        *(d.person for d in r.deputies))]
    named += [d.person for d in state.campaign.deputies]
    return list(dict.fromkeys((*named, *sorted(
        frozenset().union(*others)))))


def _is_told(requirement: Requirement, state: State, person: str,
             day: date) -> bool:
    """Whether a signer is there, and Trac lets them sign."""
    return not (is_away(requirement, state, person, day)
                or _facts(state).against(requirement, person,
                                         state.campaign.newcomers))


def _facts(state: State) -> SignerFacts:
    return state.signers or SignerFacts()
