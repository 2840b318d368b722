"""The sign-off actions in Trac's own *Action* fieldset, for who wants them."""

from __future__ import annotations

from dataclasses import replace

from trac.attachment import Attachment
from trac.core import Component, implements
from trac.ticket.api import ITicketActionController, ITicketManipulator
from trac.util.html import tag
from trac.web.chrome import add_warning

from prodworkflow.api import CampaignSystem, GateShut
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.evidence import ProofKind
from prodworkflow.domain.rules.verdicts import offered_verdicts
from prodworkflow.domain.rules.waiver_requests import liftable
from prodworkflow.web.forms import form_text
from prodworkflow.web.signoff_form import saying_of, verdict_of

PREFIX = 'signoff_'


LABELS = {f'{PREFIX}approved': 'sign off', f'{PREFIX}reported': 'report only',
          f'{PREFIX}rejected': 'reject',
          f'{PREFIX}withdrawn': 'withdraw the sign-off',
          f'{PREFIX}waived': 'waive'}


HINTS = {f'{PREFIX}approved': 'The comment is your statement.',
         f'{PREFIX}reported': 'Records what you give without judging it.',
         f'{PREFIX}rejected': 'The comment is the reason; the ticket stays '
                              'open.',
         f'{PREFIX}withdrawn': 'The comment is the reason; the ticket is '
                               'reopened.',
         f'{PREFIX}waived': 'The comment is the reason.'}


class SignOffActions(Component):
    """Offers *sign off*, *report only*, *reject*, *withdraw* and *waive* as
    workflow actions.

    Does nothing unless it is named in `[ticket] workflow`:
    `workflow = ConfigurableTicketWorkflow, SignOffActions`. Take it out there
    before disabling or removing the plugin, or every page of Trac fails.
    """

    implements(ITicketActionController, ITicketManipulator)

    # ITicketActionController methods

    def get_ticket_actions(self, req, ticket):
        for decision in self._decisions(ticket):
            person = CampaignSystem(self.env).context.person(req)
            for verdict in self._offered(decision, person, ticket):
                yield 0, PREFIX + verdict.value

    def get_all_status(self):
        return ()

    def render_ticket_action_control(self, req, ticket, action):
        controls = []
        for decision in self._decisions(ticket):
            state = decision.snapshot.state
            answer = decision.answer(state.for_ticket(ticket.id).key)
            if action == f'{PREFIX}waived':
                controls += self._leave(req, action, answer)
            elif action in (f'{PREFIX}approved', f'{PREFIX}reported'):
                controls += [self._evidence(req, action, ticket, each)
                             for each in answer.evidence]
        return LABELS[action], tag(controls) or None, HINTS[action]

    def get_ticket_changes(self, req, ticket, action):
        """Nothing: what the verdict leads to is saved with its entry."""
        return {}

    def apply_action_side_effects(self, req, ticket, action):
        if action not in LABELS:
            return
        system = CampaignSystem(self.env)
        for decision in self._decisions(ticket):
            state = decision.snapshot.state
            try:
                system.record(state.campaign.name,
                              state.for_ticket(ticket.id).key,
                              system.context.person(req),
                              self._saying(req, action))
            except (GateShut, InvalidRequest) as error:
                add_warning(req, str(error))

    # ITicketManipulator methods

    def prepare_ticket(self, req, ticket, fields, actions):
        pass

    def validate_ticket(self, req, ticket):
        """Refuse before anything is saved what would be refused after."""
        action = req.args.get('action')
        if action not in LABELS or not ticket.exists:
            return []
        system = CampaignSystem(self.env)
        found = []
        for decision in self._decisions(ticket):
            state = decision.snapshot.state
            found += [(None, words) for words in system.doors.objections(
                state.campaign.name, state.for_ticket(ticket.id).key,
                system.context.person(req), self._saying(req, action))]
        if found and 'preview' not in req.args:
            system.doors.log_refusal('; '.join(words for _, words in found))
        return found

    def validate_comment(self, req, comment):
        return ()

    # Internal methods

    def _decisions(self, ticket):
        return (CampaignSystem(self.env).queries.for_ticket(ticket.id)
                if ticket.exists else [])

    @staticmethod
    def _offered(decision, person, ticket):
        state = decision.snapshot.state
        requirement = state.for_ticket(ticket.id)
        return offered_verdicts(decision.answer(requirement.key), state,
                                person, day_of(decision.asked))

    def _evidence(self, req, action, ticket, exhibit):
        """The fields for one value, plot or link that is asked for."""
        if exhibit.kind == ProofKind.PLOT.value:
            files = [a.filename for a in Attachment.select(
                self.env, 'ticket', ticket.id)]
            fields = [_choice(req, f'{action}_{what}:{exhibit.name}',
                              ['', *files], f'{exhibit.title}, {words}')
                      for what, words in (('plot', 'new plot'),
                                          ('reference', 'reference'))]
        else:
            fields = [_field(req, f'{action}_{exhibit.kind}:{exhibit.name}',
                             exhibit.title)]
        return tag.div(f'{exhibit.title} ', fields,
                       tag.span(f' {exhibit.limits}', class_='hint'))

    @staticmethod
    def _leave(req, action, answer):
        """The fields of a waiver."""
        yield tag.div('lifts ', _choice(req, f'{action}_reason',
                                        liftable(answer), 'lifts'),
                      ' until ', _field(req, f'{action}_until',
                                        'last day (UTC)', 'date'))
        for value in answer.requirement.asks.values:
            yield tag.div(
                f'{value.title}: tolerable from ',
                _field(req, f'{action}_bound_min:{value.name}',
                       f'{value.title}, tolerable from'), ' up to ',
                _field(req, f'{action}_bound_max:{value.name}',
                       f'{value.title}, tolerable up to'))

    @staticmethod
    def _saying(req, action):
        verdict = verdict_of(action[len(PREFIX):])
        saying = saying_of(req.args, verdict, 'comment', f'{action}_')
        return replace(saying, commented=bool(saying.statement))


def _field(req, name, title, type_='text'):
    return tag.input(type=type_, name=name, id=name,
                     value=form_text(req.args, name), **{'aria-label': title})


def _choice(req, name, options, title):
    return tag.select([tag.option(o or title, value=o, selected=(
        form_text(req.args, name) == o) or None) for o in options],
        name=name, id=name, **{'aria-label': title})
