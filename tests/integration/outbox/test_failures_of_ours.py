"""A database that takes nothing, and a receiver that keeps others waiting."""

from __future__ import annotations

import pytest

from prodworkflow.api import ReceiverRequest
from prodworkflow.api.outbox import worker
from prodworkflow.domain.events import pauses
from support.campaigns import ADMIN, CONTACTS
from support.logs import listening
from support.receivers import wait_for_threads

KEYS = list(CONTACTS)
WORDS = 'attempt to write a readonly database'


@pytest.fixture
def hook(system):
    """Sets up a receiver of signatures."""
    def setting(receiver):
        system.webhooks.add(ADMIN, ReceiverRequest(receiver.url,
                                                   types=('signed',)))
    return setting


@pytest.fixture
def readonly(env):
    """Lets nobody claim an event from now on."""
    def make():
        env.db_transaction(f"""
            CREATE TRIGGER stop BEFORE UPDATE ON prodworkflow_delivery
            BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""")
    return make


@pytest.mark.only('sqlite')  # a trigger of its own dialect
def test_command_tells_that_the_database_takes_nothing(
        no_worker, campaign, sign, hook, readonly, receiver, admin, env):
    """Otherwise cron would take it for delivered."""
    hook(receiver)
    sign(KEYS[0])
    readonly()
    code, out, err = admin('campaign', 'deliver')
    assert (code, out) == (2, '')
    assert f'webhook 1 ({receiver.url}): It was not served: ' in err
    assert f'{WORDS}.' in err
    env.db_transaction('DROP TRIGGER stop')
    assert admin('campaign', 'deliver')[0] == 0
    assert len(receiver.arrivals) == 1


@pytest.mark.only('sqlite')  # a trigger of its own dialect
def test_process_rests_after_a_failure_of_ours_and_tries_again(
        no_worker, campaign, sign, hook, readonly, receiver, env):
    hook(receiver)
    sign(KEYS[0])
    readonly()
    process = worker.DeliveryWorker(env)
    with listening(env) as heard:
        process.look()
        wait_for_threads()
        assert process.look() == worker.REST
        wait_for_threads()
    assert str(heard.records).count('Failure delivering to webhook 1') == 1
    env.db_transaction('DROP TRIGGER stop')
    process.look()
    wait_for_threads()
    assert len(receiver.events) == 1


def test_pause_of_one_receiver_ends_while_another_one_hangs(
        campaign, sign, hook, receivers, env, monkeypatch):
    monkeypatch.setattr(pauses, 'PAUSES', (0.05,))
    monkeypatch.setattr(worker, 'SHORTEST', 0.05)
    hanging, well = receivers(), receivers()
    hanging.answer = 'hang'
    well.answer = lambda _: 204 if well.arrivals else 500
    hook(hanging)
    hook(well)
    sign(KEYS[0])
    well.wait(1)
    (tries, claimed), = env.db_query(
        'SELECT tries, claimed FROM prodworkflow_delivery WHERE webhook=1')
    assert (tries, claimed > 0) == (0, True)
