"""What Trac's batch modification of sign-off tickets costs: statements."""

from __future__ import annotations

import pytest
from trac.db import util
from trac.env import Environment
from trac.perm import PermissionSystem
from trac.test import MockRequest
from trac.ticket.model import Ticket
from trac.web.api import RequestDone
from trac.web.main import RequestDispatcher

from prodworkflow.api import CampaignRequest

COMMENT = {'action': 'leave'}
SIGN = {'action': 'resolve', 'action_resolve_resolve_resolution': 'fixed'}
# Trac itself takes 12 of the 19 that signing a ticket in a batch may take.
SIGNING = 19
# What is read of a ticket, and of its change, to save it and tell of it.
READING = ('FROM ticket WHERE', 'FROM ticket_custom', 'newvalue FROM')
KEYS = [f'requirement-{number}' for number in range(12)]
TEXT = 'title = "Large"\n[[stage]]\nkey = "all"\ntitle = "All"\n' + ''.join(
    f'[[stage.requirement]]\nkey = "{key}"\ntitle = "{key}"\n'
    for key in KEYS)


@pytest.fixture
def sent(monkeypatch):
    """The statements sent from now on."""
    found = []
    execute = util.IterableCursor.execute

    def sending(self, sql, args=None):
        found.append(' '.join(sql.split()))
        return execute(self, sql, args)
    monkeypatch.setattr(util.IterableCursor, 'execute', sending)
    return found


@pytest.fixture
def new_tickets(env, system):
    """Makes campaigns of twelve sign-offs of anna, who may modify batches."""
    PermissionSystem(env).grant_permission('anna', 'TICKET_BATCH_MODIFY')
    return lambda name: system.create(CampaignRequest(
        name, '', 'V1', contacts=dict.fromkeys(KEYS, ('anna',)),
        template_text=TEXT), 'coordinator')


@pytest.fixture
def tickets(new_tickets):
    """The tickets of such a campaign."""
    return new_tickets('P')


@pytest.fixture
def trac_alone(env):
    """The same environment with the plugin switched off, as opened anew."""
    def opened():
        env.config.set('components', 'prodworkflow.*', 'disabled')
        env.config.save()
        plain.append(Environment(env.path))
        return plain[0]
    plain = []
    yield opened
    for each in plain:
        each.shutdown()


@pytest.fixture
def per_ticket(sent):
    """The statements that each ticket of a batch adds to those of two."""
    def sending(env, tickets, fields):
        batch(env, tickets[:1], fields)
        few = batch_sends(env, tickets[1:3], fields)
        many = batch_sends(env, tickets[3:], fields)
        more = len(tickets) - 5
        assert (len(many) - len(few)) % more == 0
        return [sql for sql in dict.fromkeys(many) for _ in range(
            (many.count(sql) - few.count(sql)) // more)]

    def batch_sends(*given):
        del sent[:]
        batch(*given)
        return list(sent)
    return sending


def batch(env, tickets, fields):
    """Anna changes tickets at one go, on Trac's query page."""
    req = MockRequest(
        env, method='POST', path_info='/batchmodify', authname='anna', args={
            'selected_tickets': ','.join(map(str, tickets)),
            'query_href': '/query', 'batchmod_value_comment': 'Fine.',
            **fields})
    req.form_token = req.args['__FORM_TOKEN'] = 'x'
    with pytest.raises(RequestDone):
        RequestDispatcher(env).dispatch(req)


def test_commenting_in_a_batch_sends_nothing_beyond_what_trac_sends(
        env, tickets, per_ticket, trac_alone):
    ours = per_ticket(env, tickets, COMMENT)
    alone = per_ticket(trac_alone(), tickets, COMMENT)
    assert not {*ours} - {*alone}, '\n'.join(ours)
    assert len(ours) < len(alone)


@pytest.mark.parametrize('fields', [pytest.param(COMMENT, id='comment'),
                                    pytest.param(SIGN, id='sign')])
def test_batch_reads_a_ticket_to_save_it_and_once_to_tell_of_it(
        env, tickets, per_ticket, fields):
    told = per_ticket(env, tickets, fields)
    assert [sum(words in sql for sql in told) for words in READING
            ] == [2, 2, 1], '\n'.join(told)


def test_signing_in_a_batch_costs_as_much_for_each_ticket(
        env, tickets, per_ticket):
    told = per_ticket(env, tickets, SIGN)
    assert {Ticket(env, number)['status'] for number in tickets} == {'closed'}
    assert len(told) <= SIGNING, '\n'.join(told)


def test_batch_reads_each_campaign_once_whatever_the_order_of_its_tickets(
        env, new_tickets, sent):
    batch(env, new_tickets('Warm'), SIGN)
    mixed = [number for pair in zip(new_tickets('A'), new_tickets('B'))
             for number in pair]
    del sent[:]
    batch(env, mixed, SIGN)
    assert {Ticket(env, number)['status'] for number in mixed} == {'closed'}
    assert len([sql for sql in sent if 'c.head' in sql]) == 2
