"""Contacts are told by real mail, each once, of what changes a campaign."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from trac.notification.model import Subscription
from trac.perm import PermissionSystem
from trac.ticket.model import Ticket
from trac.util.datefmt import datetime_now, utc

from prodworkflow.api import (
    GateShut,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
    WaiverRequest,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.news.notices import Kind
from prodworkflow.notification.letters import shown_day
from support.campaigns import ADMIN, CONTACTS, FULL, FULL_CONTACTS, NAME
from support.mail_servers import body_of
from support.permissions import hide

ANNA, BRUNO = ['anna@example.org'], ['bruno@example.org']
COORDINATOR = ['coordinator@example.org']
STAGE = f'{NAME}: 1. Software preparation'


@pytest.fixture(autouse=True)
def address(env):
    env.config.set('trac', 'base_url', 'https://trac.example.org')
    env.config.save()


@pytest.fixture
def personal(mailbox):
    """Takes the mails of campaigns: (recipients, subject, words), sorted."""
    def take():
        found = sorted((m.recipients, m['Subject'],
                        ' '.join(body_of(m).split()))
                       for m in mailbox.mails if m['X-Trac-Campaign'])
        mailbox.mails.clear()
        return found
    return take


def reopen(env, id_=3, author='eve'):
    ticket = Ticket(env, id_)
    ticket['status'], ticket['resolution'] = 'reopened', ''
    ticket.save_changes(author, 'Not yet.')


@pytest.fixture
def closed_stages(campaign, sign, admin):
    sign(*CONTACTS)
    assert admin('milestone', 'completed', STAGE, 'now')[0] == 0


def test_all_contacts_get_one_mail_of_a_reopened_stage(
        closed_stages, env, personal):
    personal()
    reopen(env)
    mails = personal()
    assert [to for to, *_ in mails] == [ANNA, BRUNO]
    for _, _, words in mails:
        assert f'{STAGE} ticket #3 was changed by eve' in words


def test_contact_who_unsubscribes_is_not_told_of_it(
        closed_stages, env, personal, choose):
    personal()
    choose(Kind.GATE, 'never', person='bruno')
    choose(Kind.AGAIN, 'never', person='bruno')
    reopen(env)
    assert [to for to, *_ in personal()] == [ANNA]


def test_transaction_that_is_rolled_back_sends_no_mail(
        closed_stages, env, personal, system, stored):
    personal()
    with pytest.raises(
            ZeroDivisionError), system.context.notifying_after_commit(), \
            env.db_transaction:
        reopen(env)
        1 / 0  # noqa: B018
    assert stored(1) == [True]
    assert personal() == []


def test_failed_mail_undoes_nothing(closed_stages, env, stored, gate):
    env.config.set('notification', 'smtp_enabled', 'true')
    env.config.set('notification', 'smtp_port', '1')
    reopen(env)
    assert stored(1) == [False]
    assert not gate()


def test_each_contact_gets_one_mail_of_a_new_campaign_and_trac_sends_none(
        create, env, mailbox, personal):
    for name in ('TicketOwnerSubscriber', 'NewTicketSubscriber'):
        Subscription.add(env, {
            'sid': 'anna', 'authenticated': 1, 'distributor': 'email',
            'format': 'text/plain', 'adverb': 'always', 'class': name})
    create()
    assert len(mailbox.mails) == 2
    (to, subject, words), (other, its_subject, _) = personal()
    assert (to, other) == (ANNA, BRUNO)
    assert subject == f'[{NAME}] 4 sign-offs wait for you'
    assert its_subject == f'[{NAME}] 4 sign-offs wait for you'
    for number in (1, 2, 3, 7):
        assert (f'https://trac.example.org/ticket/{number}#prodworkflow-box'
                in words)


def test_mail_of_a_hold_has_the_subject_prefix_of_the_site(
        closed_stages, env, personal, system):
    env.config.set('notification', 'smtp_subject_prefix', '(Trac)')
    env.config.save()
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    personal()
    reopen(env, author='anna')
    mails = personal()
    assert [(to, subject) for to, subject, _ in mails] == [
        (BRUNO, f'(Trac) [{NAME}] on hold'),
        (COORDINATOR, f'(Trac) [{NAME}] on hold')]
    assert all(f'{NAME} is on hold: ' in words for *_, words in mails)


def test_hold_by_a_contact_is_mailed_to_the_others_and_who_may_launch(
        campaign, system, personal):
    personal()
    system.lifecycle.hold(NAME, Person('anna'), 'Memory\nleak.')
    mails = personal()
    assert [(to, subject) for to, subject, _ in mails] == [
        (BRUNO, f'[{NAME}] on hold'), (COORDINATOR, f'[{NAME}] on hold')]
    assert (f'anna has put {NAME} on hold: “Memory leak.” anna or a holder '
            'of CAMPAIGN_HOLD may lift it.') in mails[0][2]


def test_refused_hold_sends_no_mail(campaign, system, mailbox):
    mailbox.mails.clear()
    with pytest.raises(GateShut):
        system.lifecycle.hold(NAME, Person('eve'), 'Memory leak.')
    assert not mailbox.mails


@pytest.mark.parametrize('found', ['reopening', 'ticket'])
def test_contacts_are_told_what_others_find_after_the_launch(
        campaign, sign, system, personal, client, env, found):
    sign(*CONTACTS)
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    personal()
    if found == 'reopening':
        client('eve').act(1, 'reopen', comment='It crashes.')
        number = 1
    else:
        ticket = Ticket(env)
        ticket.populate({
            'summary': 'It crashes', 'reporter': 'eve', 'status': 'new',
            'type': 'defect', 'priority': 'blocker', 'milestone': STAGE})
        number = ticket.insert()
    mails = personal()
    assert [to for to, *_ in mails][:2] == [ANNA, BRUNO]
    for _, subject, words in mails:
        assert subject == f'[{NAME}] #{number}, after the launch'
        assert 'It crashes' in words
        assert (f'Production of {NAME} goes on. You can put the campaign on '
                'hold on its page.') in words
        assert '/campaign/2011%20Prod?hold=' in words


@pytest.mark.parametrize(('touches', 'closed', 'mail'), [
    pytest.param(('emc',), True, ['anna', 'bruno'], id='stages reopen'),
    pytest.param(('sites',), False, ['anna', 'bruno'], id='none is closed'),
])
def test_a_patch_mails_those_whom_its_preview_names(
        full, sign_full, admin, system, personal, touches, closed, mail):
    sign_full(*FULL_CONTACTS)
    if closed:
        last = system.queries.decision(FULL).gates[-1].stage.milestone
        assert admin('milestone', 'completed', last, 'now')[0] == 0
    wish = ReleaseRequest('V1.1', touches, 'A patch.')
    shown = system.previews.release_effect(FULL, wish)
    assert sorted(shown.mail) == mail
    personal()
    system.release(FULL, ADMIN, wish)
    assert [to[0].partition('@')[0] for to, *_ in personal()] == mail


def test_administrators_get_mail_of_what_nobody_can_sign(
        create, env, admin, personal):
    permissions = PermissionSystem(env)
    permissions.grant_permission('anna', 'core')
    create(contacts={**CONTACTS, 'feature-freeze': ('@core',)})
    admin('campaign', 'check', NAME)
    personal()
    permissions.revoke_permission('anna', 'core')
    assert admin('campaign', 'check', NAME)[0] == 1
    (to, subject, words), = personal()
    assert to == COORDINATOR
    assert subject == f'[{NAME}] nobody is left who can sign'
    assert 'core has no members left who' in words
    assert '/admin/production/campaigns/2011%20Prod#prodworkflow' in words


def test_mail_of_what_nobody_can_sign_is_silent_about_hidden_tickets(
        campaign, env, admin, personal):
    import_module('tracopt.perm.authz_policy')
    hide(env, 1, who='root')
    personal()
    assert admin('session', 'delete', 'anna')[0] == 0
    assert admin('campaign', 'check', NAME)[0] == 1
    (_, _, words), = personal()
    assert '#2 Software quality ok' in words
    assert 'anna is no user of Trac' in words


def test_mail_tells_each_only_of_tickets_that_they_may_see(
        closed_stages, env, personal, system, hiding_policy):
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    env.config.set('hidden', 'tickets', '3')
    env.config.set('hidden', 'milestones', f'{NAME}: 2. Release validation')
    personal()
    system.record(NAME, 'resources-estimate', Person('bruno'), SignOffRequest(
        Verdict.WITHDRAWN, 'Zircon.'))
    mails = [each for each in personal() if each[0] != COORDINATOR]
    assert ANNA in [to for to, *_ in mails]
    for _, subject, words in mails:
        for hidden in ('Zircon', 'Resources', '#3', 'Release validation'):
            assert hidden not in f'{subject} {words}'


def test_a_new_ticket_is_told_to_none_who_may_not_see_it(
        create, env, personal, hiding_policy):
    env.config.set('hidden', 'tickets', '3')
    create(contacts={**CONTACTS, 'resources-estimate': (
        'anna', 'coordinator')}, actor='eve')
    found = {to[0].partition('@')[0]: (subject, words)
             for to, subject, words in personal()}
    assert set(found) == {'anna', 'bruno', 'coordinator'}
    assert found['coordinator'][0] == f'[{NAME}] 1 sign-off waits for you'
    subject, words = found['anna']
    assert subject == f'[{NAME}] 3 sign-offs wait for you'
    assert '#2 ' in words
    assert '#3' not in words
    assert 'Resources' not in words


def test_reminders_and_ends_of_waivers_are_mailed_once(
        create, env, personal, admin, system):
    today = datetime_now(utc).date()
    PermissionSystem(env).grant_permission('eve', 'CAMPAIGN_WAIVE')
    create(start=(today + timedelta(30)).isoformat())
    personal()
    assert admin('campaign', 'remind')[0] == 0
    mails = personal()
    assert [(to, subject) for to, subject, _ in mails] == [
        (ANNA, f'[{NAME}] 3 sign-offs are due soon'),
        (BRUNO, f'[{NAME}] 1 sign-off is due soon')]
    assert f'#3 Resources estimate, due {shown_day(today + timedelta(2))} ' \
        in mails[1][2]
    system.record(NAME, 'resources-estimate', Person('anna'), SignOffRequest(
        Verdict.REJECTED, 'It does not fit.'))
    (to, subject, words), = personal()
    assert (to, subject) == (BRUNO, f'[{NAME}] #3 was rejected')
    assert 'anna: “It does not fit.”' in words
    system.record(NAME, 'resources-estimate', ADMIN, SignOffRequest(
        Verdict.WAIVED, 'We buy more.', leave=WaiverRequest(
            'rejected', (today + timedelta(2)).isoformat())))
    personal()
    assert admin('campaign', 'remind')[0] == 0
    assert {(*to, subject.partition(' ends ')[0])
            for to, subject, _ in personal()} == {
        (f'{who}@example.org', f'[{NAME}] a waiver of #3')
        for who in ('anna', 'bruno', 'coordinator', 'eve')}
    assert admin('campaign', 'remind')[0] == 0
    assert personal() == []
