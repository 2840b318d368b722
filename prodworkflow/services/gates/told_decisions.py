"""Decisions as they are told: naming those whom Trac lets help.

What is decided under a campaign's lock asks Trac nothing; what is told of it
does.
"""

from __future__ import annotations

from typing import Any

from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.launch.open_tickets import OPEN_TICKET
from prodworkflow.gateways.open_ticket_help import ticket_help
from prodworkflow.gateways.signer_register import with_signers


def told_of_signers(env: Any, decision: Decision) -> Decision:
    """The same decision, naming only those signers whom Trac lets sign."""
    snapshot = decision.snapshot
    return (decide(with_signers(env, snapshot), decision.asked)
            if snapshot.state.signers is None else decision)


def told_in_full(env: Any, decision: Decision) -> Decision:
    """The same, also naming who can close or tolerate tickets in its way.

    One statement where there are any, none where there are not.
    """
    tickets = {o.ticket for o in decision.before_launch
               if o.kind == OPEN_TICKET and o.ticket}
    return told_of_signers(env, decision).naming_help(
        ticket_help(env, tickets))
