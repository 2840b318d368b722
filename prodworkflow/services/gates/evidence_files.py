"""Attachments that are evidence: what their bytes are now.

Trac tells when one is added, deleted or moved; a file that was changed past
Trac is found where the bytes are read again: at a launch, at the closing of a
stage and by `campaign check`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prodworkflow import store
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import (
    files_of,
    latest,
    present_files,
    submitted_files,
)
from prodworkflow.domain.rules.decision import Decision, Gate
from prodworkflow.domain.text import joined, Message
from prodworkflow.gateways.attachments import digests_now
from prodworkflow.gateways.clock import now
from prodworkflow.services.gates.reconciliation import reconcile, SYSTEM


def attachments_changed(env: Any, ticket: int, actor: str) -> None:
    """Record what the attachments of a ticket are now; reconcile.

    Does nothing for a ticket whose attachments are no evidence.
    """
    for concern in store.owners_of(env, ticket, ()):
        with store.open_campaign(env, concern.campaign) as book:
            if book is None or book.state.campaign.ended:
                continue
            requirement = book.state.for_ticket(ticket)
            changed = requirement and _record(book, [requirement], actor)
            if changed:
                reconcile(book, actor, Message(
                    '%(files)s changed, by %(actor)s',
                    files=joined(changed), actor=actor))


def reread(book: store.Book, requirements: Iterable[Requirement],
           found: str) -> list[str]:
    """Read the attachments of requirements again; those that have changed.

    They are recorded, and the caller reconciles.  `found` is by what.
    """
    return _record(book, requirements, SYSTEM, found=found)


def reread_upto(book: store.Book, stage: str) -> list[str]:
    """Read those of a stage, by its key, and of the stages before it."""
    numbers = {s.key: s.number for s in book.state.stages}
    last = numbers.get(stage, 0)
    return reread(book, [r for r in book.state.requirements
                         if numbers.get(r.stage, 0) <= last],
                  Message('the closing of a stage'))


def not_as_signed(state: State) -> list[str]:
    """The attachments that are not what was submitted, a phrase each."""
    return [Message(
        'attachment %(name)s of #%(ticket)s is gone or not what '
        '%(signer)s has signed',
        name=name, ticket=r.ticket, signer=given.signoff.signer)
            for r in state.requirements if r.files
            for given in latest(r, state).values()
            for name, _ in files_of(given.proof)
            if name in {f.name for f in r.files}]


def passes(decision: Decision, gate: Gate, changed: list[str]) -> bool:
    """Whether a stage may be closed beside what was found to have changed.

    What nobody had told is a doubt, in which nothing passes a shut gate,
    `advisory` or not.
    """
    return gate.open or (decision.passes(gate) and not changed)


def changed_since(found: Iterable[str]) -> Message:
    """The cause of what changed attachments lead to."""
    return Message('%(files)s changed outside Trac',
                   files=joined(list(found)))


def _record(book: store.Book, requirements: Iterable[Requirement], actor: str,
            **payload: str) -> list[str]:
    """Record each attachment that is not what it was, and name it."""
    known = {r.key: present_files(r, book.state) for r in requirements
             if r.asks.files and r.ticket is not None}
    asked = {book.state.requirement(key): files
             for key, files in known.items() if files}
    there = digests_now(book.env, {r.ticket or 0: list(files)
                                   for r, files in asked.items()})
    changed: list[str] = []
    for requirement, files in asked.items():
        for name, was in files.items():
            digest = there[requirement.ticket or 0, name]
            if digest != was:
                there_again = submitted_files(
                    requirement, book.state)[name] == {digest}
                book.record(now(), actor, 'attachment-changed',
                            requirement.key, ticket=requirement.ticket,
                            attachment=name, digest=digest, was=was,
                            **payload,
                            **({'restored': True} if there_again else {}))
                changed.append(Message('%(file)s of #%(ticket)s', file=name,
                                       ticket=requirement.ticket))
    return changed
