"""Contacts are told by real mail when a closed stage reopens."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from aiosmtpd.controller import Controller
from trac.notification.model import Subscription
from trac.perm import PermissionSystem
from trac.ticket.model import Ticket

from prodworkflow.api import GateShut, ReleaseRequest, SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
from support.campaigns import ADMIN, CONTACTS, FULL, FULL_CONTACTS, NAME
from support.permissions import hide
from support.sites.mail import Mailbox as Taking


class Mailbox(Taking):
    """An SMTP server that keeps what it gets."""

    def reopened(self):
        return [m for m in self.mails if 'reopened' in m[1]]


@pytest.fixture
def mailbox(env, unused_tcp_port_number):
    box = Mailbox()
    server = Controller(box, '127.0.0.1', unused_tcp_port_number)
    server.start()
    for name, value in {'smtp_enabled': 'true', 'smtp_server': '127.0.0.1',
                        'smtp_port': str(unused_tcp_port_number)}.items():
        env.config.set('notification', name, value)
    env.config.set('trac', 'base_url', 'https://trac.example.org')
    env.config.save()
    yield box
    server.stop()


def reopen(env, id_=3, author='eve'):
    ticket = Ticket(env, id_)
    ticket['status'], ticket['resolution'] = 'reopened', ''
    ticket.save_changes(author, 'Not yet.')


@pytest.fixture
def closed_stages(campaign, sign, admin):
    sign(*CONTACTS)
    assert admin('milestone', 'completed', f'{NAME}: 1. Software preparation',
                 'now')[0] == 0


def test_all_contacts_get_one_mail_for_each_reopened_stage(
        closed_stages, env, mailbox):
    reopen(env)
    recipients = sorted(r for m in mailbox.reopened() for r in m[0])
    assert recipients == ['anna@example.org', 'bruno@example.org']
    text = mailbox.reopened()[0][1].replace('=\r\n', '')
    assert f'Subject: [Tests] {NAME}: 1. Software preparation reopened' in text
    assert 'ticket #3 was changed by eve' in text


def test_contact_who_unsubscribes_gets_no_mail(closed_stages, env, mailbox):
    Subscription.add(env, {
        'sid': 'bruno', 'authenticated': 1, 'distributor': 'email',
        'format': 'text/plain', 'adverb': 'never', 'priority': 1,
        'class': 'CampaignNotification'})
    reopen(env)
    assert [m[0] for m in mailbox.reopened()] == [['anna@example.org']]


def test_transaction_that_is_rolled_back_sends_no_mail(
        closed_stages, env, mailbox, system, stored):
    with pytest.raises(
            ZeroDivisionError), system.context.notifying_after_commit(), \
            env.db_transaction:
        reopen(env)
        1 / 0  # noqa: B018
    assert stored(1) == [True]
    assert mailbox.reopened() == []


def test_failed_mail_undoes_nothing(closed_stages, env, stored, gate):
    env.config.set('notification', 'smtp_enabled', 'true')
    env.config.set('notification', 'smtp_port', '1')
    reopen(env)
    assert stored(1) == [False]
    assert not gate()


def test_subscriber_of_new_tickets_gets_those_of_a_new_campaign(
        create, env, mailbox):
    Subscription.add(env, {
        'sid': 'anna', 'authenticated': 1, 'distributor': 'email',
        'format': 'text/plain', 'adverb': 'always', 'priority': 1,
        'class': 'NewTicketSubscriber'})
    create()
    assert len(mailbox.mails) == 7
    assert all('anna@example.org' in m[0] for m in mailbox.mails)
    assert {f'#{n}: ' for n in range(1, 8)} <= {
        word for _, text in mailbox.mails
        for word in re.findall(r'#\d+: ', text)}


def test_mail_of_a_hold_has_the_subject_prefix_of_the_site(
        closed_stages, env, mailbox, system):
    env.config.set('notification', 'smtp_subject_prefix', '(Trac)')
    env.config.save()
    system.lifecycle.launch(NAME, Person('coordinator', grants=frozenset(
        {'CAMPAIGN_LAUNCH'})), 'Go.')
    reopen(env, author='anna')
    text, = {m[1].replace('=\r\n', '').partition('\r\n\r\n')[2]
             for m in mailbox.mails
             if f'Subject: (Trac) {NAME} is on hold' in m[1]}
    assert f'{NAME} is on hold: ' in text


def test_hold_by_a_contact_is_mailed_to_all_contacts(
        campaign, system, mailbox):
    system.lifecycle.hold(NAME, Person('anna'), 'Memory\nleak.')
    (people, text), = mailbox.mails
    assert people == ['anna@example.org', 'bruno@example.org']
    assert re.search(f'Subject: .*{NAME} is on hold\r\n', text)
    assert (f'{NAME} is on hold: “Memory leak.”, says anna. anna or a '
            'holder of CAMPAIGN_HOLD may lift it.') in ' '.join(text.split())


def test_refused_hold_sends_no_mail(campaign, system, mailbox):
    with pytest.raises(GateShut):
        system.lifecycle.hold(NAME, Person('eve'), 'Memory leak.')
    assert not mailbox.mails


def test_notification_preferences_offer_the_campaign_mails(client):
    page = client('anna').get('/prefs/notification')
    assert page.status == 200
    assert ('A closed stage of a campaign that I am a contact of reopens, '
            'the campaign is put on hold, or somebody finds something after '
            'its launch') in page.text


@pytest.mark.parametrize('found', ['reopening', 'ticket'])
def test_contacts_are_told_what_others_find_after_the_launch(
        campaign, sign, system, mailbox, client, env, found):
    sign(*CONTACTS)
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    mailbox.mails.clear()
    if found == 'reopening':
        client('eve').act(1, 'reopen', comment='It crashes.')
        words = 'eve wanted to reopen #1: “It crashes.”.'
    else:
        ticket = Ticket(env)
        ticket.populate({
            'summary': 'It crashes', 'reporter': 'eve', 'status': 'new',
            'type': 'defect', 'priority': 'blocker',
            'milestone': f'{NAME}: 1. Software preparation'})
        ticket.insert()
        words = f'eve filed #{ticket.id}: “It crashes”.'
    (people, text), = [m for m in mailbox.mails
                       if 'after the launch' in m[1]]
    assert people == ['anna@example.org', 'bruno@example.org']
    flat = ' '.join(text.replace('=\r\n', '').split())
    assert words in flat
    assert f'Production of {NAME} goes on. You can put the campaign on hold' \
        in flat
    assert '/campaign/2011%20Prod?hold=' in text.replace('=3D', '=')


def receivers(mailbox):
    return {address.partition('@')[0] for to, _ in mailbox.mails
            for address in to}


@pytest.mark.parametrize(('touches', 'closed', 'mail'), [
    pytest.param(('emc',), True, {'anna', 'bruno'}, id='stages reopen'),
    pytest.param(('sites',), False, {'bruno', 'anna'}, id='none is closed'),
])
def test_a_patch_mails_those_whom_its_preview_names(
        full, sign_full, admin, system, mailbox, touches, closed, mail):
    sign_full(*FULL_CONTACTS)
    if closed:
        last = system.queries.decision(FULL).gates[-1].stage.milestone
        assert admin('milestone', 'completed', last, 'now')[0] == 0
    wish = ReleaseRequest('V1.1', touches, 'A patch.')
    shown = system.previews.release_effect(FULL, wish)
    assert set(shown.mail) == mail
    mailbox.mails.clear()
    system.release(FULL, ADMIN, wish)
    follower = 'coordinator'  # who reported the tickets
    assert receivers(mailbox) - {follower} == mail


def test_administrators_get_mail_of_what_nobody_can_sign(
        create, env, admin, mailbox):
    permissions = PermissionSystem(env)
    permissions.grant_permission('anna', 'core')
    create(contacts={**CONTACTS, 'feature-freeze': ('@core',)})
    admin('campaign', 'check', NAME)
    mailbox.mails.clear()
    permissions.revoke_permission('anna', 'core')
    assert admin('campaign', 'check', NAME)[0] == 1
    (to, text), = mailbox.mails
    assert to == ['coordinator@example.org']
    assert f'{NAME}: nobody is left who can sign' in text
    assert 'core has no members left who' in text
    assert '/admin/production/campaigns/2011%20Prod#prodworkflow' in text


def test_mail_of_what_nobody_can_sign_is_silent_about_hidden_tickets(
        campaign, env, admin, mailbox):
    import_module('tracopt.perm.authz_policy')
    hide(env, 1, who='root')
    assert admin('session', 'delete', 'anna')[0] == 0
    assert admin('campaign', 'check', NAME)[0] == 1
    (_, text), = mailbox.mails
    assert '#2 Software quality ok: anna is no user of Trac' in text
    assert 'Feature Freeze' not in text


def test_mail_tells_each_only_of_tickets_that_they_may_see(
        closed_stages, env, mailbox, system, hiding_policy):
    system.lifecycle.launch(NAME, Person('coordinator', grants=frozenset(
        {'CAMPAIGN_LAUNCH'})), 'Go.')
    env.config.set('hidden', 'tickets', '3')
    env.config.set('hidden', 'milestones', f'{NAME}: 2. Release validation')
    system.record(NAME, 'resources-estimate', Person('bruno'), SignOffRequest(
        Verdict.WITHDRAWN, 'Zircon.'))
    assert mailbox.mails
    for _, text in mailbox.mails:
        words = text.replace('=\r\n', '')
        assert 'Zircon' not in words
        assert 'Resources' not in words
        assert '#3' not in words
        assert 'Release validation' not in words
    holds = [m for m in mailbox.mails if 'is on hold' in m[1]]
    assert sorted(r for m in holds for r in m[0]) == [
        'anna@example.org', 'bruno@example.org']
    assert 'ask a holder of' in ' '.join(holds[0][1].split())[-260:]


def test_a_new_ticket_is_mailed_to_none_who_may_not_see_it(
        create, env, mailbox, hiding_policy):
    Subscription.add(env, {
        'sid': 'anna', 'authenticated': 1, 'distributor': 'email',
        'format': 'text/plain', 'adverb': 'always', 'priority': 1,
        'class': 'NewTicketSubscriber'})
    env.config.set('hidden', 'tickets', '3')
    create(contacts={**CONTACTS, 'resources-estimate': ('coordinator',)})
    told = {word for recipients, text in mailbox.mails
            if 'anna@example.org' in recipients
            for word in re.findall(r'#\d+: ', text)}
    assert '#2: ' in told
    assert '#3: ' not in told
