"""Reopenings that no listener has seen: what they mean for a sign-off.

While the plugin was off, whoever reopened a signed ticket could neither be
refused nor asked. Nothing signed is voided by it: it is an objection, which
one who may sign answers. After the launch, it is one of those responsible
only; anybody else's is undone and kept as a concern.
"""

from __future__ import annotations

from typing import Any

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.vocabulary import Role, Verdict
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.objections.objections import reopening_refusal
from prodworkflow.domain.text import Message
from prodworkflow.gateways import users
from prodworkflow.gateways.clock import now
from prodworkflow.services.gates.concern_news import notify_of_concern

UNSEEN = Message('Reopened while nobody was watching.')


def unseen_reopening(env: Any, snapshot: Snapshot,
                     answer: Answer) -> store.Reopening | None:
    """The reopening of a met ticket that its ledger does not know, if any."""
    requirement = answer.requirement
    if snapshot.tickets[requirement.key].changed <= requirement.seen:
        return None
    return store.reopening_since(env, requirement.ticket, requirement.seen)


def refused(book: store.Book, requirement: Requirement,
            found: store.Reopening) -> Message | None:
    """Why an unseen reopening is undone; None if it stands."""
    person = users.known_person(book.env, found.author)
    return reopening_refusal(requirement, book.state, person, day_of(now()))


def record_objection(book: store.Book, requirement: Requirement,
                     found: store.Reopening) -> bool:
    """Record an unseen reopening as an objection; False if it is undone."""
    undone = refused(book, requirement, found)
    verb = 'reopening-refused' if undone else Verdict.OBJECTED.value
    book.record(now(), found.author or 'unknown', verb, requirement.key,
                role=Role.ANYONE.value, contact='', ticket=requirement.ticket,
                statement=found.comment or UNSEEN, seen=found.time)
    if undone:
        notify_of_concern(book)
    return not undone
