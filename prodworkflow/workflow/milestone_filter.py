"""Request filter of the milestone page and its admin panel.

Refuses completing, deleting and retargeting before Trac saves, and shows the
form again with the reasons (409).  What comes by other ways, such as XML-RPC,
Trac saves first: `workflow.change_listeners` undoes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from trac.core import Component, implements, TracError
from trac.util.datefmt import parse_date, user_time
from trac.util.html import tag
from trac.web.api import IRequestFilter
from trac.web.chrome import add_notice, add_warning

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.text import joined, Message
from prodworkflow.translation import _
from prodworkflow.web.forms import form_text
from prodworkflow.web.response import set_status
from prodworkflow.web.texts.ticket_links import link_tickets
from prodworkflow.web.transactions import (
    SerializedRequest,
    TransactionalRequest,
)
from prodworkflow.workflow.due_field import DATE_MAX, take_due_day

PAGE = re.compile(r'/milestone/(.+)')


# What Trac changes there it keeps in its process-wide caches.
CACHED = re.compile(r'/(milestone|admin/ticket)(/|$)')


PANEL = re.compile(r'/admin/ticket/milestones(?:/(.+))?')


class MilestoneFilter(Component):
    """Refuses to close or delete a milestone whose stage forbids it, and to
    move its tickets into a frozen campaign.

    Guards the milestone page and the Milestones admin panel: the form comes
    back with what was typed and the reasons, as a 409.
    """

    implements(IRequestFilter)

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        # What is sent to other handlers is theirs to read.
        if (req.method == 'POST' and handler and CACHED.match(req.path_info)
                and 'cancel' not in req.args):
            names, guard = self._guard(req)
            target = form_text(req.args, 'target')
            campaigns = names and CampaignSystem(
                self.env).doors.campaigns_affected_by(
                [], [*names, target] if target else names)
            if campaigns:
                return TransactionalRequest(self.env, handler, campaigns,
                                            lambda r: guard(r, handler, names))
            return SerializedRequest(self.env, handler)
        return handler

    def post_process_request(self, req: Any, template: str | None, data: Any,
                             metadata: Any) -> tuple[Any, Any, Any]:
        return template, data, metadata

    # Internal methods

    def _guard(self, req: Any) -> tuple[list[str], Callable[..., Any]]:
        """The milestones that a request changes, and what stands before."""
        page = PAGE.fullmatch(req.path_info)
        panel = PANEL.fullmatch(req.path_info)
        if page and req.args.get('action') == 'edit':
            return [page[1]], self._check_saving
        if panel and panel[1] and 'save' in req.args:
            return [panel[1]], self._check_saving
        if page and req.args.get('action') == 'delete':
            return [page[1]], self._check_deleting
        if panel and 'remove' in req.args:
            return req.args.getlist('sel'), self._check_deleting
        return [], self._check_saving  # of no milestone: never called

    def _check_saving(self, req: Any, handler: Any, names: list[str]) -> Any:
        name, = names
        if 'MILESTONE_MODIFY' not in req.perm('milestone', name):
            return None  # the page itself says so
        try:
            take_due_day(self.env, req, name)
            fields = self._form_fields(req)
        except TracError as error:  # Trac's own page would be an error page
            add_warning(req, str(error))
            return self._form(req, handler)
        if fields['completed'] is None:
            return None  # without a date, Trac takes it for not completed
        system = CampaignSystem(self.env)
        refusal = system.doors.may_close(name, req.authname)
        if refusal is None:
            for reason in system.doors.advice(name):
                add_warning(req, tag(_(
                    'Closed against the rules (advisory enforcement, it is '
                    'recorded):'), ' ', link_tickets(req, reason)))
            if (self._keeps_signoffs(req, system, name)
                    and not self._freeze_refuses(req, system, name)):
                return None
        else:
            add_warning(req, tag(refusal.what, ':', tag.ul(
                tag.li(link_tickets(req, reason))
                for reason in refusal.reasons)))
        return self._refilled_form(req, handler, fields)

    @staticmethod
    def _freeze_refuses(req: Any, system: CampaignSystem, name: str) -> bool:
        """Whether a freeze refuses the tickets that would be moved."""
        if 'completed' in req.args and 'retarget' not in req.args:
            return False
        objections = system.doors.move_objections(name, form_text(req.args,
                                                                  'target'))
        for objection in objections:
            if objection.blocks:
                system.doors.log_refusal(objection.words)
            add_warning(req, link_tickets(req, objection.words)
                        if objection.blocks else link_tickets(req, Message(
                '%(words)s Nothing is blocked (advisory enforcement); it is '
                'recorded.', words=objection.words)))
        return any(o.blocks for o in objections)

    def _refilled_form(self, req: Any, handler: Any,
                       fields: dict[str, Any]) -> Any:
        """The form anew, with what was typed into it."""
        template, data, *more = self._form(req, handler)
        for field, value in fields.items():
            setattr(data['milestone'], field, value)
        data['retarget_to'] = req.args.get('target',
                                           data.get('retarget_to'))
        return (template, data, *more)

    def _keeps_signoffs(self, req: Any, system: CampaignSystem,
                        name: str) -> bool:
        """Whether no sign-off ticket is moved away with the closing.

        Where they are all that is open, they simply stay.
        """
        own, others = system.queries.open_in(name) if 'retarget' in req.args \
            else ([], [])
        told = joined([f'#{ticket}' for ticket in own])
        if own and others:
            system.doors.log_refusal(
                f'{name} is not closed: sign-off tickets {told} '
                           'would be moved')
            add_warning(req, link_tickets(req, _(
                'Not closed: the sign-off tickets %(own)s stay in their '
                'stage, where they are not needed any more or may still be '
                'signed. Leave "Retarget" unticked, and move %(others)s by '
                'hand.', own=told,
                others=joined([f'#{ticket}' for ticket in others]))))
            return False
        if own:
            req.args.pop('retarget')
            add_notice(req, link_tickets(
                req, _('Sign-off tickets stay in their stage: %(tickets)s.',
                       tickets=told)))
        return True

    def _check_deleting(self, req: Any, handler: Any,
                        names: list[str]) -> Any:
        system = CampaignSystem(self.env)
        owned = system.doors.owned_milestones(names)
        if not owned:
            frozen = [name for name in names
                      if self._freeze_refuses(req, system, name)]
            return self._form(req, handler) if frozen else None
        system.doors.log_refusal(
            f'{", ".join(owned)} not deleted: stages of campaigns')
        add_warning(req, tag(
            _('Not deleted:'), ' ', tag.ul(tag.li(_(
                '%(name)s is a stage of a production campaign. To let the '
                'campaign go, use "trac-admin ENV campaign remove".',
                name=name)) for name in owned)))
        return self._form(req, handler)

    def _form(self, req: Any, handler: Any) -> Any:
        """The handler's own form, as if it was asked for anew."""
        set_status(req, 409)
        req.environ['REQUEST_METHOD'] = 'GET'
        return handler.process_request(req)

    @staticmethod
    def _form_fields(req: Any) -> dict[str, Any]:
        """The fields of a milestone as they were typed."""
        def moment(switch: str, field: str) -> Any:
            text = form_text(req.args, field) if switch in req.args else ''
            if len(text) > DATE_MAX:
                raise TracError(_('"%(text)s…" is no date.',
                                  text=text[:DATE_MAX]))
            return user_time(req, parse_date, text,
                             hint='datetime') if text else None
        return {'name': req.args.get('name', ''),
                'description': req.args.get('description', ''),
                'due': moment('due', 'duedate'),
                'completed': moment('completed', 'completeddate')}
