"""Corrections: what has to change in Trac so that it follows a decision.

Rule 11 of docs/development/rules.rst, both ways: what is unmet is opened, what
is met again is closed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.rules.answers import Answer, named, Reason
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.gates import (
    as_closed,
    decide,
    evaluate_as_closed,
)
from prodworkflow.domain.text import Message

NO_SIGN_OFF = (Reason.CLOSED_UNSIGNED, Reason.TICKET_MISSING)


@dataclass(frozen=True)
class TicketCorrections:
    """The sign-off tickets to reopen, and those to close as met.

    The answers in `close` are evaluated as if their tickets were closed.
    """

    reopen: tuple[Answer, ...] = ()
    close: tuple[Answer, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reopen or self.close)


def ticket_corrections(decision: Decision) -> TicketCorrections:
    """The tickets whose status does not follow the decision.

    None where anything is in doubt.
    """
    snapshot = decision.snapshot
    if snapshot.doubts:
        return TicketCorrections()
    answers = [a for a in decision.launch.answers
               if a.requirement.key in snapshot.tickets and not a.met]
    return TicketCorrections(
        tuple(a for a in answers if _closed(snapshot, a)
              and a.reason not in NO_SIGN_OFF),
        tuple(filter(None, (_met_as_closed(decision, a) for a in answers
                            if not _closed(snapshot, a)))))


def corrected(snapshot: Snapshot, tickets: TicketCorrections) -> Snapshot:
    """The snapshot with these tickets reopened and closed."""
    found = dict(snapshot.tickets)
    for answer in tickets.reopen:
        key = answer.requirement.key
        found[key] = replace(found[key], status='reopened', resolution='',
                             changed=answer.requirement.seen)
    for answer in tickets.close:
        key = answer.requirement.key
        found[key] = replace(found[key], status='closed',
                             resolution=answer.resolution,
                             changed=answer.requirement.seen)
    return replace(snapshot, tickets=found)


def stages_to_reopen(decision: Decision) -> tuple[Stage, ...]:
    """The stages that are closed behind a shut gate or an open stage.

    None in `advisory`, where nothing is blocked.
    """
    found = []
    in_order = True
    for gate in decision.gates:
        closed = decision.closed(gate.stage)
        if closed and not (in_order and gate.open):
            found.append(gate.stage)
            closed = False
        in_order = in_order and closed
    blocks = decision.snapshot.state.campaign.blocks
    return tuple(found) if blocks else ()


def has_to_be_held(decision: Decision) -> bool:
    """Whether a launched campaign goes on behind a shut launch gate."""
    campaign = decision.snapshot.state.campaign
    return (campaign.blocks and campaign.phase == Phase.LAUNCHED.value
            and not campaign.held_since
            and not decision.launch_unheld.open)


def foretold(snapshot: Snapshot, now: int) -> list[Message]:
    """What reconciliation would do to Trac and the campaign, in words."""
    if snapshot.state.campaign.ended:
        return []
    decision = decide(snapshot, now)
    words: list[Message] = []
    for _ in snapshot.state.requirements:
        tickets = ticket_corrections(decision)
        if not tickets:
            break
        words += _told(tickets)
        snapshot = corrected(snapshot, tickets)
        decision = decide(snapshot, now)
    words += [Message('would reopen stage %(stage)s', stage=stage.label)
              for stage in stages_to_reopen(decision)]
    if has_to_be_held(decision):
        words.append(Message('would put the campaign on hold'))
    return words


def _told(tickets: TicketCorrections) -> list[Message]:
    words = [Message('would reopen %(requirement)s, for it %(words)s',
                     requirement=named(a), words=a.words)
             for a in tickets.reopen]
    words += [Message('would close %(requirement)s, for it is %(words)s',
                      requirement=named(a), words=a.words)
              for a in tickets.close]
    return words


def answer_suffices(snapshot: Snapshot, key: str, now: int) -> bool:
    """Whether nothing but an objection stands against a requirement.

    `now` is the time in µs UTC; KeyError if there is no such requirement or
    its ticket is gone.
    """
    requirement = snapshot.state.requirement(key)
    if not requirement.objection:
        return False
    unopposed = replace(requirement, objection=None)
    return evaluate_as_closed(
        replace(snapshot, state=snapshot.state.having(unopposed)), key,
        now).met


def _closed(snapshot: Snapshot, answer: Answer) -> bool:
    return snapshot.tickets[answer.requirement.key].closed


def _met_as_closed(decision: Decision, answer: Answer) -> Answer | None:
    """The answer with the ticket closed, if it is met then.

    Only an open ticket is missing where it is `withdrawn`; an unsigned
    closing may stand inside a waiver.
    """
    if answer.reason is not Reason.WITHDRAWN and (
            not answer.requirement.unsigned):
        return None
    found = as_closed(decision, answer)
    return found if found.met else None
