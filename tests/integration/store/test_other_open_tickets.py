"""Which open tickets in its milestones a campaign is read with."""

from __future__ import annotations

import pytest
from trac.ticket.model import Ticket

from prodworkflow import store
from prodworkflow.store import record_reader
from support.campaigns import CONTACTS, NAME

FIRST = f'{NAME}: 1. Software preparation'
SECOND = f'{NAME}: 2. Release validation'


@pytest.fixture
def add_tickets(env):
    """Adds tickets to a milestone; gives their ids."""
    def adding(count, milestone, status='new'):
        ids = []
        with env.db_transaction:
            for _ in range(count):
                ticket = Ticket(env)
                ticket.populate({'summary': 'x', 'status': status,
                                 'type': 'defect', 'milestone': milestone})
                ids.append(ticket.insert())
        return ids
    return adding


@pytest.fixture(params=[
    pytest.param(record_reader.FEW_STAGES, id='each stage by itself'),
    pytest.param(0, id='more stages than a statement holds'),
])
def snapshot(request, campaign, env, monkeypatch):
    """Reads the campaign, in both of the ways that there are."""
    monkeypatch.setattr(record_reader, 'FEW_STAGES', request.param)
    return lambda: store.snapshot(env, 1)


@pytest.mark.parametrize(('count', 'more'), [
    pytest.param(record_reader.NAMED_IN_CAMPAIGN, False,
                 id='as many as are named'),
    pytest.param(record_reader.NAMED_IN_CAMPAIGN + 1, True, id='one more'),
    pytest.param(60, True, id='many more'),
])
def test_open_tickets_of_a_stage_are_read_up_to_the_number_named(
        snapshot, add_tickets, count, more):
    ids = add_tickets(count, FIRST)
    found = snapshot()
    named = found.others['software-preparation']
    assert len(named) == min(count, record_reader.NAMED_IN_CAMPAIGN)
    assert set(named) <= set(ids)
    assert list(named) == sorted(named)
    assert found.crowded == ({'software-preparation'} if more else set())


def test_open_tickets_of_each_stage_are_its_own(snapshot, add_tickets):
    first, second = add_tickets(2, FIRST), add_tickets(30, SECOND)
    found = snapshot()
    assert found.others['software-preparation'] == tuple(first)
    assert set(found.others['release-validation']) < set(second)
    assert found.crowded == {'release-validation'}


def test_closed_tickets_are_no_other_open_tickets_however_many(snapshot,
                                                               add_tickets):
    add_tickets(40, FIRST, 'closed')
    last = add_tickets(1, FIRST)
    add_tickets(40, 'milestone1')
    assert dict(snapshot().others) == {'software-preparation': tuple(last)}


def test_ticket_of_any_status_but_closed_is_open(snapshot, add_tickets, env):
    ids = [add_tickets(1, FIRST, status)[0]
           for status in ('accepted', 'closed', 'odd', 'assigned')]
    for ticket, status in ((ids[2], ''), (ids[3], None)):
        env.db_transaction('UPDATE ticket SET status=%s WHERE id=%s',
                           (status, ticket))
    assert snapshot().others['software-preparation'] == (
        ids[0], ids[2], ids[3])


def test_sign_off_ticket_of_another_campaign_is_an_other_open_ticket(
        snapshot, create, env):
    theirs = create('Another')
    env.db_transaction('UPDATE ticket SET milestone=%s WHERE id=%s',
                       (FIRST, theirs[0]))
    assert snapshot().others['software-preparation'] == (theirs[0],)


def test_ticket_that_reuses_the_number_of_a_deleted_one_is_another(
        snapshot, campaign, env):
    ticket = campaign['feature-freeze']
    env.db_transaction('UPDATE ticket SET time=time+1 WHERE id=%s',
                       (ticket,))
    assert ticket in snapshot().others['software-preparation']


def test_last_of_more_open_tickets_than_are_named_keeps_the_gate_shut(
        snapshot, add_tickets, sign, gate, env):
    ids = add_tickets(2 * record_reader.NAMED_IN_CAMPAIGN, FIRST)
    sign(*CONTACTS)
    for ticket in ids:
        assert not gate()
        assert not gate('release-validation')
        closed = Ticket(env, ticket)
        closed['status'] = 'closed'
        closed.save_changes('anna', 'Done.')
    assert gate()
    assert not snapshot().crowded
