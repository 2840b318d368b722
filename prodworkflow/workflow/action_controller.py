"""Ticket action controller: sign-offs in Trac's own *Action* fieldset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from trac.attachment import Attachment
from trac.core import Component, implements
from trac.ticket.api import ITicketActionController, ITicketManipulator
from trac.util.html import Fragment, tag
from trac.web.chrome import add_warning

from prodworkflow.api import CampaignSystem, GateShut, SignOffRequest
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.evidence import ProofKind
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.evidence_report import EvidenceLine
from prodworkflow.domain.rules.waivers.limits import told
from prodworkflow.domain.rules.waivers.requests import liftable
from prodworkflow.translation import _, N_, tag_
from prodworkflow.web.forms import form_text
from prodworkflow.web.signoff_form import parse_verdict, signoff_request
from prodworkflow.web.ticket_rights import verdicts_offered

PREFIX = 'signoff_'


# Behind the actions of trac.ini: Trac's page chooses the first by itself.
WEIGHT = -100


LABELS = {f'{PREFIX}approved': N_('sign off'),
          f'{PREFIX}reported': N_('report only'),
          f'{PREFIX}rejected': N_('reject'),
          f'{PREFIX}withdrawn': N_('withdraw the sign-off'),
          f'{PREFIX}waived': N_('waive'),
          f'{PREFIX}objected': N_('object to the sign-off'),
          f'{PREFIX}answered': N_('answer the objection')}


HINTS = {f'{PREFIX}approved': N_('The comment is your statement.'),
         f'{PREFIX}reported': N_('Records what you give without judging it.'),
         f'{PREFIX}rejected': N_('The comment is the reason; the ticket stays '
                                 'open.'),
         f'{PREFIX}withdrawn': N_('The comment is the reason; the ticket is '
                                 'reopened.'),
         f'{PREFIX}waived': N_('The comment is the reason.'),
         f'{PREFIX}objected': N_('The comment is the reason; the ticket is '
                                 'reopened, and the approvals stay.'),
         f'{PREFIX}answered': N_('The comment is the answer; the ticket is '
                                 'closed again, and the approvals stand.')}


class SignOffActions(Component):
    """Offers *sign off*, *report only*, *reject*, *withdraw*, *waive*,
    *object* and *answer* as workflow actions.

    Does nothing unless it is named in `[ticket] workflow`:
    `workflow = ConfigurableTicketWorkflow, SignOffActions`. Take it out there
    before disabling or removing the plugin, or every page of Trac fails.
    """

    implements(ITicketActionController, ITicketManipulator)

    # Who asks where the site's actions lead need not ask this one.
    of_signoffs = True

    # ITicketActionController methods

    def get_ticket_actions(self, req: Any,
                           ticket: Any) -> Iterator[tuple[int, str]]:
        for decision, answer in self._answers(ticket):
            person = CampaignSystem(self.env).context.person(req)
            for verdict in verdicts_offered(req, decision, answer, person):
                yield WEIGHT, PREFIX + verdict.value

    def get_all_status(self) -> Iterable[str]:
        return ()

    def render_ticket_action_control(self, req: Any, ticket: Any,
                                     action: str) -> tuple[str, Any, str]:
        controls: list[Fragment] = []
        for decision, answer in self._answers(ticket):
            if action == f'{PREFIX}waived':
                controls += self._waiver_fields(req, action, answer, decision)
            elif action in (f'{PREFIX}approved', f'{PREFIX}reported'):
                controls += [self._evidence_fields(req, action, ticket, each)
                             for each in answer.evidence]
        return _(LABELS[action]), tag(controls) or None, _(HINTS[action])

    def get_ticket_changes(self, req: Any, ticket: Any,
                           action: str) -> dict[str, str]:
        """Nothing: what the verdict leads to is saved with its entry."""
        return {}

    def apply_action_side_effects(self, req: Any, ticket: Any,
                                  action: str) -> None:
        if action not in LABELS:
            return
        system = CampaignSystem(self.env)
        for decision, answer in self._answers(ticket):
            try:
                system.record(decision.snapshot.state.campaign.name,
                              answer.requirement.key,
                              system.context.person(req),
                              self._signoff_request(req, action))
            except (GateShut, InvalidRequest) as error:
                add_warning(req, str(error))

    # ITicketManipulator methods

    def prepare_ticket(self, req: Any, ticket: Any, fields: Any,
                       actions: Any) -> None:
        pass

    def validate_ticket(self, req: Any,
                        ticket: Any) -> Iterable[tuple[None, str]]:
        """Refuse before anything is saved what would be refused after."""
        action = req.args.get('action')
        if action not in LABELS or not ticket.exists:
            return []
        system = CampaignSystem(self.env)
        found: list[tuple[None, str]] = []
        for decision, answer in self._answers(ticket):
            found += [(None, words) for words in system.doors.objections(
                decision.snapshot.state.campaign.name, answer.requirement.key,
                system.context.person(req),
                self._signoff_request(req, action))]
        if found and 'preview' not in req.args:
            system.doors.log_refusal('; '.join(words for _, words in found))
        return found

    def validate_comment(self, req: Any, comment: str) -> Iterable[Any]:
        return ()

    # Internal methods

    def _answers(self, ticket: Any) -> Iterator[tuple[Decision, Answer]]:
        """The decision of each campaign, and its answer for the ticket."""
        if ticket.exists:
            queries = CampaignSystem(self.env).queries
            for decision in queries.for_ticket(ticket.id):
                requirement = decision.snapshot.state.for_ticket(ticket.id)
                assert requirement is not None, 'it is one of the campaign'
                yield decision, decision.answer(requirement.key)

    def _evidence_fields(self, req: Any, action: str, ticket: Any,
                         exhibit: EvidenceLine) -> Fragment:
        """The fields for one value, plot or link that is asked for."""
        if exhibit.kind == ProofKind.PLOT.value:
            files = [a.filename for a in Attachment.select(
                self.env, 'ticket', ticket.id)]
            fields = [_choice(req, f'{action}_{what}:{exhibit.name}',
                              ['', *files], f'{exhibit.title}, {words}')
                      for what, words in (('plot', _('new plot')),
                                          ('reference', _('reference')))]
        else:
            fields = [_field(req, f'{action}_{exhibit.kind}:{exhibit.name}',
                             exhibit.title)]
        return tag.div(f'{exhibit.title} ', fields,
                       tag.span(' ', exhibit.limits, class_='hint'))

    def _waiver_fields(self, req: Any, action: str, answer: Answer,
                       decision: Decision) -> Iterator[Fragment]:
        """The fields of a waiver, and how far it may go."""
        state = decision.snapshot.state
        yield tag.div(tag_(
            'lifts %(reason)s until %(day)s',
            reason=_choice(req, f'{action}_reason',
                           liftable(answer, state.campaign), _('lifts')),
            day=_field(req, f'{action}_until', _('last day (UTC)'), 'date')))
        for value in answer.requirement.asks.values:
            yield tag.div(tag_(
                '%(value)s: tolerable from %(least)s up to %(most)s',
                value=value.title,
                least=_field(req, f'{action}_bound_min:{value.name}',
                             _('%(value)s, tolerable from',
                               value=value.title)),
                most=_field(req, f'{action}_bound_max:{value.name}',
                            _('%(value)s, tolerable up to',
                              value=value.title))))
        seen = CampaignSystem(self.env).queries.visibility_for(decision,
                                                               req.perm)
        yield tag.div('; '.join(map(str, seen.words.each(told(
            answer.requirement, state, day_of(decision.asked))))),
            class_='hint')

    @staticmethod
    def _signoff_request(req: Any, action: str) -> SignOffRequest:
        verdict = parse_verdict(action[len(PREFIX):])
        saying = signoff_request(req.args, verdict, 'comment', f'{action}_')
        return replace(saying, commented=bool(saying.statement))


def _field(req: Any, name: str, title: str, type_: str = 'text') -> Fragment:
    return tag.input(type=type_, name=name, id=name,
                     value=form_text(req.args, name), **{'aria-label': title})


def _choice(req: Any, name: str, options: Iterable[str],
            title: str) -> Fragment:
    return tag.select([tag.option(o or title, value=o, selected=(
        form_text(req.args, name) == o) or None) for o in options],
        name=name, id=name, **{'aria-label': title})
