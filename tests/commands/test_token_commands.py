"""`campaign token`: made, listed and revoked from the command line."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from prodworkflow.domain.dates import day_of
from prodworkflow.gateways.clock import now
from support.campaigns import NAME

TODAY = day_of(now())
SECRET = re.compile('pwf_[1-9][0-9]*_[A-Za-z0-9_-]{43}')
SCOPES = 'gate:read, evidence:write, hold and feed:read'


def token(admin, *args):
    return admin('campaign', 'token', *args)


def add(admin, *args):
    return token(admin, 'add', 'anna', *(args or ['--scope=gate:read']))


def test_a_token_is_made_and_its_secret_shown_this_once(
        campaign, admin, system, env):
    code, out, err = add(
        admin, '--scope=evidence:write,gate:read', '--name=nightly',
        f'--campaign={NAME}', '--requirement=feature-freeze',
        f'--expires={TODAY}')
    head, secret = out.splitlines()
    assert (code, err) == (0, '')
    assert head == ('Token 1, nightly, of anna. Its secret, which is not '
                    'shown again:')
    assert SECRET.fullmatch(secret)
    found = system.tokens.of_secret(secret)
    assert (found.owner, found.scopes) == ('anna', ('gate:read',
                                                    'evidence:write'))
    assert (found.campaign, found.requirement) == (NAME, 'feature-freeze')
    told = token(admin, 'list')[1]
    assert secret not in told
    for words in ('nightly', 'anna', 'gate:read, evidence:write', 'in force',
                  f'{NAME}: feature-freeze', str(TODAY), 'never'):
        assert words in told
    assert secret[6:] not in str(env.db_query(
        'SELECT * FROM prodworkflow_token'))


def test_tokens_without_a_name_get_one_each(campaign, admin):
    assert add(admin)[1].startswith('Token 1, anna-1, of anna.')
    assert add(admin)[1].startswith('Token 2, anna-2, of anna.')


def test_every_secret_is_another(campaign, admin):
    made = {SECRET.search(add(admin)[1])[0].split('_', 2)[2]
            for _ in range(20)}
    assert len(made) == 20


@pytest.mark.parametrize(('args', 'told'), [
    pytest.param(['--scope=approve'],
                 f'scope: There is no scope "approve"; there is {SCOPES}.',
                 id='no such scope'),
    pytest.param([''], f'scope: Say what the token is for; there is {SCOPES}.',
                 id='no scope'),
    pytest.param(['--scope=hold', '--campaign=Nothing'],
                 'There is no campaign "Nothing"; there is "2011 Prod".',
                 id='no such campaign'),
    pytest.param(['--scope=gate:read', f'--campaign={NAME}',
                  '--requirement=nothing'],
                 '2011 Prod has no requirement "nothing".',
                 id='no such requirement'),
    pytest.param(['--scope=gate:read', '--requirement=feature-freeze'],
                 'requirement: Name the campaign of the requirement, too.',
                 id='a requirement of no campaign'),
    pytest.param(['--scope=gate:read',
                  f'--expires={TODAY - timedelta(1)}'],
                 'is past; the last day of a token is today or later.',
                 id='a past day'),
    pytest.param(['--scope=gate:read', '--expires=soon'],
                 'expires: "soon" is no day; write one like ', id='no day')])
def test_what_is_wrong_is_told_and_no_token_is_made(campaign, admin, system,
                                                    args, told):
    code, out, err = add(admin, *[a for a in args if a] or ['--scope='])
    assert (code, out) == (2, '')
    assert err.startswith('Error: ')
    assert told in err
    assert system.tokens.listed() == []


@pytest.mark.parametrize('user', ['nobody', 'anonymous', 'authenticated', ''])
def test_a_token_is_of_a_user_whom_trac_knows(campaign, admin, system, user):
    code, _, err = token(admin, 'add', user, '--scope=gate:read')
    assert code == 2
    assert 'is no user whom Trac knows: they log in once, or get a ' \
           'permission by "trac-admin ENV permission add".' in err
    assert system.tokens.listed() == []


def test_a_robot_that_never_logs_in_is_known_by_its_permission(campaign,
                                                               admin):
    admin('permission', 'add', 'robot', 'CAMPAIGN_HOLD')
    assert token(admin, 'add', 'robot', '--scope=hold')[0] == 0


def test_a_token_is_revoked_by_number_or_name(campaign, admin, system):
    add(admin, '--scope=hold', '--name=one')
    add(admin, '--scope=hold', '--name=two')
    assert token(admin, 'revoke', 'one') == (
        0, 'Revoked token 1, one, of anna.\n', '')
    assert token(admin, 'revoke', '2') == (
        0, 'Revoked token 2, two, of anna.\n', '')
    assert [t.revoked > 0 for t in system.tokens.listed()] == [True, True]
    assert 'revoked' in token(admin, 'list', 'anna')[1]
    code, _, err = token(admin, 'revoke', 'one')
    assert code == 2
    assert 'There is no token "one"; there is none that is not revoked.' in err
    add(admin, '--scope=hold', '--name=one')  # the name is free again


def test_a_token_that_cannot_be_told_is_not_revoked(campaign, admin, system):
    add(admin, '--scope=hold', '--name=nightly')
    token(admin, 'add', 'bruno', '--scope=hold', '--name=nightly')
    code, _, err = token(admin, 'revoke', 'nightly')
    assert code == 2
    assert ('Several tokens have the name nightly: 1 (anna) and 2 (bruno); '
            'give the number.') in err
    code, _, err = token(admin, 'revoke', 'weekly')
    assert 'there is 1 (nightly) and 2 (nightly).' in err
    assert len(system.tokens.live()) == 2


def test_tokens_that_ended_long_ago_are_listed_no_more(campaign, admin, env):
    for name in ('old', 'older', 'recent'):
        add(admin, '--scope=gate:read', f'--name={name}')
    month = 31 * 86_400_000_000
    for column, name, moment in (('revoked', 'old', now() - month),
                                 ('expires', 'older', now() - month),
                                 ('revoked', 'recent', now())):
        env.db_transaction(
            f'UPDATE prodworkflow_token SET {column}=%s WHERE name=%s',
            (moment, name))
    told = token(admin, 'list')[1]
    assert 'recent' in told
    assert 'old' not in told



def test_check_tells_of_tokens_that_do_nothing(campaign, admin, env):
    admin('permission', 'add', 'robot', 'CAMPAIGN_HOLD')
    admin('permission', 'add', 'gone', 'CAMPAIGN_HOLD')
    for user in ('anna', 'robot', 'gone'):
        token(admin, 'add', user, '--scope=hold', '--name=watchdog')
    admin('permission', 'remove', 'gone', 'CAMPAIGN_HOLD')
    for group in ('anonymous', 'authenticated'):
        for action in ('ROADMAP_VIEW', 'CAMPAIGN_VIEW'):
            admin('permission', 'remove', group, action)
    admin('permission', 'add', 'anna', 'CAMPAIGN_VIEW')
    code, out, _ = admin('campaign', 'check')
    assert code == 1
    assert 'token 2, watchdog, does nothing: robot has no CAMPAIGN_VIEW' in out
    assert ('token 3, watchdog, is of gone, who is no user of Trac any more; '
            'revoke it') in out
    assert 'token 1' not in out
