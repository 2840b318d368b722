"""Receivers that are down, slow or wrong: each event arrives once, in order.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from trac.env import Environment

from prodworkflow.api import CampaignSystem, ReceiverRequest
from prodworkflow.api.outbox import worker
from prodworkflow.domain.events import pauses
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.receivers import http_post
from support.campaigns import ADMIN, CONTACTS, NAME
from support.logs import listening
from support.receivers import Clock, HOUR, MINUTE, wait_for_threads

KEYS = list(CONTACTS)
DAY = 24 * HOUR
SIGNED = [f'signed {key}' for key in KEYS[:3]]


@pytest.fixture
def clock():
    return Clock(now() + MINUTE)


@pytest.fixture
def hook(no_worker):
    """Sets up a receiver of signatures."""
    def setting(receiver, *types):
        return no_worker.webhooks.add(ADMIN, ReceiverRequest(
            receiver if isinstance(receiver, str) else receiver.url,
            types=types or ('signed',)))
    return setting


@pytest.fixture
def quick(monkeypatch):
    """A receiver that hangs is left after a moment."""
    monkeypatch.setattr(http_post, 'SECONDS', 0.3)


def signatures(receiver):
    return [f'{e["type"].rpartition(".")[2]} {e["subject"]}'
            for e in receiver.events]


def test_receiver_that_was_down_for_an_hour_gets_all_in_order(
        campaign, hook, sign, system, clock, receivers,
        unused_tcp_port_number):
    hook(f'http://127.0.0.1:{unused_tcp_port_number}/hook')
    tries, began = 0, clock.now
    for minute in range(61):
        if minute % 20 == 0 and minute < 60:
            sign(KEYS[minute // 20])
        for outcome in system.webhooks.deliver(clock):
            assert outcome.delivered == 0
            tries += len(outcome.failed)
        clock.now += MINUTE
    assert 5 <= tries <= 15
    back = receivers(unused_tcp_port_number)
    outcomes = []
    while not outcomes:
        clock.now += MINUTE
        outcomes = system.webhooks.deliver(clock)
    assert (outcomes[0].delivered, outcomes[0].failed) == (3, ())
    assert clock.now - began < 90 * MINUTE
    assert signatures(back) == SIGNED
    assert len(back.arrivals) == 3
    assert system.webhooks.deliver(clock) == []


@pytest.mark.parametrize('answer', [
    500, 404, 302, 307, 'close', 'hang', 'drip'])
def test_what_was_not_taken_comes_again_with_the_same_id(
        campaign, hook, sign, system, clock, receiver, quick, answer):
    hook(receiver)
    receiver.answer, receiver.headers = answer, {'Location': '/elsewhere'}
    sign(*KEYS[:3])
    for _ in range(3):
        outcome, = system.webhooks.deliver(clock)
        assert outcome.delivered == 0
        failure, = outcome.failed
        assert failure.due > clock.now
        assert system.webhooks.deliver(clock) == []
        clock.now = failure.due
    assert {(a.path, a.id) for a in receiver.arrivals} == {
        ('/hook', receiver.arrivals[0].id)}
    receiver.answer = 200
    outcome, = system.webhooks.deliver(clock)
    assert outcome.delivered == 3
    assert signatures(receiver) == SIGNED


def test_receiver_whose_answer_is_lost_can_tell_by_the_id(
        campaign, hook, sign, system, clock, receiver):
    hook(receiver)
    receiver.answer = 'lose'
    sign(*KEYS[:3])
    for _ in range(6):
        for outcome in system.webhooks.deliver(clock):
            receiver.answer = 204 if receiver.answer == 'lose' else 'lose'
            clock.now = max([clock.now, *(f.due for f in outcome.failed)])
    assert len(receiver.arrivals) > 3
    assert signatures(receiver) == SIGNED
    bodies = {(a.id, a.body) for a in receiver.arrivals}
    assert len(bodies) == 3


def test_receiver_that_hangs_keeps_no_other_one_waiting(
        campaign, hook, sign, system, clock, receivers, quick):
    dead, well = receivers(), receivers()
    dead.answer = 'hang'
    hook(dead)
    hook(well)
    sign(*KEYS[:3])
    outcomes = {o.receiver.url: o.delivered
                for o in system.webhooks.deliver(clock)}
    assert outcomes == {dead.url: 0, well.url: 3}
    assert signatures(well) == SIGNED


def test_event_that_fails_holds_back_its_own_campaign_only(
        create, hook, sign, system, clock, receiver):
    create()
    create('2012 Prod')
    hook(receiver)
    receiver.answer = lambda arrival: (
        500 if arrival.event['data']['campaign'] == NAME else 204)
    sign(*KEYS[:2])
    sign(*KEYS[:2], name='2012 Prod')
    outcome, = system.webhooks.deliver(clock)
    assert (outcome.delivered, len(outcome.failed)) == (2, 1)
    assert [e['data']['campaign'] for e in receiver.events] == [
        '2012 Prod'] * 2
    assert Counter(a.event['data']['campaign'] for a in receiver.arrivals
                   )[NAME] == 1


def test_nodes_that_deliver_at_once_send_each_event_once(
        campaign, hook, sign, path, receiver):
    hook(receiver)
    receiver.delay = 0.02
    sign(*KEYS)
    envs = [Environment(str(path)) for _ in range(3)]

    with ThreadPoolExecutor(3) as pool:
        found = [o for outcomes in pool.map(
            lambda env: CampaignSystem(env).webhooks.deliver(), envs)
            for o in outcomes]
    for env in envs:
        env.shutdown()
    assert sum(o.delivered for o in found) == len(KEYS)
    assert [o.failed for o in found if o.failed] == []
    assert len(receiver.arrivals) == len(KEYS)
    assert signatures(receiver) == [f'signed {key}' for key in KEYS]


def command(path, *args):
    return subprocess.Popen(
        [sys.executable, '-W', 'ignore', '-m', 'trac.admin.console',
         str(path), 'campaign', *args], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True)


def test_processes_that_deliver_at_once_send_each_event_once(
        campaign, hook, sign, path, receiver):
    hook(receiver)
    receiver.delay = 0.1
    sign(*KEYS)
    for process in [command(path, 'deliver') for _ in range(2)]:
        _, errors = process.communicate()
        assert (process.returncode, errors) == (0, '')
    receiver.wait(len(KEYS))
    assert len(receiver.arrivals) == len(KEYS)
    assert signatures(receiver) == [f'signed {key}' for key in KEYS]


def test_claim_of_a_process_that_died_is_void_after_a_while(
        campaign, hook, sign, system, clock, receiver, env):
    hook(receiver)
    sign(KEYS[0])
    env.db_transaction('UPDATE prodworkflow_delivery SET claimed=%s',
                       (clock.now,))
    assert system.webhooks.deliver(clock) == []
    clock.now += 3 * MINUTE
    outcome, = system.webhooks.deliver(clock)
    assert outcome.delivered == 1


def test_event_for_a_receiver_that_was_removed_meanwhile_is_dropped(
        campaign, hook, sign, system, clock, receivers, env):
    hook(receivers())
    hook(receivers())
    sign(KEYS[0])
    env.db_transaction('DELETE FROM prodworkflow_webhook WHERE id=1')
    outcome, = system.webhooks.deliver(clock)
    assert (outcome.receiver.id, outcome.delivered) == (2, 1)
    for table in ('delivery', 'event'):
        assert env.db_query(f'SELECT * FROM prodworkflow_{table}') == []


def test_event_is_given_up_after_days_and_check_tells(
        campaign, hook, sign, system, clock, receiver, admin):
    hook(receiver)
    receiver.answer = 503
    sign(*KEYS[:2])
    system.webhooks.deliver(clock)
    told = [str(f.words) for f in system.check(None, False, 'root')]
    assert len(told) == 1
    assert told[0].startswith('does not take events: 2 wait since ')
    assert told[0].endswith(' The answer was 503 Service Unavailable.')
    code, out, _ = admin('campaign', 'check')
    assert code == 1
    assert out.startswith(f'webhook 1 ({receiver.url}): does not take')
    clock.now += 5 * DAY
    outcome, = system.webhooks.deliver(clock)
    assert [f.due for f in outcome.failed] == [0, 0]
    receiver.answer = 204
    sign(KEYS[2])
    outcome, = system.webhooks.deliver(clock)
    assert outcome.delivered == 1
    told, = [str(f.words) for f in system.check(None, False, 'root')]
    assert told.startswith('has not got 2 of its events, given up')
    assert system.check(NAME, False, 'root') == []
    clock.now += 31 * DAY
    system.webhooks.deliver(clock)
    assert system.check(None, False, 'root') == []


def test_process_delivers_by_itself_after_the_commit(
        campaign, sign, system, receiver, env):
    """Saving goes on while the receiver has not answered yet."""
    system.webhooks.add(ADMIN, ReceiverRequest(receiver.url,
                                               types=('signed',)))
    signed = threading.Event()
    receiver.answer = lambda _: signed.wait(30) and 204
    sign(*KEYS[:3])
    assert receiver.events == []
    signed.set()
    receiver.wait(3)
    assert signatures(receiver) == SIGNED
    system.context.worker.finish()


def test_process_goes_on_trying_and_begins_again(
        campaign, sign, system, receiver, env, monkeypatch):
    """After failures of the receiver, and after one of the database."""
    monkeypatch.setattr(pauses, 'PAUSES', (0.05,))
    monkeypatch.setattr(worker, 'SHORTEST', 0.05)
    system.webhooks.add(ADMIN, ReceiverRequest(receiver.url,
                                               types=('signed',)))
    receiver.answer = lambda _: 500 if len(receiver.arrivals) < 3 else 204
    sign(KEYS[0])
    receiver.wait(1)
    assert len(receiver.arrivals) == 4
    wait_for_threads()
    with listening(env) as heard:
        env.db_transaction('ALTER TABLE prodworkflow_delivery '
                           'RENAME TO elsewhere')
        system.context.worker.wake()
        wait_for_threads()
        env.db_transaction('ALTER TABLE elsewhere '
                           'RENAME TO prodworkflow_delivery')
    assert 'Failure looking for events' in str(heard.records)
    sign(KEYS[1])
    receiver.wait(2)
    assert signatures(receiver) == SIGNED[:2]


def test_web_server_delivers_what_a_form_did(campaign, system, client,
                                             receiver):
    anna = client('anna')
    system.webhooks.add(ADMIN, ReceiverRequest(receiver.url,
                                               types=('signed',)))
    answer = anna.post(f'/campaign/{quote(NAME)}/sign', {
        'requirement': KEYS[0], 'verdict': 'approved', 'statement': 'Fine.'})
    assert answer.status == 200
    receiver.wait(1)
    assert signatures(receiver) == SIGNED[:1]
    assert receiver.events[0]['data']['by'] == 'anna'


def test_command_sends_what_it_did_before_it_ends(campaign, system, path,
                                                  receiver):
    system.webhooks.add(ADMIN, ReceiverRequest(receiver.url,
                                               types=('held',)))
    process = command(path, 'hold', NAME, '--reason=Disks full.')
    _, errors = process.communicate()
    assert (process.returncode, errors) == (0, '')
    receiver.wait(1)
    assert receiver.types == ['held']


def test_environment_s_proxy_is_not_asked(campaign, hook, sign, system,
                                          receivers, monkeypatch):
    receiver, proxy = receivers(), receivers()
    monkeypatch.setenv('http_proxy', proxy.url)
    hook(receiver)
    sign(KEYS[0])
    system.webhooks.deliver()
    assert len(receiver.arrivals) == 1
    assert proxy.arrivals == []


def test_name_of_a_campaign_rings_nobody_in_a_chat(create, system, no_worker,
                                                   receivers, env):
    env.config.set('trac', 'base_url', 'https://trac.example.org/p')
    create('Go @channel')
    slack, mattermost = receivers(), receivers()
    for kind, room in (('slack', slack), ('mattermost', mattermost)):
        system.webhooks.add(ADMIN, ReceiverRequest(room.url, kind))
    system.lifecycle.hold('Go @channel', ADMIN, 'Leak <!here> [x](y)')
    system.webhooks.deliver()
    for room in (slack, mattermost):
        text = json.loads(room.arrivals[0].body)['text']
        assert '@channel' not in text
        assert '<!here>' not in text
        assert 'https://trac.example.org/p/campaign/Go%20' in text
        assert text.startswith('coordinator has put Go @')
