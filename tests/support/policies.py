"""Permission policies of sites: each refuses one person one ticket its way.

What they refuse is in `[refusing]`: `person`, `ticket`, and the policy's own.
"""

from __future__ import annotations

from trac.core import Component, implements
from trac.perm import IPermissionPolicy, PermissionSystem
from trac.ticket.model import Ticket

DEFAULTS = ('DefaultWikiPolicy, DefaultTicketPolicy, DefaultPermissionPolicy, '
            'LegacyAttachmentPolicy')
PEOPLE = ('bruno', 'coordinator', 'eve', 'dora')


class _Refusing(Component):
    """Refuses the person and ticket of `[refusing]` what `refuses` says."""

    abstract = True

    def check_permission(self, action, username, resource, perm):
        asked = self.config['refusing']
        while resource is not None and resource.realm != 'ticket':
            resource = resource.parent
        if resource is None or username != asked.get('person') or str(
                resource.id) != asked.get('ticket'):
            return None
        return self.refuses(action, resource)


class PrivateTickets(_Refusing):
    """Lets only the owner and the reporter see a ticket; asks its row."""

    implements(IPermissionPolicy)

    def refuses(self, action, resource):
        ticket = Ticket(self.env, resource.id)
        person = self.config.get('refusing', 'person')
        return None if person in (ticket['owner'],
                                  ticket['reporter']) else False


class NoComments(_Refusing):
    """Refuses comments, and nothing else."""

    implements(IPermissionPolicy)

    def refuses(self, action, resource):
        return False if action == 'TICKET_APPEND' else None


class NoProperties(_Refusing):
    """Refuses to change fields, and nothing else."""

    implements(IPermissionPolicy)

    def refuses(self, action, resource):
        return False if action == 'TICKET_CHGPROP' else None


class Broken(_Refusing):
    """Fails whenever it is asked to let somebody change the ticket."""

    implements(IPermissionPolicy)

    def refuses(self, action, resource):
        if action in ('TICKET_MODIFY', 'TICKET_CHGPROP'):
            raise RuntimeError('the directory does not answer')


def refuse_by_permission(env, person, ticket):
    """Only people other than that one may change tickets at all."""
    system = PermissionSystem(env)
    system.revoke_permission('authenticated', 'TICKET_MODIFY')
    for each in PEOPLE:
        if each != person:
            system.grant_permission(each, 'TICKET_MODIFY')


def refuse_by_authz(env, person, ticket):
    """A rule of Trac's own file of rights."""
    path = f'{env.path}/conf/authz'
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'[ticket:{ticket}@*]\n{person} = TICKET_VIEW, '
                   '!TICKET_MODIFY\n')
    env.config.set('authz_policy', 'authz_file', path)
    env.config.set('components', 'tracopt.perm.authz_policy.*', 'enabled')
    _put_first(env, 'AuthzPolicy')


def refuse_by(policy):
    """A plugin's policy."""
    def refuse(env, person, ticket):
        env.config.set('refusing', 'person', person)
        env.config.set('refusing', 'ticket', str(ticket))
        in_force(env, policy, __name__)
    return refuse


def refuse_private(env, person, ticket):
    """The ticket is private, and that person's no more."""
    env.db_transaction("UPDATE ticket SET owner='bruno', "
                       "reporter='coordinator' WHERE id=%s", (ticket,))
    refuse_by(PrivateTickets)(env, person, ticket)


def in_force(env, policy, module):
    """Let a policy of a module of tests be asked before all others."""
    env.config.set('components', f'{module}.*', 'enabled')
    _put_first(env, policy.__name__)


def _put_first(env, policy):
    env.config.set('trac', 'permission_policies', f'{policy}, {DEFAULTS}')
    env.config.save()
    env.enabled.clear()
    env.__dict__.pop('_component_rules', None)


# How a site refuses, and what is said of whom it refuses.
WAYS = {
    'permission': (refuse_by_permission, 'may not change'),
    'authz file': (refuse_by_authz, 'may not change'),
    'private tickets': (refuse_private, 'may not see'),
    'no comments': (refuse_by(NoComments), 'may not comment on'),
    'no fields': (refuse_by(NoProperties), 'may not change'),
    'a policy that fails': (refuse_by(Broken), 'may not change'),
}


class NoAttachmentsPolicy(Component):
    """Lets nobody attach anything."""

    implements(IPermissionPolicy)

    def check_permission(self, action, username, resource, perm):
        return False if action == 'ATTACHMENT_CREATE' else None


def refuse_attachments(env):
    """Let nobody attach anything from now on."""
    env.config.set('components', f'{NoAttachmentsPolicy.__module__}.*',
                   'enabled')
    env.config.set('trac', 'permission_policies',
                   'NoAttachmentsPolicy, DefaultWikiPolicy, '
                   'DefaultTicketPolicy, DefaultPermissionPolicy, '
                   'LegacyAttachmentPolicy')
    env.config.save()
