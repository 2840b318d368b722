"""trac-admin campaign webhook and campaign deliver."""

from __future__ import annotations

import re

import pytest

from support.campaigns import NAME

SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
CHAT = 'https://chat.example.org/hooks/1a2b'


def test_secret_is_shown_once(env, admin, system):
    env.config.set('trac', 'base_url', 'https://trac.example.org')
    env.config.save()
    code, out, err = admin('campaign', 'webhook', 'add',
                           'http://10.0.0.7:8000/hook?key=geheim')
    assert (code, err) == (0, '')
    made = re.search(r'whsec_[A-Za-z0-9+/]{43}=', out)
    assert out.startswith('Webhook 1 gets all events.\n')
    assert system.webhooks.listed()[0].secret == made[0]
    code, out, _ = admin('campaign', 'webhook', 'list')
    assert code == 0
    assert 'http://10.0.0.7:8000/hook?…' in out
    assert 'whsec_' not in out
    assert 'geheim' not in out


def test_secret_can_be_given(admin, system):
    code, out, err = admin('campaign', 'webhook', 'add',
                           'https://example.org/hook', f'--secret={SECRET}',
                           '--types=signed, gate-opened')
    assert code == 0
    assert 'base_url' in err
    assert out.startswith('Webhook 1 gets signed, gate-opened.')
    receiver, = system.webhooks.listed()
    assert (receiver.secret, receiver.types) == (SECRET, ('signed',
                                                          'gate-opened'))


@pytest.mark.parametrize('kind', ['slack', 'mattermost'])
def test_address_of_a_chat_is_its_secret(admin, kind):
    code, out, _ = admin('campaign', 'webhook', 'add', CHAT,
                         f'--kind={kind}')
    assert code == 0
    assert 'whsec_' not in out
    _, out, _ = admin('campaign', 'webhook', 'list')
    assert 'https://chat.example.org/…' in out
    assert '1a2b' not in out


@pytest.mark.parametrize(('args', 'words'), [
    (['ftp://example.org/'], 'url: It has to begin with http'),
    (['http://a:b@example.org/'], 'a user or a password'),
    (['http:///hook'], 'http:// or https:// and a host'),
    ([CHAT, '--kind=irc'], 'kind: There is no kind "irc"'),
    ([CHAT, '--secret=geheim'], 'secret: A secret is whsec_'),
    ([CHAT, '--types=sined'], 'types: There is no type "sined"'),
    ([CHAT, '--types='], 'types: There is no type ""'),
    ([CHAT, '--types=,'], 'types: There is no type ""'),
])
def test_mistake_is_told_with_code_2_and_nothing_is_set_up(admin, system,
                                                           args, words):
    code, out, err = admin('campaign', 'webhook', 'add', *args)
    assert (code, out) == (2, '')
    assert err.startswith('Error: ')
    assert words in err
    assert system.webhooks.listed() == []


def test_webhook_is_set_up_once_and_removed(admin, system):
    assert admin('campaign', 'webhook', 'add', CHAT)[0] == 0
    code, _, err = admin('campaign', 'webhook', 'add', CHAT)
    assert code == 2
    assert 'It is there already, as webhook 1' in err
    code, _, err = admin('campaign', 'webhook', 'remove', '7')
    assert code == 2
    assert 'There is no webhook "7"' in err
    code, out, _ = admin('campaign', 'webhook', 'remove', '1')
    assert (code, out) == (0, 'Webhook 1 gets nothing any more.\n')
    assert admin('campaign', 'webhook', 'list')[1] == (
        'There is no webhook; "campaign webhook add" makes one.\n')


def test_cron_delivers_what_is_due(no_worker, campaign, admin, sign,
                                   receiver):
    admin('campaign', 'webhook', 'add', receiver.url, '--types=signed')
    assert admin('campaign', 'deliver') == (0, '', '')
    sign('feature-freeze')
    code, out, _ = admin('campaign', 'deliver', '--dry-run')
    assert code == 0
    assert out == ('Webhook 1 would get events of 1 campaign.\n'
                   'Nothing was sent.\n')
    assert receiver.arrivals == []
    assert admin('campaign', 'deliver') == (
        0, 'Webhook 1 has got 1 event.\n', '')
    assert receiver.types == ['signed']
    _, out, _ = admin('campaign', 'deliver', '--dry-run')
    assert out.startswith('Nothing is due.')


def test_cron_tells_of_a_receiver_that_takes_nothing(
        no_worker, campaign, admin, sign, receiver):
    admin('campaign', 'webhook', 'add', receiver.url, '--types=signed')
    receiver.answer = 500
    sign('feature-freeze')
    code, out, err = admin('campaign', 'deliver')
    assert (code, out) == (2, '')
    assert err.startswith('Error: not delivered:\n  webhook 1 (')
    assert 'signed: The answer was 500 Internal Server Error.' in err
    assert 'It is tried again after 20' in err
    _, out, _ = admin('campaign', 'webhook', 'list')
    assert re.search(r'signed +1 +0', out)
    assert admin('campaign', 'check', NAME)[0] == 0
    assert admin('campaign', 'check')[0] == 1


def test_receiver_that_is_back_need_not_be_waited_for(
        no_worker, campaign, admin, sign, receiver):
    admin('campaign', 'webhook', 'add', receiver.url, '--types=signed')
    receiver.answer = 500
    sign('feature-freeze')
    assert admin('campaign', 'deliver')[0] == 2
    receiver.answer = 204
    admin('campaign', 'deliver', '--now', '--dry-run')
    assert admin('campaign', 'deliver') == (0, '', '')
    assert admin('campaign', 'deliver', '--now') == (
        0, 'Webhook 1 has got 1 event.\n', '')
