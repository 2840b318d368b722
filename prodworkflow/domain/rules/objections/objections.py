"""Objections: who withdraws by reopening a ticket, who objects, who answers.

Rules 2 and 7 of docs/development/rules.rst: an objection shuts the gate and
leaves the approvals; one who may sign answers it with a sentence.
"""

from __future__ import annotations

from datetime import date

from prodworkflow.domain.model.permissions import ADMIN, HOLD
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Objection, Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.answers import Reason, UnmetReason
from prodworkflow.domain.rules.eligibility import (
    capacity,
    signers_of,
    signing_capacity,
    valid_approvals,
)
from prodworkflow.domain.text import Message, shortened

WORDS_MAX = 200


def against(objection: Objection, signers: str) -> UnmetReason:
    """The reason that an unanswered objection is; `signers` may answer."""
    words = shortened(objection.words, WORDS_MAX)
    return UnmetReason(
        Reason.OBJECTED,
        Message('was objected to by %(by)s: “%(words)s”', by=objection.by,
                words=words) if words else
        Message('was objected to by %(by)s', by=objection.by),
        Message('awaits an answer by %(signers)s', signers=signers))


def may_withdraw(requirement: Requirement, state: State, person: Person,
                 day: date) -> bool:
    """Whether a person may take a sign-off back on a day (UTC).

    Those may who may sign, who signed what counts now, be they members of its
    groups or not, and administrators.
    """
    return bool(person.administrator
                or capacity(requirement, state, person, day)
                or signing_capacity(requirement, state, person))


def reopening(requirement: Requirement, state: State, person: Person,
              day: date) -> Verdict:
    """What somebody says who reopens a signed ticket."""
    return (Verdict.WITHDRAWN
            if may_withdraw(requirement, state, person, day)
            else Verdict.OBJECTED)


def reopening_refusal(requirement: Requirement, state: State, person: Person,
                      day: date) -> Message | None:
    """Why a person may not reopen a signed ticket; None if they may.

    After the launch only those responsible stop production.
    """
    if not state.campaign.launched or reopening(
            requirement, state, person, day) is Verdict.WITHDRAWN:
        return None
    return Message(
        'Production of %(campaign)s is launched: #%(ticket)s %(title)s is '
        'reopened by %(signers)s, or by a holder of %(admin)s, only. What you '
        'say is shown to the contacts; any of them, or a holder of %(hold)s, '
        'can put the campaign on hold.', campaign=state.campaign.name,
        ticket=requirement.ticket, title=requirement.title,
        signers=signers_of(requirement, state, day), admin=ADMIN, hold=HOLD)


def objection_refusal(requirement: Requirement, state: State, person: Person,
                      day: date) -> Message | None:
    """Why a person may not object to a sign-off; None if they may."""
    about = {'ticket': requirement.ticket, 'title': requirement.title,
             'person': person.name}
    if may_withdraw(requirement, state, person, day):
        return Message('%(person)s need not object to #%(ticket)s %(title)s: '
                       'they may reject it, or withdraw its sign-off', **about)
    if not valid_approvals(requirement, state):
        return Message('#%(ticket)s %(title)s is not signed, so there is '
                       'nothing to object to; write a comment', **about)
    return reopening_refusal(requirement, state, person, day)


def answer_refusal(requirement: Requirement, state: State, person: Person,
                   day: date) -> Message | None:
    """Why a person may not answer an objection; None if they may."""
    about = {'ticket': requirement.ticket, 'title': requirement.title,
             'signers': signers_of(requirement, state, day)}
    if not requirement.objection:
        return Message('nobody has objected to #%(ticket)s %(title)s, so '
                       'there is nothing to answer', **about)
    if not capacity(requirement, state, person, day):
        return Message('only %(signers)s may answer the objection to '
                       '#%(ticket)s %(title)s', **about)
    return None


def words_asked(requirement: Requirement, verdict: Verdict) -> Message | None:
    """What to ask of somebody who objects or answers without a sentence."""
    if verdict is Verdict.OBJECTED:
        return Message('Say what you object to; the contacts are told.')
    if verdict in (Verdict.ANSWERED, Verdict.APPROVED) and (
            requirement.objection):
        return Message('Say in a sentence what answers the objection of '
                       '%(by)s to #%(ticket)s.', by=requirement.objection.by,
                       ticket=requirement.ticket)
    return None


