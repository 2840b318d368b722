"""Reopened sign-off tickets: withdrawn, objected to, or closed again.

`domain.rules.objections` says which. After the launch only those responsible
stop production: what others reopened is put back, and kept as a concern.
"""

from __future__ import annotations

from typing import Any

from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.vocabulary import Role
from prodworkflow.domain.rules.eligibility import capacity, valid_approvals
from prodworkflow.domain.rules.gates import evaluate_as_closed
from prodworkflow.domain.rules.objections.objections import (
    reopening,
    reopening_refusal,
)
from prodworkflow.domain.text import Message
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.signer_register import knowing
from prodworkflow.gateways.tickets import next_change_time, restore_ticket
from prodworkflow.services.gates.concern_news import notify_of_concern
from prodworkflow.services.gates.reconciliation import SYSTEM

PUT_BACK = Message('Closed again: production is launched, and only those '
                   'responsible stop it. The contacts are told.')


def stops_something(snapshot: Snapshot, requirement: Requirement) -> bool:
    """Whether reopening its ticket stops what is signed or waived."""
    return bool(valid_approvals(requirement, snapshot.state)
                or evaluate_as_closed(snapshot, requirement.key, now()).met)


def refused_reopening(env: Any, snapshot: Snapshot, requirement: Requirement,
                      person: Person) -> Message | None:
    """Why a person may not reopen the ticket of a requirement, if so."""
    if not stops_something(snapshot, requirement):
        return None
    return reopening_refusal(requirement, knowing(env, snapshot.state),
                             person, day_of(now()))


def record_reopening(book: store.Book, requirement: Requirement,
                     person: Person, said: dict[str, Any],
                     status: str, resolution: str) -> None:
    """Record what a reopened ticket means for its requirement.

    `said` is the payload; the ticket had this status and this resolution.
    """
    snapshot = book.snapshot()
    if not stops_something(snapshot, requirement):
        book.record(now(), person.name, 'reopened', requirement.key,
                    ticket=said['ticket'], seen=said['seen'])
        return
    refused = refused_reopening(book.env, snapshot, requirement, person)
    if refused and book.state.campaign.blocks:
        _put_back(book, requirement, person, said,
                  {'status': status, 'resolution': resolution})
        return
    mine = capacity(requirement, book.state, person, day_of(now()))
    verdict = reopening(requirement, book.state, person, day_of(now()))
    book.record(now(), person.name, verdict.value, requirement.key,
                role=_role(person, mine), contact=mine.contact if mine
                else '', **said)


def record_refused_reopening(book: store.Book, requirement: Requirement,
                             person: Person, comment: str) -> None:
    """Keep what somebody said who was refused to reopen a ticket."""
    book.record(now(), person.name, 'reopening-refused', requirement.key,
                role=Role.ANYONE.value, contact='', statement=comment,
                ticket=requirement.ticket)
    notify_of_concern(book)


def _put_back(book: store.Book, requirement: Requirement, person: Person,
              said: dict[str, Any], former: dict[str, str]) -> None:
    ticket = Ticket(book.env, requirement.ticket)
    when = next_change_time(ticket)
    book.record(now(), person.name, 'reopening-refused', requirement.key,
                **{**said, 'role': Role.ANYONE.value,
                   'seen': to_utimestamp(when)})
    notify_of_concern(book)
    restore_ticket(ticket, SYSTEM, when, PUT_BACK, **former)


def _role(person: Person, mine: Any) -> str:
    if mine:
        return str(mine.role.value)
    return (Role.ADMINISTRATOR if person.administrator
            else Role.ANYONE).value
