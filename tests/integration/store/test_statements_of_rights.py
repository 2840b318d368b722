"""What it costs to ask Trac of many signers: no statements for each."""

from __future__ import annotations

import pytest
from trac.core import Component, implements
from trac.db import util
from trac.perm import IPermissionPolicy
from trac.test import MockRequest
from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp
from trac.web.api import RequestDone
from trac.web.main import RequestDispatcher
from trac.web.session import DetachedSession

from prodworkflow.gateways import signer_register
from support.campaigns import CONTACTS, NAME
from support.policies import in_force

MANY = tuple(f'user{number}' for number in range(20))
ASKED = 'SELECT reporter, owner FROM ticket WHERE id=%s'
RIGHTS = ('TICKET_VIEW', 'TICKET_MODIFY', 'TICKET_CHGPROP', 'TICKET_APPEND')


class AskingPolicy(Component):
    """Asks the database whenever it is asked of a ticket."""

    implements(IPermissionPolicy)

    def check_permission(self, action, username, resource, perm):
        if resource and resource.realm == 'ticket' and resource.id:
            self.env.db_query(ASKED, (resource.id,))
        return


@pytest.fixture
def sent(monkeypatch):
    """The statements that are sent, with their values."""
    found, execute = [], util.IterableCursor.execute

    def sending(self, sql, args=None):
        found.append((sql, args))
        return execute(self, sql, args)
    monkeypatch.setattr(util.IterableCursor, 'execute', sending)
    return found


@pytest.fixture
def make(env, create):
    """Makes a campaign whose sign-offs have so many contacts more."""
    def making(name, people):
        for person in people:
            session = DetachedSession(env, None)
            session.get_session(person, authenticated=True)
            session.set('email', f'{person}@example.org')
            session.save()
        env.invalidate_known_users_cache()
        return create(name, {key: (*contacts, *people)
                             for key, contacts in CONTACTS.items()})
    return making


def visit(env, path, user='coordinator'):
    req = MockRequest(env, path_info=path, authname=user)
    with pytest.raises(RequestDone):
        RequestDispatcher(env).dispatch(req)
    assert req.response_sent.getvalue()


def resolve(env, number):
    ticket = Ticket(env, number)
    req = MockRequest(
        env, method='POST', path_info=f'/ticket/{number}', authname='anna',
        args={'id': str(number), 'submit': '1', 'action': 'resolve',
              'action_resolve_resolve_resolution': 'fixed',
              'comment': 'Fine.',
              'view_time': str(to_utimestamp(ticket['changetime']))})
    req.form_token = req.args['__FORM_TOKEN'] = 'x'
    with pytest.raises(RequestDone):
        RequestDispatcher(env).dispatch(req)
    assert Ticket(env, number)['status'] == 'closed'


@pytest.mark.parametrize('page', ['/roadmap', '/campaign', '/campaign/{name}',
                                  '/campaign/{name}/gate', '/ticket/{number}'])
def test_pages_take_no_statement_for_each_contact(env, make, sent, page):
    env.config.set('roadmap', 'stats_provider', 'BatchedStatsProvider')
    counts = []
    for name, people in (('Few', ()), ('Many', MANY)):
        where = page.format(name=name, number=make(name, people)[1])
        visit(env, where)
        del sent[:]
        visit(env, where)
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_a_save_asks_of_nobody_else_whatever_the_policy(env, make, sent):
    """The policy's own statements are those for whoever saves."""
    in_force(env, AskingPolicy, __name__)
    counts = []
    for name, people in (('Few', ()), ('Many', MANY)):
        numbers = make(name, people)
        resolve(env, numbers[0])
        signer_register.signer_register(env).forget()
        del sent[:]
        resolve(env, numbers[1])
        counts.append(len([sql for sql, _ in sent if sql == ASKED]))
    assert counts[0] == counts[1]
    assert counts[0] > 0


def test_pages_ask_of_each_signer_and_ticket_once(env, make, sent):
    in_force(env, AskingPolicy, __name__)
    numbers = make(NAME, MANY[:5])
    visit(env, f'/campaign/{NAME}')
    del sent[:]
    visit(env, f'/campaign/{NAME}')
    again = [args[0] for sql, args in sent if sql == ASKED]
    # What is kept of signers is not asked again: only of the viewer.
    assert max(map(again.count, numbers)) <= len(RIGHTS)
