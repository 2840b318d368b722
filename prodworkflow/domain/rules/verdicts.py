"""Allowed verdicts: which verdicts a person may give of a requirement.

The one rule behind the sign-off box, the workflow actions and the check before
a verdict is recorded.
"""

from __future__ import annotations

from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.permissions import ADMIN, WAIVE
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Enforcement, Role, Verdict
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.bases import refusal
from prodworkflow.domain.rules.decision import Decision, Gate
from prodworkflow.domain.rules.duties.awaited import awaited, can_help
from prodworkflow.domain.rules.duties.separation import signed_elsewhere
from prodworkflow.domain.rules.eligibility import (
    capacity,
    signers_of,
    valid_approvals,
)
from prodworkflow.domain.rules.lifecycle_actions import read_only
from prodworkflow.domain.rules.objections.objections import (
    answer_refusal,
    may_withdraw,
    objection_refusal,
    words_asked,
)
from prodworkflow.domain.rules.waivers.requests import liftable
from prodworkflow.domain.text import Message, reason_problems, word_problems

OWN = (Role.CONTACT, Role.DEPUTY)
SIGNING = (Verdict.APPROVED, Verdict.REPORTED)


def statement_problems(requirement: Requirement, verdict: Verdict,
                       statement: str) -> list[tuple[str, str]]:
    """What is wrong with the statement of a verdict: (field, message) each.

    All but a report need a sentence.
    """
    if verdict is Verdict.REPORTED:
        return word_problems('statement', statement)
    asked = words_asked(requirement, verdict)
    if asked is None and verdict is Verdict.APPROVED:
        asked = Message('Say in a sentence what the sign-off rests on; it is '
                        'kept and shown.')
    return reason_problems(statement, 'statement', asked or Message(
        'Say why: without a reason nothing can be %(verdict)s.',
        verdict=verdict.value))


def verdict_refusal(verdict: Verdict, requirement: Requirement, state: State,
                    person: Person, day: date) -> Message | None:
    """Why a person may not give a verdict on a day, naming who may.

    None if they may.  Contacts and their deputies give all but waivers, but
    sign nothing that others have to sign; administrators reject and withdraw,
    a waiver needs its permission.  Whoever signed may take that back, also
    when they are no contact any more; those who may not may object.
    """
    if state.campaign.ended:
        return read_only(state)
    if verdict is Verdict.WAIVED:
        return waiver_refusal(requirement, state, person, day)
    if verdict is Verdict.OBJECTED:
        return objection_refusal(requirement, state, person, day)
    signer = capacity(requirement, state, person, day)
    if verdict in SIGNING:
        return (separation_refusal(requirement, state, person, day) if signer
                else _no_signer(requirement, state, day))
    if verdict is Verdict.ANSWERED:
        return answer_refusal(requirement, state, person, day)
    if verdict is Verdict.WITHDRAWN:
        return _no_withdrawal(requirement, state, person, day)
    if not (signer or person.administrator):
        return _no_stopper(verdict, requirement, state, day)
    return None


def allowed_verdicts(requirement: Requirement, state: State, person: Person,
                     day: date) -> frozenset[Verdict]:
    """The verdicts that a person may give of a requirement on a day."""
    return frozenset(
        verdict for verdict in Verdict
        if not verdict_refusal(verdict, requirement, state, person, day))


def separation_refusal(requirement: Requirement, state: State,
                       person: Person, day: date) -> Message | None:
    """Why others have to sign a requirement than a person; None if not."""
    other = signed_elsewhere(state, requirement, person.name, day)
    if other is None:
        return None
    about = {'person': person.name, 'other': other.title,
             'other_ticket': other.ticket, 'title': requirement.title,
             'ticket': requirement.ticket,
             'signers': awaited(requirement, state, day).words}
    if any(s.signer == person.name for s in valid_approvals(other, state)):
        return Message('%(person)s has signed %(other)s (#%(other_ticket)s), '
                       'and %(title)s (#%(ticket)s) has to be signed by '
                       'somebody else: %(signers)s.', **about)
    return Message('%(other)s (#%(other_ticket)s) was signed by or for '
                   'somebody for whom %(person)s stands or who stands for '
                   '%(person)s, and %(title)s (#%(ticket)s) has to be signed '
                   'by somebody else: %(signers)s.', **about)


def earlier_gate(decision: Decision, requirement: Requirement) -> Gate | None:
    """In `strict`, the shut gate that comes before an approval; else None."""
    state = decision.snapshot.state
    if state.campaign.enforcement != Enforcement.STRICT.value:
        return None
    number = state.stage(requirement.stage).number
    return next((g for g in decision.gates
                 if g.stage.number < number
                 and g.stage.key not in decision.open_gates), None)


