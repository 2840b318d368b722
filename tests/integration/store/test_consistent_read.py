"""What is shown of a campaign was true at one moment, whoever writes then."""

from __future__ import annotations

import contextlib
import logging
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from trac.db.api import DatabaseManager
from trac.env import Environment
from trac.ticket.model import Ticket

from prodworkflow import store
from prodworkflow.api import CampaignSystem
from prodworkflow.domain.model.permissions import GRANTS
from prodworkflow.domain.model.person import Person
from support.campaigns import CONTACTS, NAME

WHO = Person('coordinator', grants=frozenset(GRANTS))
# A part of each statement that reads a campaign, and of the ledger's.
STATEMENTS = {
    'requirements': 'JOIN prodworkflow_requirement AS r ON r.campaign=c.id',
    'others': "COALESCE(t.status, '') NOT IN",
    'ledger': 'FROM prodworkflow_ledger AS e',
}


class Meanwhile(logging.Handler):
    """Lets another node act just before a statement is sent.

    Trac tells its log of each statement first.  The other may have to wait
    for who is reading; the reader waits so many seconds for the other.
    """

    def __init__(self, statement, act, times, patience):
        super().__init__()
        self.part, self.act, self.left = STATEMENTS[statement], act, times
        self.patience = patience
        self.acting = []
        self.pool = ThreadPoolExecutor(1)

    def handle(self, record):
        """Without the handler's lock: the other writes to the same log."""
        words = record.getMessage()
        if self.left and words.startswith('SQL: ') and self.part in words:
            self.left -= 1
            self.acting.append(self.pool.submit(self.act))
            wait(self.acting, self.patience)

    def over(self):
        """Wait until all is done; an error of theirs is one here."""
        for future in self.acting:
            future.result()


@pytest.fixture
def concurrent_change(env, path, database):
    """While it is held, another node acts before the statement named.

    `within` says that this happens in a transaction that has begun already;
    by itself a reader on SQLite keeps writers waiting.
    """
    elsewhere = Environment(str(path))
    env.config.set('trac', 'debug_sql', 'true')
    DatabaseManager(env).shutdown()  # the next connections tell
    env.log.setLevel(logging.DEBUG)

    @contextlib.contextmanager
    def holding(statement, act, times=1, within=False):
        waits = database.name == 'sqlite' and not within
        handler = Meanwhile(statement, lambda: act(elsewhere), times,
                            0.5 if waits else 30)
        env.log.addHandler(handler)
        try:
            yield handler
            handler.over()
            assert not handler.left
        finally:
            env.log.removeHandler(handler)
    yield holding
    elsewhere.shutdown()


@pytest.fixture
def obstructed_campaign(campaign, sign, env):
    """All is signed; what keeps the launch is an open ticket of others."""
    sign(*CONTACTS)
    other = Ticket(env)
    other.populate({'summary': 'Not yet', 'status': 'new', 'type': 'defect',
                    'priority': 'critical',
                    'milestone': f'{NAME}: 1. Software preparation'})
    return other.insert()


def turned(ticket):
    """The obstacle goes, but a sign-off is withdrawn first."""
    def act(env):
        for id_, status in ((1, 'reopened'), (ticket, 'closed')):
            changed = Ticket(env, id_)
            changed['status'] = status
            changed['resolution'] = 'fixed' if status == 'closed' else ''
            changed.save_changes('anna', 'No.')
    return act


def turned_behind_our_back(ticket):
    """The same in Trac's tables alone, as on a node without the plugin."""
    def act(env):
        with env.db_transaction as db:
            db("UPDATE ticket SET status='reopened' WHERE id=1")
        with env.db_transaction as db:
            db("UPDATE ticket SET status='closed' WHERE id=%s", (ticket,))
    return act


READERS = [
    pytest.param(lambda system: system.queries.decision(NAME), id='decision'),
    pytest.param(lambda system: system.queries.underway()[0][0], id='roadmap'),
]


@pytest.mark.parametrize('statement', ['requirements', 'others'])
@pytest.mark.parametrize('change', [turned, turned_behind_our_back])
@pytest.mark.parametrize('read', READERS)
def test_a_gate_that_was_never_open_is_not_shown_open(
        obstructed_campaign, system, concurrent_change, change, statement,
        read):
    assert not read(system).launch.open
    with concurrent_change(statement, change(obstructed_campaign)):
        assert not read(system).launch.open
    assert not read(system).launch.open


@pytest.mark.parametrize('read', READERS)
def test_read_within_a_read_committed_transaction_is_repeated_after_a_change(
        obstructed_campaign, env, system, concurrent_change, read):
    with concurrent_change('others', turned(obstructed_campaign),
                           within=True), \
            env.db_query as db:
        assert db('SELECT COUNT(*) FROM ticket')[0][0] == 8
        decision = read(system)
    assert not decision.launch.open
    assert not decision.snapshot.doubts


def held_and_resumed(env):
    system = CampaignSystem(env)
    system.lifecycle.hold(NAME, WHO, 'Wait.')
    system.lifecycle.resume(NAME, WHO, 'Go on.')


def test_read_that_changes_at_each_try_is_in_doubt(
        campaign, sign, env, system, concurrent_change, gate):
    sign(*CONTACTS)
    with concurrent_change('others', held_and_resumed, times=3, within=True), \
            env.db_query as db:
        assert db('SELECT COUNT(*) FROM ticket')[0][0] == 7
        shown = system.queries.for_ticket(1)[0]
    assert not shown.launch.open
    assert 'changed again and again' in shown.snapshot.doubts[0]
    assert gate()


@pytest.mark.parametrize('statement', [*STATEMENTS])
def test_ledger_is_read_at_the_same_moment_as_the_record(
        campaign, sign, system, concurrent_change, statement):
    """Or a record would seem not to agree with it."""
    sign('feature-freeze')
    with concurrent_change(statement, lambda env: CampaignSystem(env).sign(
            NAME, 'software-quality', 'anna', False, 'Fine.')):
        shown = system.queries.decision(NAME)
    assert not shown.snapshot.doubts
    assert [a.met for a in shown.launch.answers[:3]] == [True, False, False]


def test_consistency_check_beside_a_sign_off_finds_nothing(
        campaign, system, concurrent_change):
    with concurrent_change('ledger', lambda env: CampaignSystem(env).sign(
            NAME, 'feature-freeze', 'anna', False, 'Fine.')):
        assert system.check(NAME, False, 'coordinator') == []


def test_statements_after_a_consistent_read_see_the_newest_rows(
        campaign, env, system, sign_elsewhere):
    system.queries.decision(NAME)
    with env.db_query as db:
        before = db('SELECT revision FROM prodworkflow_campaign')
        sign_elsewhere('feature-freeze', 'anna')
        assert db('SELECT revision FROM prodworkflow_campaign') != before


def test_consistent_read_in_a_transaction_sees_what_it_wrote(campaign, env):
    with env.db_transaction as db:
        db("UPDATE ticket SET summary='x' WHERE id=1")
        with store.consistent_read(env) as inner:
            assert inner('SELECT summary FROM ticket WHERE id=1') == [('x',)]
    assert env.db_query('SELECT summary FROM ticket WHERE id=1') == [('x',)]
