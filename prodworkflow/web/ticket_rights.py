"""Rights on a sign-off ticket: what Trac lets somebody say of it."""

from __future__ import annotations

from typing import Any

from trac.resource import Resource

from prodworkflow.api import CampaignSystem, lacking
from prodworkflow.domain.model.permissions import needed, SEE
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.duties.rights import refused
from prodworkflow.domain.rules.verdicts import offered_verdicts
from prodworkflow.domain.text import Message


def verdicts_offered(req: Any, decision: Decision, answer: Answer,
                     person: Person) -> tuple[Verdict, ...]:
    """The verdicts that neither the rules nor Trac would refuse."""
    closed = _closed(decision, answer.requirement)
    return tuple(v for v in offered_verdicts(decision, answer, person)
                 if not _lacking(req, answer.requirement, v, closed))


def rights_refusal(req: Any, name: str, requirement: Requirement,
                   verdict: Verdict) -> str | None:
    """Why Trac refuses a verdict, and whom it would not; None if it does not.

    PermissionError where the ticket may not even be seen.
    """
    ticket = Resource('ticket', requirement.ticket)
    if lacking(req.perm, (SEE,), ticket):
        req.perm(ticket).require(SEE)
    if not _lacking(req, requirement, verdict, True):
        return None
    system = CampaignSystem(req.perm.env)
    decision = next(d for d in system.queries.for_ticket(
        requirement.ticket or 0) if d.snapshot.state.campaign.name == name)
    permission = _lacking(req, requirement, verdict,
                          _closed(decision, requirement))
    if not permission:
        return None
    answer = system.queries.visibility_for(decision, req.perm).answer(
        requirement.key)
    words = refused(req.authname, requirement.ticket, permission)
    return Message('%(refusal)s.', refusal=words) if answer.met else Message(
        '%(refusal)s; it awaits %(signers)s.', refusal=words,
        signers=answer.awaits.words)


def _closed(decision: Decision, requirement: Requirement) -> bool:
    facts = decision.snapshot.tickets.get(requirement.key)
    return facts is None or facts.closed


def _lacking(req: Any, requirement: Requirement, verdict: Verdict,
             closed: bool) -> str:
    return lacking(req.perm, needed(verdict, closed),
                   Resource('ticket', requirement.ticket))
