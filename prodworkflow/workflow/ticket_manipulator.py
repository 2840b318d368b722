"""Ticket manipulator: validates changes of sign-off tickets before saving.

The request filter beside it runs such requests in one transaction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from trac.config import ListOption
from trac.core import Component, implements
from trac.ticket.api import ITicketManipulator, TicketSystem
from trac.ticket.batch import BatchModifyModule
from trac.ticket.web_ui import TicketModule
from trac.util.html import Fragment
from trac.web.api import IRequestFilter
from trac.web.chrome import add_warning

from prodworkflow.api import (
    CampaignSystem,
    Objection,
    TicketChange,
    TicketKind,
    TicketPosition,
)
from prodworkflow.domain.text import Message
from prodworkflow.translation import TRACINI_DOMAIN
from prodworkflow.web.forms import form_text
from prodworkflow.web.notices.outcomes import remember_outcome
from prodworkflow.web.response import set_status
from prodworkflow.web.texts.ticket_links import link_tickets
from prodworkflow.web.transactions import TransactionalRequest

DECISIVE = ('status', 'resolution', 'milestone', 'version', 'type',
            'priority')


PAGES = re.compile(r'/(new)?ticket(/|$)')


class SignOffWorkflow(Component):
    """Validates sign-off tickets: only those close one who may sign it.

    Judges the status that the ticket will have, whatever workflow action
    leads there. Comments, attachments and cc are never refused.
    """

    implements(IRequestFilter, ITicketManipulator)

    done_statuses = ListOption(
        'prodworkflow', 'done_statuses', '', doc="""Ticket statuses that count
        as done, as `closed` does: tickets that have one do not stand in the
        way of a gate, and a sign-off ticket that is moved on to one stays
        signed. Without any, those of the `[milestone-groups]` with
        `overall_completion` count. A status in which tickets begin never
        does.""",
        doc_domain=TRACINI_DOMAIN)

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        """Save sign-off tickets and their entries in one transaction."""
        campaigns = self._campaigns_to_lock(req, handler)
        return (TransactionalRequest(self.env, handler, campaigns,
                                     self._announce)
                if campaigns else handler)

    def post_process_request(self, req: Any, template: str | None, data: Any,
                             metadata: Any) -> tuple[Any, Any, Any]:
        return template, data, metadata

    # ITicketManipulator methods

    def prepare_ticket(self, req: Any, ticket: Any, fields: Any,
                       actions: Any) -> None:
        pass

    def validate_ticket(self, req: Any,
                        ticket: Any) -> list[tuple[None, Fragment]]:
        values = self._values(req, ticket)
        system = CampaignSystem(self.env)
        final = 'preview' not in req.args
        objections = self._freeze_objections(system, ticket, values)
        for objection in objections:
            if objection.blocks and final:
                system.doors.log_refusal(objection.words)
        intent = (self._ticket_change(req, system, ticket, values)
                  if ticket.exists else None)
        if intent:
            objections += system.doors.check_ticket_change(ticket, intent)
        for objection in objections:
            if not objection.blocks:
                add_warning(req, link_tickets(req, Message(
                    '%(words)s Nothing is blocked (advisory enforcement); it '
                    'is recorded.', words=objection.words)))
        refusals = [(None, link_tickets(req, o.words)) for o in objections
                    if o.blocks]
        if refusals and final and PAGES.match(getattr(req, 'path_info', '')):
            set_status(req, 409)
        return refusals

    def validate_comment(self, req: Any, comment: str) -> Iterable[Any]:
        return ()

    # Internal methods

    def _campaigns_to_lock(self, req: Any, handler: Any) -> list[int]:
        """The campaigns whose locks have to come before a ticket's."""
        system = CampaignSystem(self.env)
        # What is sent to other handlers is theirs to read.
        if req.method != 'POST' or not isinstance(
                handler, (BatchModifyModule, TicketModule)):
            return []
        if isinstance(handler, BatchModifyModule):
            numbers = re.findall(r'\d+', req.args.get('selected_tickets', ''))
            target = req.args.get('batchmod_value_milestone')
            return system.doors.campaigns_affected_by([int(n) for n
                                                       in numbers],
                                                      [target] if target
                                                      else [])
        ticket = req.args.as_int('id')
        if 'submit' in req.args and ticket:
            return system.doors.campaigns_of_signoff(ticket)
        return []

    def _announce(self, req: Any) -> None:
        """See to it that what a ticket's page says of it is answered."""
        system, ticket = CampaignSystem(self.env), req.args.as_int('id')
        if not ticket:
            return
        req.redirect_listeners.append(
            lambda r, *_: self._keep_outcome(r, system, ticket))

    def _keep_outcome(self, req: Any, system: CampaignSystem,
                      ticket: int) -> None:
        """Keep what closing or reopening said for the page that follows."""
        for campaign, said in system.queries.recorded_verdicts(ticket):
            remember_outcome(req, campaign, said.requirement, said.verb,
                             ticket)

    def _values(self, req: Any, ticket: Any) -> dict[str, str]:
        """What the request makes of the ticket."""
        values = {name: ticket[name] or '' for name in DECISIVE}
        if ticket.exists and 'status' not in ticket._old:
            values.update(self._by_action(req, ticket))
        return values

    def _freeze_objections(self, system: CampaignSystem, ticket: Any,
                           values: dict[str, str]) -> list[Objection]:
        """What a freeze has against the ticket as it will be."""
        if not values['milestone']:
            return []
        done = system.done_statuses
        before = TicketPosition.of(ticket, done,
                                   ticket._old) if ticket.exists else None
        after = TicketPosition(
            values['status'], values['milestone'],
            TicketKind(values['type'], values['priority']), done)
        if before == after:
            return []
        return system.doors.entry_objections(
            ticket.id if ticket.exists else None, before, after)

    def _ticket_change(self, req: Any, system: CampaignSystem, ticket: Any,
                       values: dict[str, str]) -> TicketChange | None:
        """What is about to happen; None if nothing of ours."""
        before = {name: ticket._old.get(name, ticket[name]) or ''
                  for name in DECISIVE}
        if values == before:
            return None
        moved = values['version'] != before['version']
        return TicketChange(system.context.person(req), values['status'],
                            values['resolution'], values['milestone'],
                            'preview' not in req.args,
                            comment=form_text(req.args, 'comment')
                            or form_text(req.args, 'batchmod_value_comment'),
                            version=values['version'] if moved else None)

    def _by_action(self, req: Any, ticket: Any) -> dict[str, str]:
        """What the chosen workflow action will change.

        Some doors validate before they apply the action, so its controllers
        are asked, as the ticket page does.
        """
        action = req.args.get('action')
        changes = {}
        for controller in TicketSystem(self.env).action_controllers:
            offered = controller.get_ticket_actions(req, ticket) or []
            if action in (name for _, name in offered):
                changes.update(controller.get_ticket_changes(
                    req, ticket, action))
        return {name: value or '' for name, value in changes.items()
                if name in DECISIVE}
