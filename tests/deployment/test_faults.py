"""Whatever fails on the way: all or nothing, and the gate stays shut.

Every statement is struck unless `--every=N` says otherwise.
"""

from __future__ import annotations

import hashlib
import http.client
import itertools
import json
import os
import subprocess
from urllib.parse import quote, unquote

import pytest

from prodworkflow.api import (
    CampaignRequest,
    CampaignSystem,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.store.upgrades import VERSION
from support.campaigns import CONTACTS, NAME
from support.deployment import Deployment, KINDS, logged_in, tracebacks
from support.http_client import Client

SIGNATURE = {'requirement': 'feature-freeze', 'verdict': 'approved',
             'statement': 'Fine.'}
USERS = ('coordinator', 'anna', 'bruno')
GATE = f'/campaign/{quote(NAME)}/gate'
SIGN = f'/campaign/{quote(NAME)}/sign'
STEER = f'/admin/production/campaigns/{quote(NAME)}'
CREATE = '/admin/production/campaigns'
TABLES = ('prodworkflow_campaign', 'prodworkflow_stage', 'milestone',
          'prodworkflow_requirement', 'prodworkflow_signoff', 'version',
          'prodworkflow_ledger', 'ticket', 'ticket_change')


class FaultyNode:
    """A node of one worker, whose end can be ordered; and its database."""

    def __init__(self, folder, uri):
        self.deployment = Deployment(folder, uri, USERS, [
            ('coordinator', 'CAMPAIGN_ADMIN')])
        self.opened = self.deployment.environment()
        self.env = self.opened.__enter__()
        self.system = CampaignSystem(self.env)
        self.act = 'made'
        self.system.create(CampaignRequest(NAME, 'path-to-production', 'V0',
                                           contacts=CONTACTS), 'coordinator')
        self.orders = folder / 'orders.json'
        self.order('', 0, '')
        self.node = self.deployment.node(
            'faulty', 1, 'preload_app = True\n', 'support.fault_injection',
            PRODWORKFLOW_TEST_ORDERS=str(self.orders),
            PRODWORKFLOW_TEST_PRELOAD='1')
        self.clients = {u: logged_in(self.node, u) for u in USERS}
        for client in self.clients.values():
            client.get('/about')

    def close(self):
        self.deployment.stop()
        self.opened.__exit__(None, None, None)

    def order(self, path, at, act):
        self.orders.with_suffix('.struck').unlink(missing_ok=True)
        self.orders.write_text(json.dumps(
            {'path': path, 'at': at, 'act': act}))

    @property
    def struck(self):
        """The statement that was struck, or None."""
        file = self.orders.with_suffix('.struck')
        return file.read_text() if file.exists() else None

    def post(self, user, path, **fields):
        """The answer, or None where the worker died over it."""
        try:
            return self.clients[user].post(path, fields)
        except (OSError, http.client.HTTPException):
            return None

    def gate(self):
        return self.clients['anna'].get(GATE)

    def content(self):
        """A digest of all that a campaign consists of."""
        rows = [(table, sorted(map(repr, self.env.db_query(
            f'SELECT * FROM {table}')))) for table in TABLES]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def sound(self):
        """Nothing departs from the ledgers, and the gate is shut."""
        assert self.system.check(None, False, 'root') == []
        answer = self.gate()
        assert answer.status == 409, answer.text


@pytest.fixture(scope='module', params=KINDS)
def faulty_node(request, tmp_path_factory):
    uri = ('sqlite:db/trac.db' if request.param == 'sqlite'
           else request.getfixturevalue('shared').new())
    made = FaultyNode(tmp_path_factory.mktemp(request.param), uri)
    made.kind = request.param
    yield made
    made.close()


class Creating:
    path = CREATE

    def __init__(self, faulty_node):
        self.faulty_node = faulty_node
        self.names = (f'{faulty_node.act} {n}' for n in itertools.count())
        self.name = next(self.names)

    def act(self):
        return self.faulty_node.post(
            'coordinator', CREATE, name=self.name, create='1',
            template='path-to-production', release=self.name,
            **{f'contact:{k}': ','.join(v) for k, v in CONTACTS.items()})

    def done(self):
        """Whether all of it is there; then make ready for the next."""
        if self.name not in self.faulty_node.system.queries.names():
            return False
        state = self.faulty_node.system.queries.decision(
            self.name).snapshot.state
        assert len(state.requirements) == 7
        self.name = next(self.names)
        return True


class Signing:
    path = SIGN
    key = SIGNATURE['requirement']

    def __init__(self, faulty_node):
        self.faulty_node = faulty_node

    def act(self):
        return self.faulty_node.post('anna', SIGN, **SIGNATURE)

    def done(self):
        decision = self.faulty_node.system.queries.decision(NAME)
        answer = decision.answer(self.key)
        ticket = decision.snapshot.tickets[self.key]
        assert answer.met == ticket.closed
        if answer.met:
            self.faulty_node.system.record(NAME, self.key, Person('anna'),
                                           SignOffRequest(
                Verdict.WITHDRAWN, 'Again.'))
        return answer.met


class Releasing:
    path = STEER

    def __init__(self, faulty_node):
        self.faulty_node = faulty_node
        self.release = self._next()

    def _next(self):
        decision = self.faulty_node.system.queries.decision(NAME)
        if not decision.answer('release-validated').met:
            self.faulty_node.system.sign(NAME, 'release-validated', 'bruno',
                                         False, 'Fine.')
        return f'V{len(self.faulty_node.system.queries.ledger(NAME))}'

    def act(self):
        effect = self.faulty_node.system.previews.release_effect(
            NAME, ReleaseRequest(self.release, (), 'A patch.'))
        return self.faulty_node.post(
            'coordinator', STEER, act='release', release=self.release,
            reason='A patch.', confirm=effect.digest)

    def done(self):
        decision = self.faulty_node.system.queries.decision(NAME)
        if decision.snapshot.state.campaign.release != self.release:
            return False
        assert not decision.snapshot.tickets['release-validated'].closed
        self.release = self._next()
        return True


SCENARIOS = pytest.mark.parametrize('scenario', [
    pytest.param(Creating, id='creating'), pytest.param(Signing, id='signing'),
    pytest.param(Releasing, id='releasing')])


def strike(faulty_node, scenario, act, every):
    """Do it again and again, each time struck at a later statement.

    Yields answer and statement of each; ends with the first that passes.
    """
    faulty_node.act = act
    doing = scenario(faulty_node)
    for at in itertools.count(1, every):
        before = faulty_node.content()
        faulty_node.order(unquote(doing.path), at, act)
        answer = doing.act()
        struck = faulty_node.struck
        faulty_node.order('', 0, '')
        if faulty_node.content() == before:
            assert struck, answer.text
        else:
            assert doing.done(), struck
        faulty_node.sound()
        yield answer, struck
        if struck is None:
            assert answer.status == 303
            return


@SCENARIOS
def test_worker_killed_at_any_statement_leaves_all_or_nothing(
        faulty_node, scenario, every):
    struck = 0
    for answer, statement in strike(faulty_node, scenario, 'kill', every):
        assert (answer is None) == bool(statement)
        struck += 1
    print(f'{scenario.path} on {faulty_node.kind}: killed {struck - 1} times')
    assert struck * every > 20


@SCENARIOS
@pytest.mark.parametrize('faulty_node', KINDS[1:], indirect=True)
def test_database_connection_cut_at_any_statement_leaves_all_or_nothing(
        faulty_node, scenario, every):
    """Of a server: SQLite has none to cut."""
    statuses = []
    for answer, statement in strike(faulty_node, scenario, 'cut', every):
        assert answer.status in (303, 500, 503), (statement, answer.status)
        assert not tracebacks(answer.text), (
            statement, answer.status, tracebacks(answer.text)[0])
        statuses.append(answer.status)
    print(f'{scenario.path}: cut {len(statuses)} times, answered',
          {s: statuses.count(s) for s in set(statuses)})
    assert 503 in statuses


@pytest.fixture
def every(request):
    return request.config.getoption('every')


@pytest.fixture
def own(shared, tmp_path):
    """A node on a server for a test that harms more than a request."""
    made = FaultyNode(tmp_path, shared.new())
    yield made
    made.close()


def test_site_recovers_when_the_database_stops_and_starts_again(own, shared):
    """Clear errors meanwhile; the same workers go on afterwards."""
    before = own.content()
    own.env.shutdown()
    shared.halt()
    try:
        answers = [own.gate(), own.post('anna', SIGN, **SIGNATURE),
                   own.clients['anna'].get(f'/campaign/{quote(NAME)}')]
    finally:
        assert shared.serve()
    for answer in answers:
        assert answer.status in (500, 503)
        assert not tracebacks(answer.text)
    assert own.content() == before
    own.sound()
    assert own.post('anna', SIGN, **SIGNATURE).status == 303


def test_gate_answers_503_in_json_and_text_when_the_database_fails(own):
    """Where its own reading fails: in JSON, or as the text that curl shows."""
    for query, words in (('', '{"error": "The database failed'),
                         ('?format=text', 'The database failed')):
        for at in itertools.count(1):
            own.order(unquote(GATE), at, 'cut')
            answer = own.clients['anna'].get(GATE + query)
            if own.struck and 'prodworkflow_ledger' in own.struck:
                break
            assert answer.status in (409, 500, 503)
        assert answer.status == 503
        assert answer.text.startswith(words)
        assert answer.headers['Retry-After']


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 8 MB, where whoever runs the tests may mount one."""
    place = tmp_path / 'small'
    place.mkdir()
    as_root = [] if os.getuid() == 0 else ['sudo', '-n']
    done = subprocess.run(
        [*as_root, 'mount', '-t', 'tmpfs', '-o',
         f'size=8m,uid={os.getuid()}', 'tmpfs', str(place)],
        capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f'cannot mount a tmpfs: {done.stderr.strip()}')
    yield place
    subprocess.run([*as_root, 'umount', str(place)], check=True)


def test_full_disk_leaves_all_or_nothing_of_a_campaign(small_disk):
    """Whatever is left when it begins, from nothing on."""
    made = FaultyNode(small_disk, 'sqlite:db/trac.db')
    try:
        creating, refused = Creating(made), 0
        for free in itertools.count(0, 24 * 1024):
            before = made.content()
            fill(small_disk, free)
            answer = creating.act()
            (small_disk / 'ballast').unlink()
            if made.content() != before:
                assert creating.done()
            made.sound()
            if answer.status == 303:
                break
            assert answer.status in (500, 503)
            assert not tracebacks(answer.text)
            refused += 1
        assert refused > 3
        assert made.post('anna', SIGN, **SIGNATURE).status == 303
    finally:
        made.close()


def fill(place, free):
    """Take all of a file system but so many bytes."""
    space = os.statvfs(place)
    (place / 'ballast').write_bytes(
        bytes(max(0, space.f_bavail * space.f_frsize - free)))


def test_node_that_ran_through_an_upgrade_writes_nothing(own):
    """Another node has upgraded the database; this one has the old code."""
    set_version(own.env, VERSION + 1, 'ALTER TABLE prodworkflow_campaign '
                                      'ADD COLUMN later text')
    before = own.content()
    for answer in (own.post('anna', SIGN, **SIGNATURE), Creating(own).act(),
                   own.post('coordinator', STEER, act='hold', reason='Why')):
        assert answer.status == 503
        assert f'version {VERSION + 1} and this node' in answer.text
        assert not tracebacks(answer.text)
    gate = own.gate()
    assert gate.status == 409
    assert f'version {VERSION + 1} and this node' in gate.text
    assert own.content() == before
    fresh = own.deployment.node('fresh', 1)
    answer = Client(f'http://{fresh}').get(GATE)
    assert answer.status == 500
    assert 'Need to downgrade prodworkflow_version' in answer.text
    assert not tracebacks(answer.text)
    set_version(own.env, VERSION, 'ALTER TABLE prodworkflow_campaign '
                                  'DROP COLUMN later')
    own.sound()
    assert own.post('anna', SIGN, **SIGNATURE).status == 303


def set_version(env, version, statement):
    with env.db_transaction as db:
        db(statement)
        db("UPDATE system SET value=%s WHERE name='prodworkflow_version'",
           (str(version),))
