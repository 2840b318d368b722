"""Sign-off box: request filter of the ticket page, handler of its form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from trac.attachment import Attachment
from trac.core import Component, implements
from trac.resource import Resource, ResourceNotFound
from trac.ticket.web_ui import TicketModule
from trac.util.datefmt import from_utimestamp
from trac.web.api import HTTPBadRequest, IRequestFilter, IRequestHandler
from trac.web.chrome import add_warning

from prodworkflow.api import allowed, CampaignSystem, GateShut, NoSuchCampaign
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.duties.awaited import counted_approvals
from prodworkflow.domain.rules.duties.rights import told_once
from prodworkflow.domain.rules.eligibility import signers_of
from prodworkflow.domain.rules.verdicts import own_waiver
from prodworkflow.domain.rules.waivers.limits import last_day
from prodworkflow.domain.rules.waivers.limits import told as limits_told
from prodworkflow.domain.rules.waivers.requests import liftable
from prodworkflow.pages.ticket_actions import leave_out, refused_actions
from prodworkflow.translation import _
from prodworkflow.web.box.evidence_file import (
    box_address,
    box_saying,
    box_sources,
)
from prodworkflow.web.box.facts import box_facts
from prodworkflow.web.box.mistakes import box_mistakes
from prodworkflow.web.database_errors import database_errors_as_503
from prodworkflow.web.forms import form_text, renew_revision
from prodworkflow.web.notices.field_problems import keep_problems
from prodworkflow.web.notices.outcomes import remember_outcome, tell_outcomes
from prodworkflow.web.notices.short_days import short_day
from prodworkflow.web.plots.box import add_plot_files, box_plots
from prodworkflow.web.plots.uploads import (
    attaching_refusal,
    warn_of_lost_files,
)
from prodworkflow.web.response import add_styles, set_status, with_our_texts
from prodworkflow.web.signoff_form import parse_verdict, typed_without_field
from prodworkflow.web.texts.ticket_links import link_tickets
from prodworkflow.web.ticket_rights import rights_refusal, verdicts_offered

PATH = re.compile(r'/campaign/([^/]+)/sign/?')


class SignOffBox(Component):
    """Puts the sign-off box on the page of a sign-off ticket.

    It says whom the ticket waits for and what it blocks, and lets those sign
    off, report, reject, withdraw and waive who may.
    """

    implements(IRequestFilter, IRequestHandler)

    is_valid_default_handler = False

    # IRequestHandler methods

    def match_request(self, req: Any) -> bool:
        found = PATH.fullmatch(req.path_info)
        if found:
            req.args['campaign'] = found[1]
        return bool(found)

    @database_errors_as_503
    def process_request(self, req: Any) -> Any:
        if req.method != 'POST':
            raise HTTPBadRequest(_('Sign-offs are given from the box on the '
                                   'ticket page.'))
        name, system = req.args.get('campaign'), CampaignSystem(self.env)
        try:
            requirement = system.queries.requirement(
                name, form_text(req.args, 'requirement'))
        except NoSuchCampaign as error:
            raise ResourceNotFound(str(error)) from error
        try:
            verdict = parse_verdict(form_text(req.args, 'verdict')
                                    or Verdict.APPROVED.value)
            refusal = (rights_refusal(req, name, requirement, verdict)
                       or attaching_refusal(req, requirement))
            if refusal:
                system.doors.log_refusal(refusal)
                return self._form_again(req, requirement, 403, [link_tickets(
                    req, _('Nothing was recorded: %(refusal)s',
                           refusal=refusal))])
            saying = box_saying(self.env, req, name, requirement, verdict)
            system.record(name, requirement.key, system.context.person(req),
                          saying)
        except GateShut as shut:
            renew_revision(req, shut)
            return self._form_again(req, requirement, 409,
                                    [link_tickets(req, str(shut))])
        except InvalidRequest as error:
            keep_problems(req, error)
            return self._form_again(req, requirement, 400,
                                    [link_tickets(req, words)
                                     for _field, words in error.problems])
        remember_outcome(req, name, requirement.key, saying.verdict.value,
                         requirement.ticket)
        return req.redirect(box_address(req, requirement, name, verdict,
                                        saying.verdict))

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        return handler

    def post_process_request(self, req: Any, template: str | None, data: Any,
                             metadata: Any) -> tuple[Any, Any, Any]:
        if (template == 'ticket.html' and data and VIEW in req.perm
                and data.get('ticket') and data['ticket'].exists):
            boxes = self._boxes(req, data)
            if boxes:
                add_styles(req)
                add_plot_files(req)
                data.update(prodworkflow_page=template,
                            prodworkflow_linked=link_tickets,
                            prodworkflow_boxes=boxes)
                data['prodworkflow_left_out'] = leave_out(data, {
                    name: each for box in boxes
                    for name, each in box['refused'].items()})
                template = 'prodworkflow_ticket_page.html'
                metadata = with_our_texts(metadata)
        return template, data, metadata

    # Internal methods

    def _form_again(self, req: Any, requirement: Requirement, status: int,
                    warnings: Iterable[Any]) -> Any:
        """The ticket's page anew, with what was typed and what is wrong."""
        for words in warnings:
            add_warning(req, words)
        warn_of_lost_files(req)
        set_status(req, status)
        req.environ['REQUEST_METHOD'] = 'GET'
        req.environ['PATH_INFO'] = f'/ticket/{requirement.ticket}'
        req.args['id'] = str(requirement.ticket)
        return TicketModule(self.env).process_request(req)

    def _boxes(self, req: Any, data: Any) -> list[dict[str, Any]]:
        system, ticket = CampaignSystem(self.env), data['ticket']
        person = system.context.person(req)
        boxes = [{**self._box(req, system, person, decision, ticket),
                  'refused': refused_actions(
                      req, system, person, decision, ticket,
                      data.get('action_controls') or ())}
                 for decision in system.queries.for_ticket(ticket.id)]
        if req.method == 'GET' and not req.is_xhr:
            tell_outcomes(req, system, ticket.id, boxes)
        return boxes

    def _box(self, req: Any, system: CampaignSystem, person: Person,
             decision: Decision, ticket: Any) -> dict[str, Any]:
        state = decision.snapshot.state
        requirement = state.for_ticket(ticket.id)
        assert requirement is not None, 'the ticket is one of the campaign'
        seen = system.queries.visibility_for(decision, req.perm)
        answer = seen.answer(requirement.key)
        told = system.queries.readiness_for(decision, req.perm)
        stage = state.stage(requirement.stage)
        due = requirement.due or decision.snapshot.due(stage)
        name = state.campaign.name
        again = (req.args.get('requirement') == requirement.key
                 and req.args.get('campaign') == name)
        typed = {k: form_text(req.args, k) for k in req.args} if again else {}
        allowed_ = self._allowed(req, system, person, decision,
                                 decision.answer(requirement.key))
        return {
            'decision': decision, 'told': told, 'answer': answer,
            'requirement': requirement, 'stage': stage,
            'written': quoted_login,
            'due': due, **box_facts(told.decision, answer, due,
                                    allowed_['liftable']),
            'typed': typed, 'lost': typed_without_field(
                typed, requirement, allowed_),
            'cannot': told_once(answer.awaits.obstructions)
            if answer.awaits.anybody else [],
            'signed': [seen.words.signoff(s) for s in counted_approvals(
                requirement, state)],
            'signers': signers_of(requirement, state,
                                  day_of(decision.asked))
            if answer.met else answer.awaits.words,
            'blocked': [s.stage for s in told.stages if not answer.met
                        and s.stage.number >= stage.number],
            'from_utimestamp': from_utimestamp, 'day': partial(short_day, req),
            'evidence': answer.evidence, **box_plots(
                req, system, answer,
                box_mistakes(req, answer) if again else {}),
            **box_sources(answer),
            'files': [a.filename for a in Attachment.select(
                self.env, 'ticket', ticket.id)]
            if requirement.asks.plots else [],
            'waiver_limits': seen.words.each(limits_told(
                requirement, state, day_of(decision.asked))),
            **allowed_}

    def _allowed(self, req: Any, system: CampaignSystem, person: Person,
                 decision: Decision, answer: Answer) -> dict[str, Any]:
        """What this person may say now; the box offers nothing else."""
        state, requirement = decision.snapshot.state, answer.requirement
        day = day_of(decision.asked)
        offered = verdicts_offered(req, decision, answer, person)
        return {
            'may_attach': allowed(req.perm, 'ATTACHMENT_CREATE', Resource(
                'ticket', requirement.ticket).child('attachment')),
            'may_sign': Verdict.APPROVED in offered,
            'may_report': Verdict.REPORTED in offered,
            'may_reject': Verdict.REJECTED in offered,
            'may_withdraw': Verdict.WITHDRAWN in offered,
            'may_object': Verdict.OBJECTED in offered,
            'may_answer': Verdict.ANSWERED in offered,
            'liftable': liftable(answer, state.campaign)
            if Verdict.WAIVED in offered else [],
            'own_waiver': own_waiver(requirement, state, person, day),
            'waiver_last': last_day(state.campaign, day),
            'past': system.queries.precedents(state.campaign.name,
                                              requirement.key,
                                              req.perm)}
