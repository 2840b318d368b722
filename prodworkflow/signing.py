"""Signs requirements: the use cases behind every ticket door.

`vet` is asked before Trac saves a ticket and marks the very object that will
be saved; `ticket_saved` is told afterwards.  A closing that nobody vetted is
no sign-off, whoever made it: Trac asked nobody who that person is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trac.ticket.model import Ticket
from trac.util.datefmt import datetime_now, from_utimestamp, to_utimestamp, utc

from . import store
from .closing import decided, everything, now, settle, Teller
from .gates import may_sign, signers_of, standing
from .model import Requirement, Role, Stage, Verdict
from .refusals import GateShut

MARK = 'prodworkflow_vetted'
RESTORED = ('Closed again: deleting a comment does not take back a sign-off. '
            'To withdraw it, reopen this ticket.')


@dataclass(frozen=True)
class Intent:
    """What is about to happen to a ticket, and on whose behalf.

    `status`, `resolution` and `milestone` are the values that it will have;
    `final` is False for a mere preview; `tell` gives the reasons of a gate
    that the person may know.
    """

    person: str
    administrator: bool
    status: str
    resolution: str
    milestone: str
    final: bool
    tell: Teller = everything


@dataclass(frozen=True)
class Vetted:
    """The mark on a ticket whose closing was found to be a sign-off."""

    person: str
    role: Role


@dataclass(frozen=True)
class Objection:
    """Why an intent is refused, or only warned of (`advisory`)."""

    words: str
    blocks: bool


def vet(env: Any, ticket: Ticket, intent: Intent) -> list[Objection]:
    """What speaks against an intent; marks the ticket if it is a sign-off."""
    objections = []
    setattr(ticket, MARK, None)
    for concern in store.concerned(env, ticket.id, ()):
        found = store.snapshot(env, concern.campaign)
        if found is None or concern.requirement not in found.tickets:
            continue
        requirement = found.state.requirement(concern.requirement)
        words = _objections(env, found, requirement, ticket, intent)
        blocks = found.state.campaign.blocks
        objections += [Objection(w, blocks) for w in words]
        if words and blocks and intent.final:
            _record_refusal(env, concern.campaign, requirement, intent, words)
    return objections


def ticket_saved(env: Any, ticket: Ticket, author: str, comment: str,
                 old: Mapping[str, Any]) -> None:
    """Record what a saved ticket means for its campaigns, and settle them."""
    before = _Place.of(ticket, old)
    after = _Place.of(ticket, {})
    if _being_renamed(env, before, after):
        return
    names = tuple(n for n in {before.milestone, after.milestone} if n)
    concerns = store.concerned(env, ticket.id, names)
    for campaign in sorted({c.campaign for c in concerns}):
        with store.opened(env, campaign) as book:
            if book is not None:
                change = _Change(book, ticket, author or 'unknown',
                                 comment or '', old, before, after)
                change.record()
                settle(book, change.author, change.words())
    setattr(ticket, MARK, None)


def ticket_deleted(env: Any, ticket: Ticket, actor: str) -> None:
    """Record that a ticket is gone; a requirement is then unmet."""
    milestone = ticket['milestone']
    names = (milestone,) if milestone else ()
    for concern in store.concerned(env, ticket.id, names):
        with store.opened(env, concern.campaign) as book:
            if book is None:
                continue
            if concern.requirement:
                book.record(now(), actor, 'ticket-missing',
                            concern.requirement, ticket=ticket.id)
            elif ticket['status'] != 'closed':
                book.record(now(), actor, 'ticket-left', ticket=ticket.id,
                            stage=concern.stage)
            settle(book, actor, f'ticket #{ticket.id} was deleted')


def change_deleted(env: Any, ticket: Ticket,
                   changes: Mapping[str, tuple[Any, Any]],
                   actor: str) -> None:
    """Follow a change that was cut from a ticket's history.

    Trac has silently given the ticket its former values.  The ledger keeps
    what was signed: a signed ticket is closed again.
    """
    if not _restored(env, ticket):
        taken_back = {name: new for name, (_, new) in changes.items()
                      if (new or '') != (ticket[name] or '')}
        ticket_saved(env, ticket, actor, '', taken_back)


def sign(env: Any, campaign: int, key: str, person: str,
         administrator: bool, statement: str,
         tell: Teller = everything) -> tuple[int, datetime]:
    """Approve a requirement from its box; the ticket, and when it was saved.

    Raises GateShut if this person may not.  The way to sign a ticket that
    was closed without a sign-off; an open one is closed as `fixed`.  Ticket
    and ledger change in one transaction.
    """
    with store.opened(env, campaign) as book:
        if book is None:
            raise GateShut('Nothing was signed', ['the campaign is gone'])
        requirement = book.state.requirement(key)
        role = may_sign(requirement, person, administrator)
        refusal = _refusal(book, requirement, role, tell)
        if refusal or role is None or requirement.ticket is None:
            raise GateShut('Nothing was signed', [refusal or ''])
        return _sign(book, requirement, person, role, statement)


def _refusal(book: store.Book, requirement: Requirement, role: Role | None,
             tell: Teller) -> str | None:
    snapshot = book.snapshot()
    if requirement.key not in snapshot.tickets:
        return ('the sign-off ticket is missing; ask for "trac-admin ENV '
                'campaign check --repair"')
    if role is None:
        return _who(requirement, book.state.campaign.name)
    return _before_turn(book.env, snapshot, requirement, tell)


def _sign(book: store.Book, requirement: Requirement, person: str,
          role: Role, statement: str) -> tuple[int, datetime]:
    ticket = Ticket(book.env, requirement.ticket)
    when = _after(ticket)
    changed = book.snapshot().tickets[requirement.key].changed
    book.record(now(), person, Verdict.APPROVED.value, requirement.key,
                role=role.value, statement=statement, ticket=ticket.id,
                seen=max(to_utimestamp(when), changed))
    _save(ticket, person, when, statement or 'Signed off.')
    settle(book, person, f'#{ticket.id} was signed')
    return ticket.id, when


def _after(ticket: Ticket) -> datetime:
    """A moment later than the ticket's last change, as Trac's keys need."""
    return max(datetime_now(utc),
               from_utimestamp(to_utimestamp(ticket['changetime']) + 1))


def _restored(env: Any, ticket: Ticket) -> bool:
    for concern in store.concerned(env, ticket.id, ()):
        with store.opened(env, concern.campaign) as book:
            requirement = book and book.state.for_ticket(ticket.id)
            if (book and requirement and ticket['status'] != 'closed'
                    and _is_signed(book, requirement)):
                when = _after(ticket)
                book.record(now(), 'prodworkflow', 'restored',
                            requirement.key, ticket=ticket.id,
                            seen=to_utimestamp(when))
                _save(ticket, 'prodworkflow', when, RESTORED)
                return True
    return False


def _save(ticket: Ticket, author: str, when: Any, comment: str) -> None:
    ticket['status'] = 'closed'
    ticket['resolution'] = 'fixed'
    setattr(ticket, MARK, 'recorded')
    ticket.save_changes(author, comment, when)


@dataclass(frozen=True)
class _Place:
    """Where a ticket is, and whether it is closed."""

    status: str
    milestone: str

    @classmethod
    def of(cls, ticket: Ticket, old: Mapping[str, Any]) -> _Place:
        return cls(old.get('status', ticket['status']) or '',
                   old.get('milestone', ticket['milestone']) or '')

    def open_in(self, milestone: str) -> bool:
        return self.status != 'closed' and self.milestone == milestone


@dataclass(frozen=True)
class _Change:
    """A saved ticket beside the campaign that it concerns."""

    book: store.Book
    ticket: Ticket
    author: str
    comment: str
    old: Mapping[str, Any]
    before: _Place
    after: _Place

    def record(self) -> None:
        requirement = self.book.state.for_ticket(self.ticket.id)
        if requirement is None or requirement.ticket_time != to_utimestamp(
                self.ticket['time']):
            self._record_other()
            return
        if self.before.milestone != self.after.milestone:
            self._entry('ticket-moved', requirement.key,
                        **{'from': self.before.milestone,
                           'to': self.after.milestone})
        if getattr(self.ticket, MARK, None) != 'recorded':
            self._record_status(requirement)

    def words(self) -> str:
        return f'ticket #{self.ticket.id} was changed by {self.author}'

    def _record_status(self, requirement: Requirement) -> None:
        if self.after.status == 'closed':
            if {'status', 'resolution'} & set(self.old):
                self._record_closing(requirement)
        elif self.before.status == 'closed':
            self._record_reopening(requirement)

    def _record_closing(self, requirement: Requirement) -> None:
        vetted = getattr(self.ticket, MARK, None)
        if (isinstance(vetted, Vetted) and vetted.person == self.author
                and self.ticket['resolution'] == 'fixed'
                and may_sign(requirement, vetted.person,
                             vetted.role is Role.ADMINISTRATOR)
                and not _before_turn(self.book.env, self.book.snapshot(),
                                     requirement)):
            self._entry(Verdict.APPROVED.value, requirement.key,
                        role=vetted.role.value, statement=self.comment)
        else:
            self._entry('closed-unsigned', requirement.key,
                        resolution=self.ticket['resolution'] or '',
                        comment=self.comment)

    def _record_reopening(self, requirement: Requirement) -> None:
        if not standing(requirement, self.book.state.signoffs):
            self._entry('reopened', requirement.key)
            return
        role = (Role.CONTACT if self.author in requirement.contacts
                else Role.ANYONE)
        self._entry(Verdict.WITHDRAWN.value, requirement.key,
                    role=role.value, statement=self.comment)

    def _record_other(self) -> None:
        for stage in self.book.state.stages:
            was = self.before.open_in(stage.milestone)
            is_ = self.after.open_in(stage.milestone)
            if was != is_:
                self._entry('ticket-entered' if is_ else 'ticket-left', '',
                            stage=stage.key)

    def _entry(self, verb: str, requirement: str, **payload: Any) -> None:
        self.book.env.log.info('%s: %s #%s %s', self.author, verb,
                               self.ticket.id, requirement)
        seen = to_utimestamp(self.ticket['changetime'])
        if requirement:
            seen = max(seen, self.book.state.requirement(requirement).seen)
        self.book.record(now(), self.author, verb, requirement,
                         ticket=self.ticket.id, seen=seen, **payload)


def _objections(env: Any, snapshot: Any, requirement: Requirement,
                ticket: Ticket, intent: Intent) -> list[str]:
    campaign = snapshot.state.campaign.name
    stage: Stage = snapshot.state.stage(requirement.stage)
    facts = snapshot.tickets[requirement.key]
    found = []
    if intent.milestone not in (facts.milestone, stage.milestone):
        found.append(
            f'#{ticket.id} is the sign-off ticket "{requirement.title}" of '
            f'campaign {campaign} and stays in milestone {stage.milestone}; '
            'ask a holder of CAMPAIGN_ADMIN if the campaign itself has to '
            'change.')
    if intent.status == 'closed' and (
            not facts.closed or intent.resolution != facts.resolution):
        found += _against_signing(env, snapshot, requirement, intent)
        role = may_sign(requirement, intent.person, intent.administrator)
        if role and not found:
            setattr(ticket, MARK, Vetted(intent.person, role))
    return found


def _against_signing(env: Any, snapshot: Any, requirement: Requirement,
                     intent: Intent) -> list[str]:
    campaign = snapshot.state.campaign.name
    if not may_sign(requirement, intent.person, intent.administrator):
        return [_who(requirement, campaign)]
    if intent.resolution != 'fixed':
        return [f'Closing #{requirement.ticket} records the approval of '
                f'"{requirement.title}" ({campaign}) and needs the '
                f'resolution "fixed", not "{intent.resolution}". If it '
                'cannot be approved, leave it open and say why in a comment. '
                f'It may be signed by {signers_of(requirement)}.']
    early = _before_turn(env, snapshot, requirement, intent.tell)
    return [early] if early else []


def _who(requirement: Requirement, campaign: str) -> str:
    return (f'#{requirement.ticket} is the sign-off ticket '
            f'"{requirement.title}" of campaign {campaign}: only '
            f'{signers_of(requirement)} may sign and so close it.')


def _before_turn(env: Any, snapshot: Any, requirement: Requirement,
                 tell: Teller = everything) -> str | None:
    """In `strict`, why this approval comes before its turn."""
    if snapshot.state.campaign.enforcement != 'strict':
        return None
    stage = snapshot.state.stage(requirement.stage)
    decision = decided(env, snapshot)
    for gate in decision.gates:
        if gate.stage.number < stage.number and not gate.open:
            reasons = "; ".join(tell(decision, gate.stage.key))
            return (f'#{requirement.ticket} cannot be signed before its '
                    f'turn (strict enforcement): stage {gate.stage.label} '
                    f'comes first: {reasons}. Then '
                    f'{signers_of(requirement)} may sign.')
    return None


def _record_refusal(env: Any, campaign: int, requirement: Requirement,
                    intent: Intent, words: list[str]) -> None:
    env.log.warning('refused %s: %s', intent.person, ' '.join(words))
    with store.opened(env, campaign) as book:
        if book is not None:
            book.record(now(), intent.person, 'refused', requirement.key,
                        ticket=requirement.ticket, what='changing the ticket',
                        status=intent.status, resolution=intent.resolution,
                        reasons=words)


def _is_signed(book: store.Book, requirement: Requirement) -> bool:
    return (len(standing(requirement, book.state.signoffs))
            >= requirement.quorum and not requirement.unsigned)


def _being_renamed(env: Any, before: _Place, after: _Place) -> bool:
    """Whether this is Trac moving tickets while it renames a milestone.

    Trac moves the tickets first; their new milestone does not exist yet.
    """
    return (before.milestone != after.milestone and bool(after.milestone)
            and not store.milestone_exists(env, after.milestone))
