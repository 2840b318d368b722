"""Name and end deputies of a person in one campaign, or in several at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.ledger.membership import newcomers_part
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.planning.deputies import (
    DeputyRequest,
    FORM,
    is_named,
    named_deputy,
    naming_problem,
    no_deputyship,
    nobody_to_stand_for,
)
from prodworkflow.domain.text import Message, word_problems
from prodworkflow.gateways import users
from prodworkflow.gateways.clock import now
from prodworkflow.services.opening import opened_running, UNCHANGED
from prodworkflow.services.refusals import GateShut
from prodworkflow.services.revisions import FormRevision, require_unchanged


def name_deputy(env: Any, campaigns: Iterable[int], person: Person,
                wish: DeputyRequest,
                revision: FormRevision | None = None) -> list[str]:
    """Name a deputy, or end one; the names of the campaigns that change.

    GateShut if the person may not; InvalidRequest names all that is wrong.
    """
    _require_administrator(person)
    if word_problems('reason', wish.reason):
        raise InvalidRequest(word_problems('reason', wish.reason))
    known = users.site_facts(env)
    deputy = None if wish.end else named_deputy(wish, known)
    newcomers = known.strangers([deputy.person]) if deputy else ()
    changed, looked_at, named = [], [], False
    for campaign in campaigns:
        with opened_running(env, campaign) as book:
            require_unchanged(book, revision, {})
            name = book.state.campaign.name
            looked_at.append(name)
            if deputy:
                named = named or is_named(book.state, deputy.stands_for)
            if (_record_named(book, person, wish, deputy, newcomers)
                    if deputy
                    else _record_ended(book, person, wish)):
                changed.append(name)
    if deputy and not named:
        raise InvalidRequest([('deputy', nobody_to_stand_for(
            deputy.stands_for, looked_at))])
    if wish.end and not changed:
        raise InvalidRequest([('deputy', no_deputyship(wish, looked_at))])
    return changed


def _require_administrator(person: Person) -> None:
    if not person.may(ADMIN):
        raise GateShut(UNCHANGED, [Message(
            '%(person)s may not; only a holder of %(permission)s may',
            person=person.name, permission=ADMIN)])


def _record_named(book: store.Book, person: Person, wish: DeputyRequest,
                  deputy: Deputy, newcomers: tuple[str, ...]) -> bool:
    """Record the deputy of one campaign; whether anything changes."""
    problem = naming_problem(deputy, book.state, day_of(now()))
    if problem:
        raise InvalidRequest([('deputy', problem)])
    if deputy in book.state.campaign.deputies:
        return False
    book.record(now(), person.name, 'deputy-named', person=deputy.person,
                stands_for=deputy.stands_for, first=deputy.first.isoformat(),
                last=deputy.last.isoformat(), reason=wish.reason,
                **newcomers_part(newcomers))
    return True


def _record_ended(book: store.Book, person: Person,
                  wish: DeputyRequest) -> bool:
    """Record that a deputy is one no more; whether there was one."""
    if wish.pair is None:
        raise InvalidRequest([('deputy', Message(
            'Write who ends to be a deputy of whom, like "%(form)s".',
            form=FORM))])
    who, stands_for = wish.pair
    if not any((d.person, d.stands_for) == wish.pair
               for d in book.state.campaign.deputies):
        return False
    book.record(now(), person.name, 'deputy-ended', person=who,
                stands_for=stands_for, reason=wish.reason)
    return True
