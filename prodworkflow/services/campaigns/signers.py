"""Change the signers of a running campaign: contacts, deputies, quorum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.ledger.membership import newcomers_part
from prodworkflow.domain.logins import joined_logins
from prodworkflow.domain.model.notifications import TicketNews
from prodworkflow.domain.model.person import Deputy, GROUP, Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.deputies import DEPUTIES_MAX, past_problem
from prodworkflow.domain.planning.signers import (
    contact_problems,
    deputy,
    quorum,
    SiteFacts,
)
from prodworkflow.domain.planning.successors.replacement import (
    replaced,
    Replacement,
)
from prodworkflow.domain.rules.gates import evaluate_as_closed
from prodworkflow.domain.text import joined, Message, suggest
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.tickets import next_change_time, save_recorded
from prodworkflow.gateways.workflow import reopened_values


@dataclass(frozen=True)
class SignerChanges:
    """Who is to sign a requirement, as typed; None leaves it as it is.

    A deputy is a line like `bruno for anna 2026-07-01..2026-07-14`.
    """

    contacts: tuple[str, ...] | None = None
    deputies: tuple[str, ...] | None = None
    quorum: str | None = None


@dataclass
class SignerUpdate:
    """Validation of signer changes: `problems` gathers what is wrong."""

    known: SiteFacts
    keep: bool = False
    today: date = field(default_factory=lambda: day_of(now()))
    problems: list[tuple[str, str]] = field(default_factory=list)

    def of_all(self, state: State, asked: Iterable[tuple[str, SignerChanges]]
               ) -> State:
        """The state with these changes, by keys of requirements.

        A mistake about a whole group is told once.
        """
        found = {r.key: r for r in state.requirements}
        wrong: list[SignerChanges] = []
        for key, staff in asked:
            if any(staff is each for each in wrong):
                continue
            count = len(self.problems)
            if key in found:
                found[key] = self._staffed(found[key], staff)
            else:
                self._unknown(key, list(found))
            if len(self.problems) > count:
                wrong.append(staff)
        return replace(state, requirements=tuple(found.values()))

    def _unknown(self, key: str, keys: list[str]) -> None:
        self.problems.append((
            f'contact:{key}', Message(
                'There is no requirement "%(key)s".%(suggestion)s Known'
                ' are %(keys)s.',
                key=key[:64], suggestion=suggest(key, keys),
                keys=joined(keys[:20]))))

    def _staffed(self, old: Requirement, staff: SignerChanges) -> Requirement:
        contacts = self._contacts(old, staff)
        return replace(
            old, contacts=contacts, kept=self._kept(old, contacts),
            deputies=self._deputies(old, staff, contacts),
            quorum=old.quorum if staff.quorum is None
            else quorum(old.key, staff.quorum, self.problems))

    def _kept(self, old: Requirement,
              contacts: tuple[str, ...]) -> tuple[str, ...]:
        """The former contacts whose approvals go on counting."""
        leaving = (old.contacts or ('',)) if self.keep and (
            contacts != old.contacts) else ()
        return tuple(dict.fromkeys(
            c for c in (*old.kept, *leaving)
            if c not in (contacts or ('',))))

    def _contacts(self, old: Requirement, staff: SignerChanges) -> tuple[str,
                                                                         ...]:
        if staff.contacts is None:
            return old.contacts
        contacts = tuple(dict.fromkeys(staff.contacts))
        self.problems += contact_problems(
            old.key, tuple(c for c in contacts if c not in old.contacts),
            self.known)
        return contacts

    def _deputies(self, old: Requirement, staff: SignerChanges,
                  contacts: tuple[str, ...]) -> tuple[Deputy, ...]:
        if staff.deputies is None:
            return tuple(d for d in old.deputies if d.stands_for in contacts)
        read = [deputy(old.key, text, contacts, self.known, self.problems)
                for text in staff.deputies[:DEPUTIES_MAX] if text.strip()]
        if len(staff.deputies) > DEPUTIES_MAX:
            self.problems.append((
                f'deputy:{old.key}', Message(
                    '%(key)s has %(count)s deputies; %(most)s are '
                    'allowed.',
                    key=old.key, count=len(staff.deputies),
                    most=DEPUTIES_MAX)))
        found = tuple(d for d in read if d)
        for each in found:
            past = past_problem(each, old.deputies, self.today)
            if past:
                self.problems.append((f'deputy:{old.key}', past))
        return found


def successors(state: State, wishes: Iterable[Replacement]
               ) -> list[tuple[str, SignerChanges]]:
    """The signers of whatever names somebody who is replaced, by keys.

    InvalidRequest if somebody is named nowhere.
    """
    return [(r.requirement.key, SignerChanges(
        r.contacts, None if r.deputies is None
        else tuple(map(str, r.deputies))))
        for r in replaced(state, wishes, day_of(now()))]


def with_newcomers(before: State, after: State, known: SiteFacts) -> State:
    """The state that knows whom it names although Trac does not know them.

    Who was named before is no newcomer, but may be gone.
    """
    new = known.strangers(
        login for old, requirement in zip(before.requirements,
                                          after.requirements)
        for login in _named(requirement) if login not in _named(old))
    return replace(after, campaign=replace(
        after.campaign, newcomers=tuple(dict.fromkeys(
            (*before.campaign.newcomers, *new)))))


def _named(requirement: Requirement) -> list[str]:
    """The contacts of a requirement, and its deputies."""
    return [*requirement.contacts,
            *(d.person for d in requirement.deputies)]


@dataclass(frozen=True)
class SignerChange:
    """One requirement before and after its signers change.

    `newcomers` are those of the campaign afterwards.
    """

    book: store.Book
    old: Requirement
    new: Requirement
    person: Person
    reason: str
    newcomers: tuple[str, ...] = ()

    def record(self) -> None:
        """Record the change and comment it in the ticket.

        The ticket is reopened if its sign-offs do not suffice any more.
        """
        snapshot = self.book.snapshot()
        if self.old.key not in snapshot.tickets:
            self._enter()
            return
        ticket = Ticket(self.book.env, self.old.ticket)
        when = next_change_time(ticket)
        values = self._owner(ticket)
        if self._signed_no_more(snapshot):
            values.update(reopened_values(ticket))
            self._enter(seen=to_utimestamp(when))
        else:
            self._enter()
        self._tell(ticket, when, values)

    def _enter(self, **seen: int) -> None:
        old, new = self.old, self.new
        newcomers = [p for p in _named(new) if p in self.newcomers
                     and p not in self.book.state.campaign.newcomers]
        self.book.record(
            now(), self.person.name, 'contacts-changed', old.key,
            contacts=list(new.contacts), deputies=plain(new.deputies),
            quorum=new.quorum, was=_words(old), ticket=old.ticket,
            reason=self.reason, **seen,
            **({'kept': list(new.kept)} if new.kept else {}),
            **newcomers_part(newcomers))

    def _tell(self, ticket: Ticket, when: datetime,
              values: dict[str, str]) -> None:
        comment = (f'Who signs this was changed from {_words(self.old)} to '
                   f'{_words(self.new)}: {self.reason}')
        if self.new.kept and self.new.kept != self.old.kept:
            comment += ' What was signed before goes on counting.'
        with self.book.without_reconciling():
            save_recorded(ticket, self.person.name, when, comment, **values)
        self.book.news.append(TicketNews(ticket.id, when, self.person.name,
                                         comment))

    def _owner(self, ticket: Ticket) -> dict[str, str]:
        """The ticket's owner, if it has to follow the first contact."""
        named = [c for c in self.new.contacts if c[:1] != GROUP]
        return ({'owner': named[0]}
                if named and ticket['owner'] not in named else {})

    def _signed_no_more(self, snapshot: Snapshot) -> bool:
        """Whether the sign-offs do not suffice with the new signers."""
        key = self.old.key
        after = replace(snapshot, state=snapshot.state.having(self.new))
        return (snapshot.tickets[key].closed and not self.old.unsigned
                and evaluate_as_closed(snapshot, key, now()).met
                and not evaluate_as_closed(after, key, now()).met)


def _words(requirement: Requirement) -> str:
    """Contacts, quorum and deputies of a requirement, in words."""
    told = ('contacts ' + joined_logins(requirement.contacts)
            if requirement.contacts else 'no contacts')
    if requirement.quorum > 1:
        told += f', quorum {requirement.quorum}'
    if requirement.deputies:
        told += f', deputies {"; ".join(map(str, requirement.deputies))}'
    return told
