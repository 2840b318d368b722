"""The sign-off actions in Trac's own *Action* fieldset, for who wants them."""

from __future__ import annotations

from dataclasses import replace

from trac.core import Component, implements
from trac.ticket.api import ITicketActionController, ITicketManipulator
from trac.util.html import tag
from trac.web.chrome import add_warning

from .actions import saying_of
from .api import CampaignSystem, GateShut, Unfit, Verdict, WAIVE
from .eligibility import capacity, standing
from .gates import day_of

LABELS = {'signoff_approved': 'sign off', 'signoff_rejected': 'reject',
          'signoff_withdrawn': 'withdraw the sign-off',
          'signoff_waived': 'waive'}
HINTS = {'signoff_approved': 'The comment is your statement.',
         'signoff_rejected': 'The comment is the reason; the ticket stays '
                             'open.',
         'signoff_withdrawn': 'The comment is the reason; the ticket is '
                              'reopened.',
         'signoff_waived': 'The comment is the reason. Bounds, values and '
                           'evidence are given in the box above.'}


class SignOffActions(Component):
    """Offers *sign off*, *reject*, *withdraw* and *waive* as workflow actions.

    Does nothing unless it is named in `[ticket] workflow`:
    `workflow = ConfigurableTicketWorkflow, SignOffActions`. Take it out there
    before disabling or removing the plugin, or every page of Trac fails.
    """

    implements(ITicketActionController, ITicketManipulator)

    # ITicketActionController methods

    def get_ticket_actions(self, req, ticket):
        for decision in self._decisions(ticket):
            person = CampaignSystem(self.env).person(req)
            for verdict in self._offered(decision, person, ticket):
                yield 0, f'signoff_{verdict.value}'

    def get_all_status(self):
        return ()

    def render_ticket_action_control(self, req, ticket, action):
        control = None
        if action == 'signoff_waived':
            control = tag(
                'lifts ', tag.input(type='text', name=f'{action}_reason',
                                    value=req.args.get(f'{action}_reason',
                                                       'awaiting')),
                ' until ', tag.input(type='date', name=f'{action}_until',
                                     value=req.args.get(f'{action}_until')))
        return LABELS[action], control, HINTS[action]

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
                system.say(state.campaign.name,
                           state.for_ticket(ticket.id).key,
                           system.person(req), self._saying(req, action))
            except (GateShut, Unfit) as error:
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
            found += [(None, words) for words in system.against(
                state.campaign.name, state.for_ticket(ticket.id).key,
                system.person(req), self._saying(req, action))]
        return found

    def validate_comment(self, req, comment):
        return ()

    # Internal methods

    def _decisions(self, ticket):
        return (CampaignSystem(self.env).for_ticket(ticket.id)
                if ticket.exists else [])

    @staticmethod
    def _offered(decision, person, ticket):
        state = decision.snapshot.state
        requirement = state.for_ticket(ticket.id)
        answer = decision.answer(requirement.key)
        if state.campaign.ended:
            return
        eligible = capacity(requirement, person, day_of(decision.asked))
        if (eligible and person.name not in answer.signers
                and not requirement.asks.anything):
            yield Verdict.APPROVED
        if eligible or person.administrator:
            yield Verdict.REJECTED
            if standing(requirement, state.signoffs):
                yield Verdict.WITHDRAWN
        if person.may(WAIVE) and not answer.met:
            yield Verdict.WAIVED

    @staticmethod
    def _saying(req, action):
        fields = {'statement': req.args.get('comment') or '',
                  'verdict': action[len('signoff_'):],
                  'reason': req.args.get(f'{action}_reason', ''),
                  'until': req.args.get(f'{action}_until', '')}
        return replace(saying_of(fields), commented=bool(fields['statement']))
