"""Offered actions: statuses to which somebody may not bring a ticket."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.text import joined_by
from prodworkflow.gateways.site_words import approving_resolution
from prodworkflow.services.gates.stages import ReasonsFor
from prodworkflow.services.signoffs.ticket_closing import (
    change_objections,
    TicketChange,
)


def status_refusal(env: Any, snapshot: Snapshot, ticket: int, person: Person,
                   status: str, reasons_for: ReasonsFor) -> str:
    """Why a person may not bring a sign-off ticket to a status; '' if so.

    Whatever else they choose: it is asked for the resolution that approves,
    and with a comment.  Where nothing is blocked it is ''.
    """
    campaign = snapshot.state.campaign
    requirement = snapshot.state.for_ticket(ticket)
    facts = requirement and snapshot.tickets.get(requirement.key)
    if not (requirement and facts and (campaign.blocks or campaign.ended)):
        return ''
    words = change_objections(
        env, snapshot, requirement, SimpleNamespace(id=ticket), TicketChange(
            person, status, facts.resolution if facts.closed
            else approving_resolution(env, campaign), facts.milestone, False,
            reasons_for, 'any'))
    return joined_by('; ', words) if words else ''
