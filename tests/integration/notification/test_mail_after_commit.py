"""Mail goes out when the transaction has ended and no lock is held."""

from __future__ import annotations

import re
import threading
from urllib.parse import quote

import pytest
from trac.notification.api import NotificationSystem
from trac.perm import PermissionSystem
from trac.ticket.model import Ticket
from trac.ticket.notification import TicketChangeEvent
from trac.util.datefmt import datetime_now, utc

from prodworkflow import store
from prodworkflow.gateways.mail import patience
from support.campaigns import CONTACTS, NAME
from support.http_client import words_of
from support.mail_servers import body_of, use_mail

PAGE = f'/campaign/{quote(NAME)}'
PANEL = f'/admin/production/campaigns/{quote(NAME)}'
STAGE = f'{NAME}: 1. Software preparation'
FREEZE = f'#1: Feature freeze: {NAME}'


@pytest.fixture
def doors(doors, env):
    PermissionSystem(env).grant_permission('anna', 'TICKET_BATCH_MODIFY')
    return doors


def say_in_box(doors, user, key, verdict):
    return doors.client(user).post(f'{PAGE}/sign', {
        'requirement': key, 'verdict': verdict, 'statement': 'So.'})


def sign_many(doors):
    return doors.client('anna').post('/campaign', {
        'sel': [f'{NAME}/{key}' for key, (first, *_) in CONTACTS.items()
                if first == 'anna'], 'statement': 'Fine.'})


def steer(doors, **fields):
    user = doors.client('coordinator')
    answer = user.post(PANEL, fields)
    confirm = re.search('name="confirm" value="(.*?)"', answer.text)
    return user.post(PANEL, {**fields, 'confirm': confirm[1]}
                     ) if confirm else answer


def retarget(doors, **fields):
    """Close or delete a milestone that no campaign has, and move its ticket.

    Trac tells of both itself, under the process lock.
    """
    return doors.client('coordinator').post('/milestone/milestone1', {
        'name': 'milestone1', 'target': 'milestone2', **fields})


def delete_ticket(doors):
    return doors.client('coordinator').post('/ticket/2', {
        'action': 'delete', 'id': '2'})


@pytest.mark.parametrize(('act', 'mails'), [
    pytest.param(lambda d: d.client('anna').resolve(1), ['#1'], id='ticket'),
    pytest.param(lambda d: d.client('eve').act(1, 'leave'), ['#1'],
                 id='comment'),
    pytest.param(lambda d: d.client('eve').resolve(8), ['#8'],
                 id='ticket of nobody'),
    pytest.param(lambda d: d.batch_page('anna', 1, 2, action='leave'),
                 ['#1,#2'], id='batch'),
    pytest.param(lambda d: d.batch_page(
        'anna', 1, 2, action='resolve',
        action_resolve_resolve_resolution='fixed'), ['#1,#2'],
        id='batch that signs'),
    pytest.param(lambda d: say_in_box(d, 'anna', 'feature-freeze',
                                      'approved'), ['#1'], id='box'),
    pytest.param(lambda d: say_in_box(d, 'bruno', 'release-validated',
                                      'withdrawn'), ['#4'], id='withdrawal'),
    pytest.param(sign_many, ['#1', '#2', '#3', '#7', 'you'],
                 id='many at once'),
    pytest.param(lambda d: steer(d, act='release', release='V2',
                                 reason='A patch.'), ['#4', '#5', 'again'],
                 id='release'),
    pytest.param(lambda d: d.client('anna').post(
        PANEL.replace('/admin/production/campaigns', '/campaign'),
        {'act': 'hold', 'reason': 'A leak.'}), ['hold', 'hold'], id='hold'),
    pytest.param(lambda d: retarget(
        d, action='edit', completed='1', retarget='on',
        completeddate='2026-01-01T12:00:00Z'), ['#8'], id='foreign stage'),
    pytest.param(lambda d: retarget(d, action='delete'), ['#8'],
                 id='foreign milestone deleted'),
    pytest.param(delete_ticket, ['#2'], id='ticket with a file deleted'),
    pytest.param(lambda d: d.commit('anna', 'Fixes #1'), ['#1'],
                 id='commit message'),
])
def test_no_lock_is_held_while_mail_is_sent_once_and_in_order(
        doors, campaign, sign, mailbox, env, attach, act, mails):
    sign('release-validated', 'remote-sites-validated')
    ticket = Ticket(env)
    ticket.populate({'summary': 'Other', 'status': 'new', 'reporter': 'eve',
                     'milestone': 'milestone1'})
    ticket.insert()
    attach(2, 'plot.png')
    mailbox.mails.clear()
    act(doors)
    assert [subject_of(words) for words in mailbox.subjects] == mails
    assert mailbox.locked == []


