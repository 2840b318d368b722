"""Closing sign-off tickets: validate changes before Trac saves them.

A plain closing is an approval. `check_ticket_change` marks the very object
that Trac will save, and the change listener reads the mark: a closing without
one is no sign-off, because nobody asked who that person is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trac.ticket.model import Ticket

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import CLOSED, Snapshot
from prodworkflow.domain.model.vocabulary import Enforcement, Verdict
from prodworkflow.domain.rules.duties.awaited import awaited
from prodworkflow.domain.rules.eligibility import capacity
from prodworkflow.domain.rules.lifecycle_actions import read_only
from prodworkflow.domain.rules.objections.objections import words_asked
from prodworkflow.domain.rules.reconciliation.corrections import (
    answer_suffices,
)
from prodworkflow.domain.rules.ticket_statuses import moves_on
from prodworkflow.domain.rules.ticket_versions import version_refusal
from prodworkflow.domain.rules.verdicts import earlier_gate, verdict_refusal
from prodworkflow.domain.rules.words.closing import (
    asks_for_more,
    signed_in_box,
    wrong_end,
    wrong_resolution,
)
from prodworkflow.domain.text import joined_by, Message
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.signer_register import knowing
from prodworkflow.gateways.site_words import approving_resolution
from prodworkflow.gateways.tickets import MARK
from prodworkflow.services.gates.stages import all_reasons, ReasonsFor
from prodworkflow.services.gates.verification import verified_decision
from prodworkflow.services.signoffs.bases import too_early
from prodworkflow.services.signoffs.reopenings import (
    record_refused_reopening,
    refused_reopening,
)


@dataclass(frozen=True)
class TicketChange:
    """A ticket change that is about to be saved, and on whose behalf.

    `status`, `resolution` and `milestone` are the values that it will have;
    `version` is None where it stays; `final` is False for a mere preview;
    `reasons_for` gives the reasons of a gate that the person may know.
    """

    person: Person
    status: str
    resolution: str
    milestone: str
    final: bool
    reasons_for: ReasonsFor = all_reasons
    comment: str = ''
    version: str | None = None


@dataclass(frozen=True)
class ApprovedClosing:
    """The mark on a ticket whose closing is a valid approval.

    Or, if it `answers`, a sentence that answers an objection.
    """

    person: Person
    answers: bool = False


@dataclass(frozen=True)
class ValidatedReopening:
    """The mark on a ticket that somebody reopens who was asked for."""

    person: Person


@dataclass(frozen=True)
class Objection:
    """Why a change is refused, or only warned of (`advisory`)."""

    words: str
    blocks: bool


def check_ticket_change(env: Any, ticket: Ticket,
                        intent: TicketChange) -> list[Objection]:
    """Validate a ticket change before it is saved; [] if it may be.

    Marks the ticket when its closing is a valid approval, so that the change
    listener can tell it from an unchecked one. Records what it refuses.
    """
    objections = []
    setattr(ticket, MARK, None)
    milestone = (ticket['milestone'],) if ticket['milestone'] else ()
    for concern in store.owners_of(env, ticket.id, milestone):
        found = (store.present_snapshot(env, concern.campaign)
                 if concern.requirement else None)
        if found is None or concern.requirement not in found.tickets:
            continue
        requirement = found.state.requirement(concern.requirement)
        words = change_objections(env, found, requirement, ticket, intent)
        blocks = found.state.campaign.blocks or found.state.campaign.ended
        objections += [Objection(w, blocks) for w in words]
        if words and blocks and intent.final:
            _record_refusal(env, found, requirement, intent, words)
    return objections


def change_objections(env: Any, snapshot: Snapshot, requirement: Requirement,
                      ticket: Any, intent: TicketChange) -> list[str]:
    """What the rules have against a change, a sentence each; marks the ticket.
    """
    campaign = snapshot.state.campaign.name
    stage: Stage = snapshot.state.stage(requirement.stage)
    facts = snapshot.tickets[requirement.key]
    found: list[str] = []
    if intent.milestone not in (facts.milestone, stage.milestone):
        found.append(Message(
            '#%(ticket)s is the sign-off ticket "%(title)s" of campaign '
            '%(campaign)s and stays in milestone %(milestone)s; ask a '
            'holder of CAMPAIGN_ADMIN if the campaign itself has to change.',
            ticket=ticket.id, title=requirement.title, campaign=campaign,
            milestone=stage.milestone))
    refused = version_refusal(snapshot.state, requirement, intent.version)
    if refused:
        found.append(refused)
    ends = intent.status in facts.done
    if snapshot.state.campaign.ended and ends != facts.closed:
        found.append(read_only(snapshot.state))
    elif ends and (not facts.closed or intent.resolution != facts.resolution
                   ) and not moves_on(facts, intent.status,
                                      intent.resolution):
        against = _closing_objections(env, snapshot, requirement, intent)
        found += against or [signed_in_box(requirement)] * bool(found)
        if not found and capacity(requirement, snapshot.state,
                                  intent.person, day_of(now())):
            answers = answer_suffices(snapshot, requirement.key, now())
            setattr(ticket, MARK, ApprovedClosing(intent.person, answers))
            early = too_early(snapshot, requirement)  # `advisory` only warns
            found += [early] if early and not answers else []
    elif facts.closed and not ends:
        refused = refused_reopening(env, snapshot, requirement,
                                    intent.person)
        found += [refused] if refused else []
        setattr(ticket, MARK, ValidatedReopening(intent.person))
    return found


def _closing_objections(env: Any, snapshot: Snapshot, requirement: Requirement,
                        intent: TicketChange) -> list[str]:
    campaign = snapshot.state.campaign.name
    not_theirs = ineligibility(env, snapshot, requirement, intent.person)
    if not_theirs:
        return [not_theirs]
    if intent.status not in CLOSED:
        return [wrong_end(requirement, campaign, intent.status,
                          _signers(env, snapshot, requirement))]
    approving = approving_resolution(env, snapshot.state.campaign)
    if intent.resolution != approving:
        return [wrong_resolution(requirement, campaign, approving,
                                 intent.resolution,
                                 _signers(env, snapshot, requirement))]
    if requirement.objection and not intent.comment.strip():
        asked = words_asked(requirement, Verdict.ANSWERED)
        return [asked] if asked else []
    if answer_suffices(snapshot, requirement.key, now()):
        return []
    if not requirement.plain_closing:
        return [asks_for_more(requirement,
                              _signers(env, snapshot, requirement))]
    early = out_of_order(env, snapshot, requirement, intent.reasons_for)
    return [early] if early else []


def _signers(env: Any, snapshot: Snapshot, requirement: Requirement) -> str:
    """Who can still sign it, by name."""
    return awaited(requirement, knowing(env, snapshot.state),
                   day_of(now())).words


def ineligibility(env: Any, snapshot: Snapshot, requirement: Requirement,
                  person: Person) -> str | None:
    """Why a person may not approve a requirement, naming who may.

    None if they may: it is their right, and separation of duties allows it.
    """
    return verdict_refusal(Verdict.APPROVED, requirement,
                           knowing(env, snapshot.state), person,
                           day_of(now()))


def out_of_order(env: Any, snapshot: Snapshot, requirement: Requirement,
                 reasons_for: ReasonsFor = all_reasons) -> str | None:
    """Why an approval comes before its turn; None if it does not.

    Its turn is when what it rests on is met and, in `strict`, the stages
    before are ready.  In `advisory` it is never too early.
    """
    state = snapshot.state
    if state.campaign.blocks:
        early = too_early(snapshot, requirement)
        if early:
            return early
    if state.campaign.enforcement != Enforcement.STRICT.value:
        return None
    decision = verified_decision(env, snapshot)
    gate = earlier_gate(decision, requirement)
    return None if gate is None else Message(
        '#%(ticket)s cannot be signed before its turn (strict enforcement): '
        'stage %(stage)s comes first: %(reasons)s. Then %(signers)s may '
        'sign.', ticket=requirement.ticket, stage=gate.stage.label,
        reasons=joined_by('; ', reasons_for(decision, gate.stage.key)),
        signers=_signers(env, snapshot, requirement))


def _record_refusal(env: Any, snapshot: Snapshot, requirement: Requirement,
                    intent: TicketChange, words: list[str]) -> None:
    facts = snapshot.tickets[requirement.key]
    reopens = (facts.closed and intent.status not in facts.done
               and not snapshot.state.campaign.ended
               and refused_reopening(env, snapshot, requirement,
                                     intent.person))
    with store.open_campaign(env, snapshot.id) as book:
        if book is not None and reopens:
            record_refused_reopening(book, requirement, intent.person,
                                     intent.comment)
        elif book is not None:
            book.record(now(), intent.person.name, 'refused', requirement.key,
                        ticket=requirement.ticket,
                        what=Message('changing the ticket'),
                        status=intent.status, resolution=intent.resolution,
                        reasons=words)
