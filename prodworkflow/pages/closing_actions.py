"""Closing actions of Trac's own form: offered only to those who may close.

What would be refused is left out; a campaign that blocks nothing (advisory)
only warns, so there everything is offered.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trac.ticket.api import TicketSystem

CLOSED = 'closed'


def without_closing(env: Any, req: Any, ticket: Any,
                    controls: Iterable[tuple]) -> list[tuple]:
    """The controls of actions that leave an open ticket open.

    A control begins with the name of its action. What was typed already stays,
    so that its refusal is seen beside it.
    """
    return [control for control in controls
            if control[0] == req.args.get('action')
            or _status_after(env, req, ticket, control[0]) != CLOSED]


def may_close(box: dict[str, Any]) -> bool:
    """Whether resolving the ticket of a box is not refused to the viewer."""
    campaign = box['told'].campaign
    return not campaign.blocks or (box['may_sign']
                                   and box['requirement'].plain_closing)


def _status_after(env: Any, req: Any, ticket: Any, action: str) -> str:
    """The status that a workflow action leads to."""
    status = ticket['status'] or ''
    for controller in TicketSystem(env).action_controllers:
        offered = controller.get_ticket_actions(req, ticket) or ()
        if action in (name for _, name in offered):
            changes = controller.get_ticket_changes(req, ticket, action)
            status = changes.get('status', status)
    return status