def subject_of(words):
    """The tickets that a subject names, in order; else what it ends with."""
    return ','.join(re.findall(r'#\d+', words)) or words.split()[-1]


@pytest.mark.parametrize('command', [
    pytest.param(('create', 'Next', '--start=2027-06-29', '--release=V1',
                  '--template=path-to-production'), id='create'),
    pytest.param(('hold', NAME, '--reason=A leak.'), id='hold'),
    pytest.param(('release', NAME, 'V2', '--reason=A patch.'), id='release'),
])
def test_commands_have_sent_their_mail_when_they_end(
        campaign, sign, admin, mailbox, command):
    sign('release-validated', 'remote-sites-validated')
    mailbox.mails.clear()
    code, _, err = admin('campaign', *command)
    assert (code, err) == (0, '')
    assert mailbox.mails
    told = [(mail['Subject'], *mail.recipients) for mail in mailbox.mails]
    assert len({*told}) == len(told)
    assert mailbox.locked == []


@pytest.mark.parametrize(('act', 'other'), [
    pytest.param(lambda d: d.client('anna').resolve(1),
                 lambda d: d.client('bruno').resolve(4), id='same campaign'),
    pytest.param(lambda d: d.client('anna').act(1, 'leave'),
                 lambda d: d.client('bruno').resolve(11),
                 id='other campaign'),
    pytest.param(lambda d: d.batch_page('anna', 1, 2, action='leave'),
                 lambda d: d.client('bruno').act(1, 'leave'),
                 id='same ticket'),
    pytest.param(sign_many,
                 lambda d: d.client('eve').resolve(15), id='other ticket'),
    pytest.param(lambda d: retarget(d, action='delete'),
                 lambda d: d.client('coordinator').post(
                     '/milestone/milestone3', {
                         'action': 'edit', 'name': 'milestone3', 'due': '1',
                         'duedate': '2027-01-01T12:00:00Z'}),
                 id='milestones'),
])
def test_others_save_while_a_silent_mail_server_keeps_one_waiting(
        doors, campaign, create, mailbox, env, act, other, monkeypatch):
    monkeypatch.setattr(patience, 'PATIENCE', 600)
    create('2012 Prod')
    ticket = Ticket(env)
    ticket.populate({'summary': 'Other', 'status': 'new', 'reporter': 'eve',
                     'milestone': 'milestone1'})
    ticket.insert()
    mailbox.mails.clear()
    mailbox.asked.clear()
    mailbox.silence()
    answers = []
    saving = threading.Thread(target=lambda: answers.append(act(doors)))
    saving.start()
    assert mailbox.asked.wait(30)
    answer = other(doors)
    assert answer.status == 200
    assert saving.is_alive()
    before = len(mailbox.mails)
    mailbox.speak()
    saving.join()
    assert answers[0].status == 200
    assert len(mailbox.mails) > before


def mailed():
    """Wait for all that is sent in the background."""
    for thread in threading.enumerate():
        if thread.name == patience.NAME:
            thread.join()


