"""The campaign pages and the box on the pages of sign-off tickets."""

from __future__ import annotations

import re

from trac.core import Component, implements
from trac.resource import Resource, ResourceNotFound
from trac.util.datefmt import from_utimestamp
from trac.util.translation import _
from trac.web.api import HTTPBadRequest, IRequestFilter, IRequestHandler
from trac.web.chrome import (
    add_link,
    add_notice,
    add_warning,
    INavigationContributor,
)

from .api import ADMIN, CampaignSystem, GateShut, NoSuchCampaign, VIEW
from .chrome import dress, linked
from .gates import may_sign

PATH = re.compile(r'/campaign(?:/([^/]+)(?:/(sign))?)?/?')
STATEMENT_MAX = 10000


class CampaignPages(Component):
    """Serves `/campaign`, `/campaign/<name>` and the sign-off box.

    The page of a campaign shows the decision, the sign-off tickets by stage
    and the history. The box on a sign-off ticket says whom it waits for and
    what it blocks.
    """

    implements(INavigationContributor, IRequestFilter, IRequestHandler)

    # INavigationContributor methods

    def get_active_navigation_item(self, req):
        return 'roadmap'

    def get_navigation_items(self, req):
        return ()

    # IRequestHandler methods

    def match_request(self, req):
        found = PATH.fullmatch(req.path_info)
        if found:
            req.args['campaign'], req.args['verb'] = found.groups('')
        return bool(found)

    def process_request(self, req):
        name = req.args.get('campaign')
        if req.args.get('verb') == 'sign':
            return self._sign(req, name)
        req.perm.require(VIEW)
        dress(req)
        add_link(req, 'up', req.href.roadmap(), _("Roadmap"))
        return self._page(req, name) if name else self._index(req)

    # IRequestFilter methods

    def pre_process_request(self, req, handler):
        return handler

    def post_process_request(self, req, template, data, metadata):
        if (template == 'ticket.html' and data and VIEW in req.perm
                and data.get('ticket') and data['ticket'].exists):
            boxes = self._boxes(req, data['ticket'])
            if boxes:
                dress(req)
                data.update(prodworkflow_page=template,
                            prodworkflow_linked=linked,
                            prodworkflow_boxes=boxes)
                template = 'prodworkflow_ticket.html'
        return template, data, metadata

    # Internal methods

    def _index(self, req):
        system = CampaignSystem(self.env)
        decisions, _found = system.underway()
        return 'prodworkflow_campaigns.html', {
            'told': [system.told(d, req.perm) for d in decisions],
            'over': system.over(), 'linked': linked,
            'may_create': ADMIN in req.perm}

    def _page(self, req, name):
        system = CampaignSystem(self.env)
        try:
            decision = system.decision(name)
        except NoSuchCampaign as error:
            raise ResourceNotFound(str(error),
                                   _("No such campaign")) from error
        told = system.told(decision, req.perm)
        return 'prodworkflow_campaign.html', {
            'told': told, 'campaign': told.campaign, 'linked': linked,
            'tickets': system.tickets(told),
            'history': system.history(decision, req.perm),
            'from_utimestamp': from_utimestamp}

    def _boxes(self, req, ticket):
        system = CampaignSystem(self.env)
        boxes = []
        for decision in system.for_ticket(ticket.id):
            requirement = decision.snapshot.state.for_ticket(ticket.id)
            told = system.told(decision, req.perm)
            answer = decision.answer(requirement.key)
            boxes.append({
                'told': told, 'answer': answer, 'requirement': requirement,
                'stage': decision.snapshot.state.stage(requirement.stage),
                'blocked': [s.stage for s in told.stages
                            if not answer.met and s.stage.number >= decision
                            .snapshot.state.stage(requirement.stage).number],
                'may_sign': self._may_sign(req, answer)})
        return boxes

    def _may_sign(self, req, answer):
        ticket = Resource('ticket', answer.requirement.ticket)
        return ('TICKET_MODIFY' in req.perm(ticket)
                and may_sign(answer.requirement, req.authname,
                             ADMIN in req.perm))

    def _sign(self, req, name):
        """Sign a requirement from its ticket's box."""
        if req.method != 'POST':
            raise HTTPBadRequest('Sign-offs are given from the box on the '
                                 'ticket page.')
        if req.args.get('__FORM_TOKEN') != req.form_token:
            raise HTTPBadRequest('The form token is missing; reload the '
                                 'ticket page and try again.')
        system = CampaignSystem(self.env)
        try:
            requirement = system.requirement(
                name, req.args.get('requirement', ''))
        except NoSuchCampaign as error:
            raise ResourceNotFound(str(error)) from error
        ticket = Resource('ticket', requirement.ticket)
        req.perm(ticket).require('TICKET_MODIFY')
        statement = req.args.get('statement', '').strip()[:STATEMENT_MAX]
        try:
            system.sign(name, requirement.key, req.authname,
                        ADMIN in req.perm, statement)
        except GateShut as refusal:
            add_warning(req, linked(req, str(refusal)))
        else:
            told = system.told(system.decision(name), req.perm)
            add_notice(req, linked(req, f'Signed off. {told.verdict}'))
        req.redirect(req.href.ticket(requirement.ticket))