def offered_verdicts(decision: Decision, answer: Answer,
                     person: Person) -> tuple[Verdict, ...]:
    """The allowed verdicts that a form offers, in its order.

    It leaves out what would be refused, and verdicts without effect:
    approving again what the person has signed or another one for the same
    contact, or before its turn, reporting where no evidence is asked for,
    waiving where no reason is given.
    """
    requirement, state = answer.requirement, decision.snapshot.state
    day = day_of(decision.asked)
    useful = {
        Verdict.APPROVED: (not answer.met or answer.waived)
        and person.name not in answer.signers
        and not (state.campaign.blocks and refusal(
            requirement, state, answer.bases))
        and can_help(answer.awaits, requirement, state, person, day)
        and not earlier_gate(decision, requirement),
        Verdict.REPORTED: requirement.asks.anything,
        Verdict.OBJECTED: answer.met,
        Verdict.WAIVED: bool(liftable(answer, state.campaign))}
    allowed = allowed_verdicts(requirement, state, person, day)
    return tuple(v for v in OFFERED if v in allowed and useful.get(v, True))


OFFERED = (Verdict.APPROVED, Verdict.REPORTED, Verdict.REJECTED,
           Verdict.WITHDRAWN, Verdict.WAIVED, Verdict.OBJECTED,
           Verdict.ANSWERED)


def waiver_refusal(requirement: Requirement, state: State, person: Person,
                   day: date) -> Message | None:
    """Why a person may not waive a requirement, naming who may.

    It needs the permission and, unless the template allows it, is not for
    those who sign the requirement as contacts or for a contact.
    """
    if not person.may(WAIVE):
        return _no_waiver(requirement, person)
    return own_waiver(requirement, state, person, day)


def own_waiver(requirement: Requirement, state: State, person: Person,
               day: date) -> Message | None:
    """Why a holder of the permission may not waive a requirement of theirs.

    None where they may, and for people without the permission.
    """
    rules = state.campaign.waivers
    mine = capacity(requirement, state, person, day)
    if ((rules and rules.own) or mine is None or mine.role not in OWN
            or not person.may(WAIVE)):
        return None
    return Message('%(person)s signs #%(ticket)s %(title)s as %(role)s, so '
                   'another holder of %(permission)s, who does not sign it, '
                   'has to give a waiver of it',
                   person=person.name, ticket=requirement.ticket,
                   title=requirement.title, role=mine.role.value,
                   permission=WAIVE)


def _no_waiver(requirement: Requirement, person: Person) -> Message:
    return Message('%(person)s may not waive anything of #%(ticket)s; only '
                   'a holder of %(permission)s may', person=person.name,
                   ticket=requirement.ticket, permission=WAIVE)


def _no_signer(requirement: Requirement, state: State,
               day: date) -> Message:
    who = awaited(requirement, state, day)
    about = {'ticket': requirement.ticket, 'title': requirement.title,
             'campaign': state.campaign.name, 'signers': who.words}
    if not who.anybody:
        return Message('#%(ticket)s is the sign-off ticket "%(title)s" of '
                       'campaign %(campaign)s: no contact is left who may '
                       'sign it; a holder of CAMPAIGN_ADMIN names others.',
                       **about)
    return Message('#%(ticket)s is the sign-off ticket "%(title)s" of '
                   'campaign %(campaign)s: only %(signers)s may sign and so '
                   'close it.', **about)


def _no_withdrawal(requirement: Requirement, state: State, person: Person,
                   day: date) -> Message | None:
    if not may_withdraw(requirement, state, person, day):
        return _no_stopper(Verdict.WITHDRAWN, requirement, state, day)
    if not valid_approvals(requirement, state):
        return _unsigned(requirement, state, day)
    return None


def _no_stopper(verdict: Verdict, requirement: Requirement, state: State,
                day: date) -> Message:
    about = {'signers': signers_of(requirement, state, day),
             'permission': ADMIN,
             'ticket': requirement.ticket, 'title': requirement.title}
    if verdict is Verdict.REJECTED:
        return Message('only %(signers)s, or a holder of %(permission)s, may '
                       'reject #%(ticket)s %(title)s', **about)
    return Message('only %(signers)s, or a holder of %(permission)s, may '
                   'withdraw the sign-off of #%(ticket)s %(title)s', **about)


def _unsigned(requirement: Requirement, state: State, day: date) -> Message:
    return Message('#%(ticket)s is not signed, so there is nothing to '
                   'withdraw; %(signers)s may reject it',
                   ticket=requirement.ticket,
                   signers=signers_of(requirement, state, day))
