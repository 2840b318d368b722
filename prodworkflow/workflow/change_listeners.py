"""Change listeners of tickets, milestones and attachments.

They are told of every change, be it by a page, XML-RPC, trac-admin or another
plugin; what a guard could not refuse before is undone here.
"""

from __future__ import annotations

import re
from typing import Any

from trac.attachment import IAttachmentChangeListener
from trac.core import Component, ComponentMeta, implements
from trac.ticket.api import IMilestoneChangeListener, ITicketChangeListener
from trac.web.api import IRequestFilter

from prodworkflow.api import CampaignSystem
from prodworkflow.web.transactions import AttachingRequest

DECISIVE = {'status', 'resolution', 'milestone', 'type', 'priority'}


# Where a request may delete an attachment and add another in its place.
REPLACING = re.compile(r'/(login/)?(attachment|rpc|ticketrpc)(/|$)')


def call_first(follower: Any) -> Any:
    """Class decorator: put a component first in Trac's registry of listeners.

    Where a listener of another plugin fails, Trac calls none after it, and
    has stored the change already: a stage would stay closed while its gate is
    shut.
    """
    for interface in follower._implements:
        told = ComponentMeta._registry[interface]
        told.remove(follower)
        told.insert(0, follower)
    return follower


@call_first
class TicketListener(Component):
    """Ticket listener: records what a change means for its campaign.

    A sign-off ticket that somebody closed past Trac's checks is recorded as
    closed without a sign-off; a ticket that opens upstream reopens the
    stages that were closed after it.
    """

    implements(ITicketChangeListener)

    # ITicketChangeListener methods

    def ticket_created(self, ticket: Any) -> None:
        system = CampaignSystem(self.env)
        if system.doors.is_being_made(ticket):
            return
        if (ticket['milestone']
                and ticket['status'] not in system.done_statuses):
            system.doors.ticket_saved(
                ticket, system.context.actor(ticket['reporter']), '',
                                      {'milestone': ''})

    def ticket_changed(self, ticket: Any, comment: str, author: str,
                       old_values: dict[str, Any]) -> None:
        if DECISIVE & set(old_values):
            CampaignSystem(self.env).doors.ticket_saved(ticket, author,
                                                        comment,
                                                        old_values)

    def ticket_deleted(self, ticket: Any) -> None:
        CampaignSystem(self.env).doors.ticket_deleted(ticket)

    def ticket_comment_modified(self, ticket: Any, cdate: Any, author: str,
                                comment: str, old_comment: str) -> None:
        """The ledger keeps the words that were signed."""

    def ticket_change_deleted(self, ticket: Any, cdate: Any,
                              changes: dict[str, Any]) -> None:
        if DECISIVE & set(changes):
            CampaignSystem(self.env).doors.change_deleted(ticket, changes)


@call_first
class MilestoneListener(Component):
    """Milestone listener: reopens a stage that was closed past its gate.

    Trac calls listeners after it has stored the milestone; so the closing is
    undone first, and then refused with the reasons.
    """

    implements(IMilestoneChangeListener)

    # IMilestoneChangeListener methods

    def milestone_created(self, milestone: Any) -> None:
        doors = CampaignSystem(self.env).doors
        if not doors.is_being_made(milestone):
            try:
                doors.milestone_saved(milestone.name, None)
            finally:
                self._keep_due_day(milestone)

    def milestone_changed(self, milestone: Any,
                          old_values: dict[str, Any]) -> None:
        try:
            if {'name', 'completed'} & set(old_values):
                CampaignSystem(self.env).doors.milestone_saved(
                    milestone.name, old_values)
        finally:
            if 'due' in old_values:
                self._keep_due_day(milestone)

    def milestone_deleted(self, milestone: Any) -> None:
        CampaignSystem(self.env).doors.milestone_deleted(milestone.name)

    # Internal methods

    def _keep_due_day(self, milestone: Any) -> None:
        """Store the day on which a stage was said to be due."""
        system = CampaignSystem(self.env)
        system.queries.due_days.keep(milestone, system.context.zone())


@call_first
class AttachmentListener(Component):
    """Attachment listener: records that a plot is not what was signed.

    Approvals that were given for the file as it was count no more, until it
    is put back.
    """

    implements(IAttachmentChangeListener, IRequestFilter)

    # IAttachmentChangeListener methods

    def attachment_added(self, attachment: Any) -> None:
        self._follow(attachment.parent_realm, attachment.parent_id)

    def attachment_deleted(self, attachment: Any) -> None:
        self._follow(attachment.parent_realm, attachment.parent_id)

    def attachment_moved(self, attachment: Any, old_parent_realm: str,
                         old_parent_id: str, old_filename: str) -> None:
        self._follow(old_parent_realm, old_parent_id)
        if (old_parent_realm, str(old_parent_id)) != (
                attachment.parent_realm, str(attachment.parent_id)):
            self._follow(attachment.parent_realm, attachment.parent_id)

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        """Let a replacement be one act: it deletes first, and then adds."""
        if req.method == 'POST' and handler and REPLACING.match(
                req.path_info):
            return AttachingRequest(self.env, handler)
        return handler

    def post_process_request(self, req: Any, template: str | None, data: Any,
                             metadata: Any) -> tuple[Any, Any, Any]:
        return template, data, metadata

    # Internal methods

    def _follow(self, realm: str, parent: str) -> None:
        if realm == 'ticket' and str(parent).isdigit():
            CampaignSystem(self.env).doors.attachments_changed(int(parent))
