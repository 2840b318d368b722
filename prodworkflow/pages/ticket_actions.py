"""Trac's *Action* fieldset on a sign-off ticket, without what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from trac.ticket.api import TicketSystem

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.decision import Decision


def refused_actions(req: Any, system: CampaignSystem, person: Person,
                    decision: Decision, ticket: Any,
                    controls: Sequence[Any]) -> dict[str, tuple[str, str]]:
    """The workflow actions that the rules would refuse whatever is chosen.

    By their names, each with its label and why, in words that the person may
    be told.  `controls` are those that Trac offers.
    """
    words = system.queries.visibility_for(decision, req.perm).words
    found: dict[str, tuple[str, str]] = {}
    told: dict[str, str] = {}
    statuses = _statuses(req, system.env, ticket)
    for name, label, *_rest in controls:
        for status in statuses.get(name, ()):
            if status not in told:
                told[status] = system.passages.status_refusal(
                    decision, ticket.id, person, status)
            if told[status]:
                found[name] = str(label), words.shown(told[status])
    return found


def leave_out(data: dict[str, Any],
              refused: Mapping[str, tuple[str, str]]) -> dict[str, list[str]]:
    """Take refused actions out of a page's data, as long as others are left.

    The labels of those that were taken out, by the reason.
    """
    left = [each for each in data.get('action_controls') or []
            if each[0] not in refused]
    if not (left and refused):
        return {}
    data['action_controls'] = left
    if data.get('action') in refused:
        data['action'] = left[0][0]
    told: dict[str, list[str]] = {}
    for label, words in refused.values():
        told.setdefault(words, []).append(label)
    return told


def _statuses(req: Any, env: Any, ticket: Any) -> dict[str, list[str]]:
    """The other statuses to which actions lead, as their controllers say.

    By the actions' names; those that the plugin offers itself are not asked.
    """
    found: dict[str, list[str]] = {}
    for controller in TicketSystem(env).action_controllers:
        if getattr(controller, 'of_signoffs', False):
            continue
        for _weight, name in controller.get_ticket_actions(req, ticket) or []:
            status = controller.get_ticket_changes(req, ticket,
                                                   name).get('status')
            if status and status != ticket['status']:
                found.setdefault(name, []).append(status)
    return found
