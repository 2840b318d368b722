"""Changes a running campaign: who signs, how firmly, and when it starts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp

from . import people, store
from .answers import joined
from .asked import Deputy, plain
from .eligibility import GROUP
from .gates import passes_closed
from .joining import join, Joiner, leave, Leaver, Signers
from .model import Person, Requirement
from .news import TicketNews
from .people import ADMIN
from .planning import enforcement_problems
from .reach import out_of_reach
from .refusals import GateShut, read_only
from .rescheduling import reschedule
from .settling import settle
from .snapshots import Snapshot
from .staffing import contact_problems, deputy, meant, quorum, Unfit
from .state import State
from .tickets import later, reopened, save
from .verifying import now
from .wording import word_problems

DEPUTIES_MAX = 100


@dataclass(frozen=True)
class Staff:
    """Who is to sign a requirement, as typed; None leaves it as it is.

    A deputy is a line like `bruno for anna 2026-07-01..2026-07-14`.
    """

    contacts: tuple[str, ...] | None = None
    deputies: tuple[str, ...] | None = None
    quorum: str | None = None


@dataclass(frozen=True)
class Wished:
    """All the changes that are asked for at once, and why.

    `start` is a day, or `none`.
    """

    reason: str
    enforcement: str | None = None
    staff: tuple[tuple[str, Staff], ...] = ()
    start: str | None = None
    joiners: tuple[Joiner, ...] = ()
    leavers: tuple[Leaver, ...] = ()


def change(env: Any, campaign: int, person: Person, wish: Wished) -> int:
    """Change a running campaign; how many things were changed.

    GateShut if the person may not, Unfit with all that is wrong.
    """
    with store.opened(env, campaign) as book:
        if book is None:
            raise GateShut('Nothing was changed', ['the campaign is gone'])
        refusal = (read_only(book.state).rstrip('.')
                   if book.state.campaign.ended else
                   '' if person.may(ADMIN) else
                   f'{person.name} may not; only a holder of {ADMIN} may')
        if refusal:
            raise GateShut('Nothing was changed', [refusal])
        if not wish.reason.strip():
            raise Unfit([('reason', 'Say why; the reason is kept and shown.')])
        if word_problems('reason', wish.reason):
            raise Unfit(word_problems('reason', wish.reason))
        _move(book, person, wish)
        after = _after(env, book.state, wish)
        count = (_record(book, after, person, wish) + len(wish.joiners)
                 + len(wish.leavers))
        if wish.start is not None:
            reschedule(book, person, wish.start, wish.reason)
            count += 1
        settle(book, person.name, f'the campaign was changed by {person.name}')
        return count


def _move(book: store.Book, person: Person, wish: Wished) -> None:
    """Let items drop out and join, each in an entry of its own."""
    signers = Signers(
        {k: s.contacts for k, s in wish.staff if s.contacts is not None},
        {k: s.quorum for k, s in wish.staff if s.quorum})
    for leaver in wish.leavers:
        leave(book, leaver, person, wish.reason)
    for joiner in wish.joiners:
        join(book, joiner, signers, person, wish.reason)


def _spread(state: State, staff: tuple[tuple[str, Staff], ...]
            ) -> list[tuple[str, Staff]]:
    """What is said of a group, said of each of its requirements."""
    groups = {g.key for g in state.groups}
    whole = [(r.key, said) for key, said in staff if key in groups
             for r in state.members(key)]
    return whole + [(k, said) for k, said in staff if k not in groups]


def _after(env: Any, state: State, wish: Wished) -> State:
    """The state as it is asked for; Unfit if it cannot be."""
    problems: list[tuple[str, str]] = []
    known = people.known(env)
    keys = [r.key for r in state.requirements]
    spread = _spread(state, wish.staff)
    told: list[Staff] = []
    for key, staff in spread:
        if key not in keys:
            problems.append((f'contact:{key}', f'There is no requirement '
                             f'"{key[:64]}".{meant(key, keys)} Known are '
                             f'{joined(keys[:20])}.'))
        elif not any(staff is wrong for wrong in told):
            count = len(problems)
            state = _staffed(state, key, staff, known, problems)
            if len(problems) > count:  # of a group, once is enough
                told.append(staff)
    if wish.enforcement is not None:
        problems += enforcement_problems(wish.enforcement)
        state = replace(state, campaign=replace(
            state.campaign, enforcement=wish.enforcement))
    changed = {key for key, _ in spread}
    near = {r.separate_from for r in state.requirements if r.key in changed}
    problems = problems or [
        (f'contact:{key}', words) for key, words in out_of_reach(
            state, known.groups, known.administrators)
        if key in changed | near or state.requirement(
            key).separate_from in changed]
    if problems:
        raise Unfit(problems)
    return state


def _staffed(state: State, key: str, staff: Staff, known: Any,
             problems: list[tuple[str, str]]) -> State:
    old = state.requirement(key)
    contacts = (old.contacts if staff.contacts is None
                else tuple(dict.fromkeys(staff.contacts)))
    if staff.contacts is not None:
        problems += contact_problems(
            key, tuple(c for c in contacts if c not in old.contacts), known)
    deputies: tuple[Deputy, ...] = tuple(
        d for d in old.deputies if d.stands_for in contacts)
    if staff.deputies is not None:
        read = [deputy(key, text, contacts, known, problems)
                for text in staff.deputies[:DEPUTIES_MAX] if text.strip()]
        if len(staff.deputies) > DEPUTIES_MAX:
            problems.append((f'deputy:{key}', f'{key} has '
                             f'{len(staff.deputies)} deputies; '
                             f'{DEPUTIES_MAX} are allowed.'))
        deputies = tuple(d for d in read if d)
    new = replace(old, contacts=contacts, deputies=deputies,
                  quorum=old.quorum if staff.quorum is None
                  else quorum(key, staff.quorum, problems))
    return replace(state, requirements=tuple(
        new if r.key == key else r for r in state.requirements))


def _record(book: store.Book, after: State, person: Person,
            wish: Wished) -> int:
    """One entry for each thing that changes; how many there are."""
    before, count = book.state, 0
    if after.campaign.enforcement != before.campaign.enforcement:
        count += 1
        book.record(now(), person.name, 'enforcement-changed',
                    enforcement=after.campaign.enforcement,
                    was=before.campaign.enforcement, reason=wish.reason)
    for old in before.requirements:
        if after.requirement(old.key) != old:
            count += 1
            _Restaffed(book, old, after.requirement(old.key), person,
                       wish.reason).record()
    return count


@dataclass(frozen=True)
class _Restaffed:
    """A requirement that others are to sign from now on."""

    book: store.Book
    old: Requirement
    new: Requirement
    person: Person
    reason: str

    def record(self) -> None:
        """Record it and say it in the ticket, which may open again."""
        old, new = self.old, self.new
        payload: dict[str, Any] = {
            'contacts': list(new.contacts), 'deputies': plain(new.deputies),
            'quorum': new.quorum, 'was': _words(old), 'ticket': old.ticket,
            'reason': self.reason}
        snapshot = self.book.snapshot()
        if old.key not in snapshot.tickets:
            self.book.record(now(), self.person.name, 'contacts-changed',
                             old.key, **payload)
            return
        ticket = Ticket(self.book.env, old.ticket)
        when = later(ticket)
        values = self._owner(ticket)
        if self._signed_no_more(snapshot):
            values.update(reopened(ticket))
            payload['seen'] = to_utimestamp(when)
        self.book.record(now(), self.person.name, 'contacts-changed',
                         old.key, **payload)
        comment = (f'Who signs this was changed from {_words(old)} to '
                   f'{_words(new)}: {self.reason}')
        with self.book.at_work():
            save(ticket, self.person.name, when, comment, **values)
        self.book.news.append(TicketNews(ticket.id, when, self.person.name,
                                         comment))

    def _owner(self, ticket: Ticket) -> dict[str, str]:
        """The ticket's owner follows the first contact."""
        named = [c for c in self.new.contacts if c[:1] != GROUP]
        return ({'owner': named[0]}
                if named and ticket['owner'] not in named else {})

    def _signed_no_more(self, snapshot: Snapshot) -> bool:
        """Whether what was signed counts no more with the new contacts."""
        key, state = self.old.key, snapshot.state
        after = replace(state, requirements=tuple(
            self.new if r.key == key else r for r in state.requirements))
        return (snapshot.tickets[key].closed and not self.old.unsigned
                and passes_closed(snapshot, key, now()).met
                and not passes_closed(replace(snapshot, state=after), key,
                                      now()).met)


def _words(requirement: Requirement) -> str:
    """Who signs a requirement, in words."""
    told = ('contacts ' + joined(requirement.contacts)
            if requirement.contacts else 'no contacts')
    if requirement.quorum > 1:
        told += f', quorum {requirement.quorum}'
    if requirement.deputies:
        told += f', deputies {"; ".join(map(str, requirement.deputies))}'
    return told
