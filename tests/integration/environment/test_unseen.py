"""What somebody may not view: asked one by one only where that differs."""

from __future__ import annotations

import pytest
from trac.core import Component, implements
from trac.perm import IPermissionPolicy, PermissionCache, PermissionSystem

from prodworkflow.gateways.rights import unseen


class EvenTickets(Component):
    """Lets nobody view tickets with even numbers."""

    implements(IPermissionPolicy)

    def check_permission(self, action, username, resource, perm):
        if action == 'TICKET_VIEW' and resource and resource.id % 2 == 0:
            return False
        return None


@pytest.fixture
def asked(monkeypatch):
    """The resources of which permissions are asked."""
    found = []
    really = PermissionCache.has_permission

    def asking(self, action, resource=None, *more):
        found.append(resource.id)
        return really(self, action, resource, *more)
    monkeypatch.setattr(PermissionCache, 'has_permission', asking)
    return found


def unseen_tickets(env, *ids):
    return unseen(PermissionCache(env, 'anna'), 'TICKET_VIEW', 'ticket', ids)


def use_policies(env, names):
    env.config.set('trac', 'permission_policies', names)


def test_policies_of_trac_are_asked_once_for_all_tickets(env, asked):
    assert unseen_tickets(env, 1, 2, 3) == frozenset()
    assert len(asked) == 1


def test_who_may_view_no_ticket_may_view_none_of_these(env, asked):
    for subject in ('anonymous', 'authenticated'):
        PermissionSystem(env).revoke_permission(subject, 'TICKET_VIEW')
    assert unseen_tickets(env, 1, 2, 3) == {1, 2, 3}
    assert len(asked) == 1


def test_a_policy_that_tells_tickets_apart_is_asked_of_each(env, asked):
    env.enable_component(EvenTickets)
    use_policies(env, 'EvenTickets, DefaultPermissionPolicy')
    assert unseen_tickets(env, 1, 2, 3, 4) == {2, 4}
    assert sorted(asked) == [1, 2, 3, 4]


def test_where_a_policy_is_missing_nothing_is_seen(env):
    use_policies(env, 'NoSuchPolicy, DefaultPermissionPolicy')
    assert unseen_tickets(env, 1, 2) == {1, 2}


def test_of_nothing_nothing_is_asked(env, asked):
    assert unseen_tickets(env) == frozenset()
    assert asked == []