@pytest.mark.parametrize(('act', 'mails'), [
    pytest.param(lambda d: d.client('anna').resolve(1), ['#1'], id='ticket'),
    pytest.param(lambda d: d.client('anna').act(1, 'leave'), ['#1'],
                 id='comment'),
    pytest.param(sign_many, ['#1', '#2', '#3', '#7', 'you'],
                 id='many at once'),
    pytest.param(lambda d: d.client('anna').post(
        PANEL.replace('/admin/production/campaigns', '/campaign'),
        {'act': 'hold', 'reason': 'A leak.'}), ['hold', 'hold'], id='hold'),
    pytest.param(lambda d: retarget(d, action='delete'), ['#8'],
                 id='foreign milestone deleted'),
])
def test_answer_comes_while_the_mail_server_is_silent_and_mail_after_it(
        doors, campaign, mailbox, env, monkeypatch, act, mails):
    monkeypatch.setattr(patience, 'PATIENCE', 0.1)
    ticket = Ticket(env)
    ticket.populate({'summary': 'Other', 'status': 'new', 'reporter': 'eve',
                     'milestone': 'milestone1'})
    ticket.insert()
    mailbox.mails.clear()
    mailbox.silence(mails=100)
    assert act(doors).status == 200
    monkeypatch.setattr(patience, 'PATIENCE', 600)
    assert doors.client('bruno').resolve(4).status == 200
    assert mailbox.mails == []
    mailbox.speak()
    mailed()
    subjects = [subject_of(words) for words in mailbox.subjects]
    assert sorted(subjects) == sorted([*mails, '#4'])
    assert [each for each in subjects if each != '#4'] == mails
    with open(f'{env.path}/log/trac.log') as log:
        assert 'A notification was not sent within 0.1 s.' in log.read()


def test_nobody_waits_for_mail_while_another_one_is_waiting_for_theirs(
        env, monkeypatch):
    monkeypatch.setattr(patience, 'PATIENCE', 600)
    threads, done = patience.PatientThreads(env), []
    begun, end = threading.Event(), threading.Event()

    def hang():
        begun.set()
        end.wait(600)
        done.append('first')
    waiting = threading.Thread(target=threads.do, args=(hang,))
    waiting.start()
    assert begun.wait(30)
    threads.do(lambda: (end.wait(600), done.append('second')))
    assert waiting.is_alive()
    assert done == []
    end.set()
    waiting.join()
    mailed()
    assert sorted(done) == ['first', 'second']


class Request:
    """Stands for one that a thread serves."""


def test_a_request_with_many_mails_waits_for_all_of_them_only_so_long(
        env, monkeypatch):
    monkeypatch.setattr(patience, 'PATIENCE', 0.05)
    threads, end, done = patience.PatientThreads(env), threading.Event(), []
    request = Request()
    for _ in range(patience.MANY + 1):
        threads.do(lambda: end.wait(0.2), request)
        mailed()
    monkeypatch.setattr(patience, 'PATIENCE', 600)

    def late():
        end.wait(20)
        done.append('late')
    threads.do(late, request)
    assert done == []
    end.set()
    mailed()
    threads.do(lambda: done.append('another request'), Request())
    assert done == ['late', 'another request']


def test_mail_is_sent_even_where_no_thread_can_be_started(env, monkeypatch):
    def start(self):
        raise RuntimeError("can't start new thread")
    monkeypatch.setattr(threading.Thread, 'start', start)
    done = []
    patience.PatientThreads(env).do(lambda: done.append(True))
    assert done == [True]


WORDS = ('The changes have been saved, but an error occurred while sending '
         'notifications')


