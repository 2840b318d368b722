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
        found[key] = found[key].reopened(answer.requirement.seen)
    for answer in tickets.close:
        key = answer.requirement.key
        found[key] = replace(found[key], status='closed',
                             resolution=answer.closing,
                             changed=answer.requirement.seen)
    return replace(snapshot, tickets=found)


@dataclass(frozen=True)
class StageCorrections:
    """The stages to reopen, and those to close again, in their order.

    Those in `by_rules`, of the reopened ones, are open through the rules
    alone: they were closed, and no person has opened one before them.
    """

    reopen: tuple[Stage, ...] = ()
    by_rules: tuple[Stage, ...] = ()
    close: tuple[Stage, ...] = ()


def stage_corrections(decision: Decision) -> StageCorrections:
    """What follows the decision: stages close in their order.

    One that is closed behind a shut gate or an open stage is reopened; one
    that the rules have reopened is closed again behind an open gate. None in
    `advisory`, where nothing is blocked; in doubt none is closed.
    """
    snapshot = decision.snapshot
    if not snapshot.state.campaign.blocks:
        return StageCorrections()
    reopen, ours, close = [], [], []
    in_order = by_rules = True
    for gate in decision.gates:
        stage, closed = gate.stage, decision.closed(gate.stage)
        fits = in_order and gate.open
        by_rules = by_rules and (stage.closed or stage.reopened)
        if closed and not fits:
            reopen.append(stage)
            ours += [stage] if by_rules else []
        elif not closed and fits and _closes_again(snapshot, stage):
            close.append(stage)
            closed = True
        elif not closed:
            by_rules = by_rules and stage.reopened
        in_order = in_order and closed and fits
    return StageCorrections(tuple(reopen), tuple(ours), tuple(close))


def stages_to_reopen(decision: Decision) -> tuple[Stage, ...]:
    """The stages that are closed behind a shut gate or an open stage."""
    return stage_corrections(decision).reopen


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
    stages = stage_corrections(decision)
    words += [Message('would reopen stage %(stage)s', stage=stage.label)
              for stage in stages.reopen]
    words += [Message('would close stage %(stage)s again', stage=stage.label)
              for stage in stages.close]
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


def _closes_again(snapshot: Snapshot, stage: Stage) -> bool:
    return (stage.reopened and not stage.closed and not snapshot.doubts
            and stage.key in snapshot.milestones)


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
