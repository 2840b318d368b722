"""Receivers: set up and removed by administrators."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.events.receiver import (
    made_secret,
    Receiver,
    ReceiverKind,
    ReceiverRequest,
)
from prodworkflow.domain.events.receiver_findings import receiver_findings
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.text import Message
from prodworkflow.gateways.clock import now
from prodworkflow.services.outbox.recording import record_gates
from prodworkflow.services.refusals import GateShut
from prodworkflow.store import outbox


def add(env: Any, person: Person, wish: ReceiverRequest) -> Receiver:
    """Set up a receiver; a webhook without a secret gets a new one.

    InvalidRequest, GateShut.
    """
    _require_admin(person)
    problems = wish.problems()
    if problems:
        raise InvalidRequest(problems)
    kind = ReceiverKind(wish.kind)
    with env.db_transaction:
        there = outbox.receivers(env)
        for known in there:
            if (known.url, known.kind) == (wish.url, kind):
                raise InvalidRequest([('url', Message(
                    'It is there already, as webhook %(number)s; remove '
                    'that one first.', number=known.id))])
        if not there:
            record_gates(env)
        secret = (wish.secret or made_secret(secrets.token_bytes)
                  if kind is ReceiverKind.WEBHOOK else '')
        new = Receiver(0, kind, wish.url, secret,
                       tuple(dict.fromkeys(wish.types)), now(), person.name)
        return replace(new, id=outbox.add_receiver(env, new))


def remove(env: Any, person: Person, which: str) -> Receiver:
    """Remove a receiver, named by its number or its address.

    InvalidRequest, GateShut.
    """
    _require_admin(person)
    with env.db_transaction:
        for known in outbox.receivers(env):
            if which in (str(known.id), known.url):
                outbox.remove_receiver(env, known.id)
                return known
    raise InvalidRequest([('webhook', Message(
        'There is no webhook "%(which)s"; "campaign webhook list" has their '
        'numbers.', which=which[:64]))])


def findings(env: Any) -> Iterator[tuple[Receiver, Message]]:
    """What is wrong with receivers, in words."""
    known = {r.id: r for r in outbox.receivers(env)}
    for standing in outbox.standings(env) if known else ():
        if standing.receiver in known:
            for words in receiver_findings(standing, now()):
                yield known[standing.receiver], words


def _require_admin(person: Person) -> None:
    if not person.may(ADMIN):
        raise GateShut(Message('Nothing was changed'), [Message(
            '%(person)s may not; only a holder of %(permission)s may',
            person=person.name, permission=ADMIN)])
