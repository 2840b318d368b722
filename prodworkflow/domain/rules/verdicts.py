"""Allowed verdicts: which verdicts a person may give of a requirement.

The one rule behind the sign-off box, the workflow actions and the check before
a verdict is recorded.  Separation of duties is not part of it: see
`separation`.
"""

from __future__ import annotations

from datetime import date

from prodworkflow.domain.model.permissions import ADMIN, WAIVE
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Role, Verdict
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.eligibility import (
    capacity,
    signers_of,
    valid_approvals,
)
from prodworkflow.domain.rules.lifecycle_actions import read_only
from prodworkflow.domain.rules.waivers.requests import liftable
from prodworkflow.domain.text import Message

OWN = (Role.CONTACT, Role.DEPUTY)
SIGNING = (Verdict.APPROVED, Verdict.REPORTED)


def verdict_refusal(verdict: Verdict, requirement: Requirement, state: State,
                    person: Person, day: date) -> Message | None:
    """Why a person may not give a verdict on a day, naming who may.

    None if they may.  Contacts and their deputies give all but waivers,
    administrators reject and withdraw, a waiver needs its permission.
    """
    if state.campaign.ended:
        return read_only(state)
    if verdict is Verdict.WAIVED:
        return waiver_refusal(requirement, state, person, day)
    signer = capacity(requirement, person, day)
    if verdict in SIGNING:
        return None if signer else _no_signer(requirement, state, day)
    if not (signer or person.administrator):
        return _no_stopper(verdict, requirement, day)
    if verdict is Verdict.WITHDRAWN and not valid_approvals(requirement,
                                                            state):
        return _unsigned(requirement, day)
    return None


def allowed_verdicts(requirement: Requirement, state: State, person: Person,
                     day: date) -> frozenset[Verdict]:
    """The verdicts that a person may give of a requirement on a day."""
    return frozenset(
        verdict for verdict in Verdict
        if not verdict_refusal(verdict, requirement, state, person, day))


def offered_verdicts(answer: Answer, state: State, person: Person,
                     day: date) -> tuple[Verdict, ...]:
    """The allowed verdicts that a form offers, in its order.

    It leaves out verdicts without effect: approving again what the person has
    signed, or before what it rests on is met, reporting where no evidence is
    asked for, waiving where no reason is given.
    """
    requirement = answer.requirement
    useful = {
        Verdict.APPROVED: (not answer.met or answer.waived)
        and person.name not in answer.signers
        and (not state.campaign.blocks or all(b.met for b in answer.bases)),
        Verdict.REPORTED: requirement.asks.anything,
        Verdict.WAIVED: bool(liftable(answer, state.campaign))}
    allowed = allowed_verdicts(requirement, state, person, day)
    return tuple(v for v in OFFERED if v in allowed and useful.get(v, True))


OFFERED = (Verdict.APPROVED, Verdict.REPORTED, Verdict.REJECTED,
           Verdict.WITHDRAWN, Verdict.WAIVED)


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
    mine = capacity(requirement, person, day)
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
    return Message('#%(ticket)s is the sign-off ticket "%(title)s" of '
                   'campaign %(campaign)s: only %(signers)s may sign and so '
                   'close it.', ticket=requirement.ticket,
                   title=requirement.title, campaign=state.campaign.name,
                   signers=signers_of(requirement, day))


def _no_stopper(verdict: Verdict, requirement: Requirement,
                day: date) -> Message:
    about = {'signers': signers_of(requirement, day), 'permission': ADMIN,
             'ticket': requirement.ticket, 'title': requirement.title}
    if verdict is Verdict.REJECTED:
        return Message('only %(signers)s, or a holder of %(permission)s, may '
                       'reject #%(ticket)s %(title)s', **about)
    return Message('only %(signers)s, or a holder of %(permission)s, may '
                   'withdraw the sign-off of #%(ticket)s %(title)s', **about)


def _unsigned(requirement: Requirement, day: date) -> Message:
    return Message('#%(ticket)s is not signed, so there is nothing to '
                   'withdraw; %(signers)s may reject it',
                   ticket=requirement.ticket,
                   signers=signers_of(requirement, day))
