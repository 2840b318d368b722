"""People who are told: signers by name, deputies in place of who is away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
from prodworkflow.domain.views.my_signoffs import is_due


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
    """Who can still help a requirement, by name; nobody who is away.

    And nobody whom Trac refuses its ticket.
    """
    state, day = decision.snapshot.state, day_of(decision.asked)
    asked = answer.requirement
    return tuple(p.name for p in _signers(asked, state, day)
                 if can_help(answer.awaits, asked, state, p, day)
                 and not is_away(asked, state, p.name, day)
                 and not _facts(state).against(asked, p.name,
                                               state.campaign.newcomers))


def waiting_people(decision: Decision, keys: Collection[str] | None = None
                   ) -> Mapping[str, tuple[str, ...]]:
    """For whom each requirement waits, by its key: see `able_people`.

    It waits for them late or now: see `views.my_signoffs`.  With `keys`, of
    those only.
    """
    if decision.snapshot.state.campaign.ended:
        return {}
    found = ((a.requirement.key, able_people(decision, a))
             for a in decision.launch.answers
             if (keys is None or a.requirement.key in keys)
             and is_due(decision, a))
    return {key: people for key, people in found if people}


def _signers(requirement: Requirement, state: State,
             day: date) -> list[Person]:
    """All who may be to sign a requirement, with their groups among them.

    Members of groups and administrators as the state's facts know them.
    """
    facts = _facts(state)
    if not requirement.contacts:
        return [Person(name, grants=frozenset((ADMIN,)))
                for name in sorted(facts.administrators())]
    members = {c[1:]: facts.members.get(c[1:], frozenset())
               for c in requirement.contacts if c[:1] == GROUP}
    names = dict.fromkeys((
        *(c for c in requirement.contacts if c[:1] != GROUP),
        *sorted(frozenset().union(*members.values())),
        *(d.person for d in deputies_of(requirement, state, day))))
    return [Person(name, frozenset(
        g for g, people in members.items() if name in people))
        for name in names]


def _facts(state: State) -> SignerFacts:
    return state.signers or SignerFacts()
