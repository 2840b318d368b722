"""Links in mails: whole, or left out where the site's address is not known."""

from __future__ import annotations

import re

import pytest
from trac.ticket.model import Ticket

from prodworkflow.gateways.mail.site_links import site_link
from support.campaigns import CONTACTS, NAME
from support.http_client import words_of
from support.mail_servers import body_of

SITE = 'https://trac.example.org/production'
PARTIAL = re.compile(r'<(?!https?://)[^>]*>|(?<![\w:/])/\w+')
STAGE = f'{NAME}: 1. Software preparation'


def text_of(mail):
    """What a mail says, and its headers but those of the way it took."""
    return '\n'.join([body_of(mail), *(
        f'{name}: {value}' for name, value in mail.items()
        if name not in ('Message-ID', 'In-Reply-To', 'References', 'From',
                        'Content-Type'))])


def create(admin):
    admin('campaign', 'create', 'Next', '--start=2027-06-29', '--release=V1',
          '--template=path-to-production')


def hold(admin):
    admin('campaign', 'hold', NAME, '--reason=A leak.')


ACTS = [
    pytest.param(create, '/ticket/8#prodworkflow-box', id='new tickets'),
    pytest.param(hold, '/campaign/2011%20Prod', id='hold'),
]


@pytest.mark.parametrize('base', [SITE, SITE + '/'])
@pytest.mark.parametrize(('act', 'link'), ACTS)
def test_links_of_commands_mails_are_whole(campaign, env, admin, mailbox,
                                           base, act, link):
    env.config.set('trac', 'base_url', base)
    env.config.save()
    act(admin)
    text = text_of(mailbox.mails[0])
    assert SITE + link in text
    assert PARTIAL.findall(text.replace(SITE, 'https://x')) == []


@pytest.mark.parametrize('encoding', ['none', 'base64', 'qp'])
@pytest.mark.parametrize(('act', 'link'), ACTS)
def test_links_of_commands_mails_are_left_out_without_an_address(
        campaign, env, admin, mailbox, act, link, encoding):
    env.config.set('notification', 'mime_encoding', encoding)
    env.config.save()
    act(admin)
    assert mailbox.mails
    for mail in mailbox.mails:
        assert PARTIAL.findall(text_of(mail)) == []
        assert link not in text_of(mail)
        assert body_of(mail).strip()
    assert [line for line in warnings(env) if 'base_url' in line]


@pytest.mark.parametrize('base', ['', 'trac.example.org', '/production',
                                  'https://[', 'ftp://trac.example.org'])
def test_pages_mails_have_no_link_without_an_address_and_one_warning(
        campaign, env, client, mailbox, base):
    env.config.set('trac', 'base_url', base)
    env.config.save()
    anna = client('anna')
    for _ in range(2):
        answer = anna.post(f'/campaign/{NAME}'.replace(' ', '%20'), {
            'act': 'hold', 'reason': 'A leak.'})
        assert answer.status == 200, words_of(answer)
        anna.post(f'/campaign/{NAME}'.replace(' ', '%20'), {
            'act': 'resume', 'reason': 'Mended.'})
    mails = [m for m in mailbox.mails if 'on hold' in m['Subject']]
    assert len(mails) == 4  # bruno's and the coordinator's
    for mail in mails:
        text = body_of(mail)
        assert 'A leak.' in text
        assert '/campaign' not in text
    told = warnings(env)
    assert len([line for line in told if 'base_url' in line]) == 1, told


def test_mail_of_a_reopened_stage_says_all_but_the_link(
        campaign, sign, env, admin, mailbox):
    sign(*CONTACTS)
    assert admin('milestone', 'completed', STAGE, 'now')[0] == 0
    ticket = Ticket(env, 3)
    ticket['status'], ticket['resolution'] = 'reopened', ''
    ticket.save_changes('eve', 'Not yet.')
    mail = mailbox.mails[-1]
    text = ' '.join(body_of(mail).split())
    assert f'{STAGE} ticket #3 was changed by eve' in text
    assert f'Campaign {NAME} -- Links open pages' in text
    assert '/campaign' not in text


def test_mails_of_tracs_own_pages_keep_the_address_that_was_asked_for(
        campaign, client, mailbox, site):
    client('anna').act(1, 'leave', comment='Hm.')
    mail, = mailbox.mails
    assert f'Ticket URL: <{site}/ticket/1#comment:1>' in body_of(mail)


def test_link_of_a_page_has_its_parts_quoted(env):
    env.config.set('trac', 'base_url', SITE)
    assert site_link(env, 'campaign', 'A b/ü', hold=3) == (
        f'{SITE}/campaign/A%20b/%C3%BC?hold=3')


def warnings(env):
    """The warnings in the log, each once: several handlers write there."""
    with open(f'{env.path}/log/trac.log') as log:
        return sorted({line for line in log if ' WARNING: ' in line})
