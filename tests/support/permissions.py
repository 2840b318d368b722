"""Permissions: hides a ticket or milestone from a user."""

from __future__ import annotations


def hide(env, ticket, who='coordinator', *others):
    """Let only one person, and others that are named, see a ticket."""
    path = f'{env.path}/conf/authz'
    with open(path, 'w', encoding='utf-8') as file:
        file.write(f'[ticket:{ticket}*]\n'
                   + ''.join(f'{person} = *\n' for person in (who, *others))
                   + '* = !TICKET_VIEW\n')
    env.config.set('authz_policy', 'authz_file', path)
    env.config.set('trac', 'permission_policies',
                   'AuthzPolicy, DefaultPermissionPolicy')
    env.config.set('components', 'tracopt.perm.authz_policy.*', 'enabled')
    env.config.save()
