"""Signs requirements: the use cases behind every ticket door.

`vet` is asked before Trac saves a ticket and marks the very object that will
be saved; `ticket_saved` is told afterwards.  A closing that nobody vetted is
no sign-off, whoever made it: Trac asked nobody who that person is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trac.ticket.model import Ticket
from trac.util.datefmt import datetime_now, from_utimestamp, to_utimestamp, utc

from . import store
from .closing import decided, everything, now, settle, Teller
from .gates import may_sign, signers_of
from .model import Requirement, Role, Stage, Verdict
from .refusals import GateShut

MARK = 'prodworkflow_vetted'


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
    return before_turn(book.env, snapshot, requirement, tell)


def _sign(book: store.Book, requirement: Requirement, person: str,
          role: Role, statement: str) -> tuple[int, datetime]:
    ticket = Ticket(book.env, requirement.ticket)
    when = later(ticket)
    changed = book.snapshot().tickets[requirement.key].changed
    book.record(now(), person, Verdict.APPROVED.value, requirement.key,
                role=role.value, statement=statement, ticket=ticket.id,
                seen=max(to_utimestamp(when), changed))
    save_signed(ticket, person, when, statement or 'Signed off.')
    settle(book, person, f'#{ticket.id} was signed')
    return ticket.id, when


def later(ticket: Ticket) -> datetime:
    """A moment later than the ticket's last change, as Trac's keys need."""
    return max(datetime_now(utc),
               from_utimestamp(to_utimestamp(ticket['changetime']) + 1))


def save_signed(ticket: Ticket, author: str, when: Any, comment: str) -> None:
    ticket['status'] = 'closed'
    ticket['resolution'] = 'fixed'
    setattr(ticket, MARK, 'recorded')
    ticket.save_changes(author, comment, when)


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
    early = before_turn(env, snapshot, requirement, intent.tell)
    return [early] if early else []


def _who(requirement: Requirement, campaign: str) -> str:
    return (f'#{requirement.ticket} is the sign-off ticket '
            f'"{requirement.title}" of campaign {campaign}: only '
            f'{signers_of(requirement)} may sign and so close it.')


def before_turn(env: Any, snapshot: Any, requirement: Requirement,
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
