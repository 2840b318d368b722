"""What receivers cost whoever saves a ticket: the same, up or down."""

from __future__ import annotations

import threading

import pytest
from trac.db import util
from trac.env import Environment

from prodworkflow.api import CampaignSystem, ReceiverRequest
from support.campaigns import ADMIN, CONTACTS, NAME

KEYS = list(CONTACTS)


@pytest.fixture
def sent(monkeypatch):
    """The statements that this thread sends from now on."""
    found, saver = [], threading.get_ident()

    def recorded(send):
        def sending(self, sql, args=None):
            if threading.get_ident() == saver:
                found.append(' '.join(sql.split()))
            return send(self, sql, args)
        return sending
    for name in ('execute', 'executemany'):
        monkeypatch.setattr(util.IterableCursor, name,
                            recorded(getattr(util.IterableCursor, name)))
    return found


def cost(sign, sent, name):
    """The statements of one sign-off, after another one before."""
    sign(KEYS[0], name=name)
    del sent[:]
    sign(KEYS[1], name=name)
    return list(sent)


def test_saving_costs_the_same_whether_a_receiver_is_up_or_not(
        create, sign, system, receivers, sent, unused_tcp_port_number):
    """While it answers, hangs, and is not there at all; nobody waits."""
    up, hanging = receivers(), receivers()
    hanging.answer = 'hang'
    dead = f'http://127.0.0.1:{unused_tcp_port_number}/'
    found = []
    for name, url in (('Up', up.url), ('Hanging', hanging.url),
                      ('Dead', dead)):
        create(name)
        system.webhooks.add(ADMIN, ReceiverRequest(url, types=('signed',)))
        found.append(cost(sign, sent, name))
        if name == 'Up':
            up.wait(1)
        system.webhooks.remove(ADMIN, url)
    assert found[0] == found[1] == found[2]
    assert len([s for s in found[0]
                if s.startswith('INSERT INTO prodworkflow_event')]) == 1
    assert hanging.taken == {}
    hanging.ended.set()
    system.context.worker.finish()


def test_without_receivers_saving_costs_no_statement(campaign, sign, system,
                                                     sent):
    found = cost(sign, sent, NAME)
    assert [s for s in found if 'prodworkflow_webhook' in s
            or 'prodworkflow_event' in s or 'prodworkflow_deliv' in s
            or 'prodworkflow_told_gate' in s] == []


@pytest.fixture
def other_node(env):
    """The same site as another process has it open."""
    other = Environment(env.path)
    yield CampaignSystem(other)
    other.shutdown()


def waiting(env):
    return [row for row, in env.db_query(
        'SELECT type FROM prodworkflow_event ORDER BY id')]


def test_receivers_that_another_node_adds_and_removes_count_at_once(
        campaign, env, sign, no_worker, receiver, other_node):
    """This one has found before that nobody receives, and then who does."""
    sign(KEYS[0])
    assert waiting(env) == []
    other_node.webhooks.add(ADMIN, ReceiverRequest(receiver.url,
                                                   types=('signed',)))
    sign(KEYS[1])
    assert waiting(env) == ['signed']
    other_node.webhooks.remove(ADMIN, receiver.url)
    sign(KEYS[2])
    assert waiting(env) == []


def test_receiver_whose_adding_failed_is_told_of_nothing(
        campaign, env, sign, no_worker, receiver):
    """Its counter went back with it; a later one is found under that."""
    sign(KEYS[0])
    with pytest.raises(ZeroDivisionError), env.db_transaction:
        no_worker.webhooks.add(ADMIN, ReceiverRequest(receiver.url))
        sign(KEYS[1])
        raise ZeroDivisionError
    sign(KEYS[1])
    assert waiting(env) == []
    no_worker.webhooks.add(ADMIN, ReceiverRequest(receiver.url,
                                                  types=('signed',)))
    sign(KEYS[2])
    assert waiting(env) == ['signed']
