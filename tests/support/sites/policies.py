"""Permission policies of sites."""

from __future__ import annotations

import textwrap

from trac.perm import PermissionSystem

AUTHZ = ('AuthzPolicy, DefaultWikiPolicy, DefaultTicketPolicy, '
         'DefaultPermissionPolicy, LegacyAttachmentPolicy')
CHANGE = 'TICKET_VIEW, TICKET_MODIFY, TICKET_CREATE'


def trac(env, logins):
    """As Trac comes: who is logged in may change tickets."""


def old(env, logins):
    """The list of policies of a Trac that was upgraded from 0.12."""
    env.config.set('trac', 'permission_policies',
                   'DefaultPermissionPolicy, LegacyAttachmentPolicy')


def groups(env, logins):
    """Nobody may anything but the members of a group, and administrators."""
    permissions = PermissionSystem(env)
    for user in ('anonymous', 'authenticated'):
        for action in permissions.get_users_dict().get(user, ()):
            permissions.revoke_permission(user, action)
    for action in (*CHANGE.split(', '), 'TICKET_APPEND', 'ROADMAP_VIEW',
                   'MILESTONE_VIEW'):
        permissions.grant_permission('physics', action)
    for user in (logins.anna, logins.bruno, 'eve'):
        permissions.grant_permission(user, 'physics')


def authz(env, logins):
    """A file says who may change which ticket; otherwise nobody may."""
    PermissionSystem(env).revoke_permission('authenticated', 'TICKET_MODIFY')
    _use_authz(env, f'''
        [ticket:*]
        {logins.anna} = {CHANGE}
        {logins.bruno} = {CHANGE}
        ''')


def private(env, logins):
    """One ticket is seen only by who signs it, and by administrators."""
    _use_authz(env, f'''
        [ticket:4*]
        {logins.bruno} = {CHANGE}
        coordinator = TRAC_ADMIN
        eve = TICKET_ADMIN, {CHANGE}
        * = !TICKET_VIEW
        ''')


def _use_authz(env, text):
    with open(f'{env.path}/conf/authz', 'w', encoding='utf-8') as file:
        file.write(textwrap.dedent(text))
    env.config.set('components', 'tracopt.perm.authz_policy.*', 'enabled')
    env.config.set('authz_policy', 'authz_file', 'authz')
    env.config.set('trac', 'permission_policies', AUTHZ)


POLICIES = {each.__name__: each
            for each in (trac, old, groups, authz, private)}