@pytest.mark.parametrize('act', [
    pytest.param(lambda d: d.client('anna').resolve(1), id='ticket'),
    pytest.param(lambda d: d.batch_page(
        'anna', 1, action='resolve',
        action_resolve_resolve_resolution='fixed'), id='batch'),
])
@pytest.mark.parametrize('server', ['refuses', 'is missing'])
def test_mail_that_fails_undoes_nothing_and_is_told_as_trac_does(
        doors, campaign, mailbox, env, unused_tcp_port_number, verbs, act,
        server):
    if server == 'refuses':
        mailbox.refused = 1
    else:
        use_mail(env, 1)
    answer = act(doors)
    assert WORDS in words_of(answer)
    assert WORDS not in words_of(doors.client('anna').get('/ticket/1'))
    assert Ticket(env, 1)['status'] == 'closed'
    assert verbs()[-1] == 'approved'
    assert mailbox.mails == []
    with open(f'{env.path}/log/trac.log') as log:
        assert 'Failure sending notification' in log.read()


def test_mail_that_fails_keeps_no_other_from_being_sent(
        doors, campaign, mailbox):
    mailbox.refused = 1
    assert sign_many(doors).status == 200
    assert [subject_of(words) for words in mailbox.subjects] == [
        '#2', '#3', '#7', 'you']


def notify(env, number=1):
    NotificationSystem(env).notify(TicketChangeEvent(
        'created', Ticket(env, number), datetime_now(utc), 'anna'))


class Undone(Exception):
    """What a transaction ends with here."""


@pytest.mark.parametrize('scope', [
    pytest.param(lambda env, doors: doors.transaction([1]), id='ours'),
    pytest.param(lambda env, doors: env.db_transaction, id="Trac's"),
])
def test_transaction_that_is_rolled_back_sends_no_mail(
        campaign, system, env, mailbox, scope):
    with pytest.raises(Undone), scope(env, system.doors):
        notify(env)
        raise Undone
    with scope(env, system.doors):
        pass
    assert mailbox.mails == []


def test_what_was_rolled_back_under_a_lock_sends_none_and_the_rest_does(
        campaign, system, env, mailbox):
    with system.doors.process_lock():
        with pytest.raises(Undone), env.db_transaction:
            notify(env, 1)
            raise Undone
        with env.db_transaction:
            notify(env, 2)
        notify(env, 3)
        assert mailbox.mails == []
    assert [subject_of(words) for words in mailbox.subjects] == ['#2', '#3']
    assert mailbox.locked == []


def test_transaction_inside_a_read_sends_its_mail_at_the_end(
        campaign, system, env, mailbox):
    with env.db_query, env.db_transaction as db:
        db("UPDATE milestone SET description='x'")
        notify(env)
        assert mailbox.mails == []
    assert [subject_of(words) for words in mailbox.subjects] == ['#1']
    with env.db_transaction:
        notify(env, 2)
    assert len(mailbox.mails) == 2
    assert mailbox.locked == []


def test_news_of_a_campaign_waits_for_the_transaction_around_it(
        campaign, sign, admin, env, mailbox):
    sign(*CONTACTS)
    assert admin('milestone', 'completed', STAGE, 'now')[0] == 0
    mailbox.mails.clear()
    ticket = Ticket(env, 3)
    ticket['status'], ticket['resolution'] = 'reopened', ''
    with env.db_transaction:
        ticket.save_changes('eve', 'Not yet.')
        assert mailbox.mails == []
    assert [m for m in mailbox.mails if STAGE in body_of(m)]
    assert mailbox.locked == []


def test_notification_outside_of_any_transaction_goes_as_ever(
        campaign, system, env, mailbox):
    notify(env)
    assert len(mailbox.mails) == 1
    use_mail(env, 1)
    with pytest.raises(Exception, match='SMTP server connection error'):
        notify(env)


def test_nothing_is_left_behind_on_a_connection(campaign, system, env,
                                                mailbox):
    for _ in range(3):
        with system.doors.transaction([store.campaign_id(env, NAME)]):
            notify(env)
    assert len(mailbox.mails) == 3
    with env.db_transaction as db:
        assert not [name for name in (*vars(db), *vars(db.cnx))
                    if 'prodworkflow' in name or name == 'commit']
