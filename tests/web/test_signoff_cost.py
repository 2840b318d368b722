"""What a sign-off on the ticket page costs: statements and decisions."""

from __future__ import annotations

import pytest
from trac.db import util
from trac.test import MockRequest
from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp
from trac.web.api import RequestDone
from trac.web.main import RequestDispatcher

from prodworkflow.domain.rules import gates
from prodworkflow.services.gates import verification

# Of the 30 that a sign-off may take Trac takes 15, and 3 more for us: its
# caches are asked for anew, and the session keeps what the next page says.
OURS = 12
TABLES = ('prodworkflow_', 'UPDATE milestone')


@pytest.fixture
def sent(monkeypatch):
    """The statements sent from now on, each once for each set of values."""
    found = []
    for name in ('execute', 'executemany'):
        monkeypatch.setattr(util.IterableCursor, name, _sending(
            getattr(util.IterableCursor, name), found))
    return found


def _sending(send, found):
    def sending(self, sql, args=None):
        found.append(' '.join(sql.split()))
        return send(self, sql, args)
    return sending


@pytest.fixture
def decided(monkeypatch):
    """The snapshots that are decided on from now on."""
    found = []

    def deciding(snapshot, now):
        found.append(snapshot)
        return gates.decide(snapshot, now)
    monkeypatch.setattr(verification, 'decide', deciding)
    return found


def resolve(env, number):
    """Resolve a sign-off ticket as fixed on its page."""
    ticket = Ticket(env, number)
    req = MockRequest(
        env, method='POST', path_info=f'/ticket/{number}',
        authname=ticket['owner'], args={
            'id': str(number), 'submit': '1', 'action': 'resolve',
            'action_resolve_resolve_resolution': 'fixed', 'comment': 'Fine.',
            'view_time': str(to_utimestamp(ticket['changetime']))})
    req.form_token = req.args['__FORM_TOKEN'] = 'x'
    with pytest.raises(RequestDone):
        RequestDispatcher(env).dispatch(req)


def test_sign_off_reads_a_campaign_once_and_decides_twice(
        env, create, system, sent, decided):
    create('2011 Prod', start='2026-12-06')
    resolve(env, 1)
    del sent[:], decided[:]
    resolve(env, 2)
    assert Ticket(env, 2)['status'] == 'closed'
    ours = [sql for sql in sent if any(t in sql for t in TABLES)]
    assert len([sql for sql in ours if 'c.head' in sql]) == 1
    assert len([sql for sql in ours if 'e.payload' in sql]) == 1
    assert len(ours) <= OURS, '\n'.join(ours)
    assert len(decided) <= 2
    assert system.check(None, False, 'root') == []
