"""Workflow plugins: action controllers beside Trac's own, as sites have them.

Each is asked only where `[ticket] workflow` names it.
"""

from __future__ import annotations

from trac.core import Component, implements
from trac.ticket.api import ITicketActionController
from trac.ticket.default_workflow import ConfigurableTicketWorkflow

OWN = 'support.sites.action_controllers.*'


def use_controllers(env, *names):
    """Let a site's workflow be these, and save its trac.ini."""
    env.config.set('components', OWN, 'enabled')
    env.config.set('ticket', 'workflow', ', '.join(names))
    env.config.save()
    env.enabled.clear()
    env.__dict__.pop('_component_rules', None)
    env.components.pop(ConfigurableTicketWorkflow, None)


class OfOperation(Component):
    """Takes part in the actions of trac.ini that name its operation."""

    abstract = True
    operation = ''

    def get_ticket_actions(self, req, ticket):
        return ConfigurableTicketWorkflow(
            self.env).get_actions_by_operation_for_req(req, ticket,
                                                       self.operation)

    def get_all_status(self):
        return ()

    def render_ticket_action_control(self, req, ticket, action):
        return action, None, ''

    def get_ticket_changes(self, req, ticket, action):
        return {}

    def apply_action_side_effects(self, req, ticket, action):
        pass


class SetMilestone(OfOperation):
    """Puts a ticket that is closed into a milestone of finished ones."""

    implements(ITicketActionController)
    operation = 'set_milestone'

    def get_ticket_changes(self, req, ticket, action):
        return {'milestone': 'Finished'}


class SetVersion(OfOperation):
    """Gives a ticket that is closed the version of the day."""

    implements(ITicketActionController)
    operation = 'set_version'

    def get_ticket_changes(self, req, ticket, action):
        return {'version': 'V9'}


class SetKeywords(OfOperation):
    """Notes by whom a ticket was closed, for a report."""

    implements(ITicketActionController)
    operation = 'set_keywords'

    def get_ticket_changes(self, req, ticket, action):
        return {'keywords': f'closed by {req.authname}'}


class Triage(OfOperation):
    """Reopens a ticket as what suits its type, as Trac's sample plugin."""

    implements(ITicketActionController)
    operation = 'triage'

    def get_all_status(self):
        return ('for-tasks', 'for-others')

    def get_ticket_changes(self, req, ticket, action):
        req.session.get('name')
        return {'resolution': '', 'status': (
            'for-tasks' if ticket['type'] == 'task' else 'for-others')}


class Failing(OfOperation):
    """Needs what only a page has."""

    implements(ITicketActionController)
    operation = 'fail'

    def get_ticket_actions(self, req, ticket):
        return [(9, req.no_such_thing)]
