"""Nobody left who can sign: told before, in the panel, in check."""

from __future__ import annotations

import pytest
from trac.perm import PermissionSystem

from prodworkflow.api import InvalidRequest
from support.campaigns import NAME
from support.http_client import words_of

FREEZE = {'feature-freeze': ('@core',)}
EMPTIED = ('nobody can sign #1 Feature Freeze: core has no members left who '
           'could; a holder of CAMPAIGN_ADMIN names others')


@pytest.fixture
def permissions(env):
    return PermissionSystem(env)


@pytest.fixture
def core(permissions, create):
    """A campaign whose freeze is signed by a group, of which one is left."""
    permissions.grant_permission('anna', 'core')
    return create(contacts={**dict.fromkeys(
        ['software-quality'], ('bruno',)), **FREEZE})


def forbid(env, *rules):
    """Let Trac forbid something by its own policy for single tickets."""
    path = f'{env.path}/conf/authz'
    with open(path, 'w', encoding='utf-8') as file:
        file.write('\n'.join(rules))
    import tracopt.perm.authz_policy  # noqa: F401
    env.config.set('authz_policy', 'authz_file', path)
    env.config.set('components', 'tracopt.perm.authz_policy.*', 'enabled')
    env.config.set('trac', 'permission_policies',
                   'AuthzPolicy, DefaultPermissionPolicy')
    env.config.save()


def test_an_emptied_group_is_told_in_the_panel_and_by_check(
        core, permissions, client, admin):
    assert 'nobody can sign #1' not in words_of(
        client('coordinator').get('/roadmap'))
    code, out, _ = admin('campaign', 'check', NAME)
    assert code == 0
    permissions.revoke_permission('anna', 'core')
    for page in ('/roadmap', f'/campaign/{NAME.replace(" ", "%20")}',
                 f'/admin/production/campaigns/{NAME.replace(" ", "%20")}'):
        assert EMPTIED in words_of(client('coordinator').get(page))
    code, out, _ = admin('campaign', 'check', NAME)
    assert code == 1
    assert EMPTIED in ' '.join(out.split())
    permissions.grant_permission('eve', 'core')
    assert 'nobody can sign #1' not in words_of(
        client('coordinator').get('/roadmap'))


def test_a_user_who_is_gone_is_told(campaign, admin, client):
    assert admin('session', 'delete', 'bruno')[0] == 0
    words = words_of(client('coordinator').get('/roadmap'))
    assert ('nobody can sign #4 Release validated: bruno is no user of Trac '
            'any more') in words


def test_contacts_who_may_not_change_tickets_are_refused_before(
        create, permissions, system):
    permissions.revoke_permission('authenticated', 'TICKET_MODIFY')
    with pytest.raises(InvalidRequest) as refused:
        create()
    told = dict(refused.value.problems)
    assert told['contact:feature-freeze'] == (
        'The quorum of feature-freeze (Feature Freeze) is 1, but nobody can '
        'sign it (anna may not change tickets in Trac); name more contacts '
        'or lower the quorum.')
    assert system.queries.names() == []


def test_contacts_who_lost_their_right_are_told_and_offered_nothing(
        campaign, permissions, client, admin, system):
    permissions.revoke_permission('authenticated', 'TICKET_MODIFY')
    words = words_of(client('coordinator').get('/roadmap'))
    assert ('nobody can sign #1 Feature Freeze: anna may not change #1 in '
            'Trac') in words
    assert 'value="approved"' not in client('anna').get('/ticket/1').text
    mine = client('anna').get('/campaign').text
    assert 'name="sel"' not in mine
    assert '>Sign off<' not in client('anna').get('/roadmap').text


def test_a_change_to_contacts_who_cannot_sign_is_refused(
        campaign, env, admin, system):
    forbid(env, '[ticket:1*]', 'bruno = !TICKET_VIEW')
    code, _, err = admin('campaign', 'change', NAME, '--reason=Leave.',
                         '--contact=feature-freeze:bruno')
    assert code == 2
    assert ('nobody can sign it (bruno may not see #1 in Trac); name more '
            'contacts') in ' '.join(err.split())
    assert admin('campaign', 'change', NAME, '--reason=Leave.',
                 '--contact=feature-freeze:bruno,eve')[0] == 0


def test_that_no_administrator_is_there_is_told_before_creating(
        permissions, env, admin, system):
    for user, action in list(permissions.get_all_permissions()):
        if action in ('TRAC_ADMIN', 'CAMPAIGN_ADMIN'):
            permissions.revoke_permission(user, action)
    code, out, _ = admin('campaign', 'create', 'X', '--dry-run')
    assert code == 0
    assert 'Nobody can sign' in out
    assert 'no user who may see and change the tickets holds' in ' '.join(
        out.split())
