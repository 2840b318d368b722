"""Real environments, served over real HTTP; made once and copied."""

from __future__ import annotations

import contextlib
import io
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from environments import (
    compile_templates_once,
    forget,
    look_for_plugins_once,
    OPTIONS,
    VERIFIED,
)
from http_client import Client
from hypothesis import settings
from trac.admin import console
from trac.attachment import Attachment
from trac.core import TracError
from trac.env import Environment
from trac.perm import PermissionSystem
from trac.test import MockRequest
from trac.ticket.model import Milestone, Ticket
from trac.web.session import DetachedSession
from trac.web.standalone import TracHTTPServer

from prodworkflow import demo
from prodworkflow.api import CampaignSystem, Saying, Typed, Verdict, Wish
from prodworkflow.domain.model.person import Person

pytest_plugins = ['no_skips', 'neighbours', 'databases', 'nodes', 'besieged',
                  'garbage']

# How long an example takes says more of the machine than of the rules.
settings.register_profile('untimed', deadline=None)
# Each mutant meets the same few examples, so that the answer is one.
settings.register_profile('mutation', deadline=None, max_examples=10,
                          derandomize=True, database=None)
# For the other Pythons, where the rules are not what is in question.
settings.register_profile('brief', deadline=None, max_examples=10)
settings.load_profile('untimed')

NAME = '2011 Prod'
USERS = ('coordinator', 'anna', 'bruno', 'eve')
CONTACTS = {
    'feature-freeze': ('anna',), 'software-quality': ('anna',),
    'resources-estimate': ('anna', 'bruno'),
    'release-validated': ('bruno',), 'remote-sites-validated': ('bruno',),
    'runtime-performance': ('bruno',), 'physics-results': ('anna',),
}
PANEL_OF = '/admin/production/campaigns/{}'
FULL = 'Full'
FULL_CONTACTS = {
    'feature-freeze': ('anna',), 'memory-leaks': ('anna',),
    'resources-estimate': ('anna',), 'release-validated': ('bruno',),
    'remote-sites-validated': ('bruno',), 'runtime-performance': ('bruno',),
    'physics-tracking': ('anna',), 'physics-emc': ('bruno',),
    'physics-results': ('anna', 'bruno'),
}
FULL_TEXT = (Path(__file__).parent / 'data' / 'full.toml').read_text(
    encoding='utf-8')
VALUES = {
    'memory_growth': '0.5 kB/event', 'cpu_time_per_job': '10 h',
    'peak_memory': '2 GB', 'disk_total': '100 TB', 'crash_rate': '0.2 %',
}


look_for_plugins_once()
compile_templates_once()


@pytest.fixture(scope='session')
def made_once(database, tmp_path_factory):
    """An upgraded environment with four users and no campaign, on disk."""
    path = tmp_path_factory.mktemp('made') / 'trac'
    env = Environment(str(path), create=True, options=[
        *OPTIONS, ('trac', 'database', database.new())])
    lines = []
    for user in USERS:
        session = DetachedSession(env, None)
        session.get_session(user, authenticated=True)
        session.set('email', f'{user}@example.org')
        for name in VERIFIED:
            session.set(name, f'{user}@example.org')
        session.save()
        lines.append(f'{user}:{demo.md5crypt(user, "salt", "$apr1$")}\n')
    (path / 'conf' / 'demo.htpasswd').write_text(''.join(lines))
    PermissionSystem(env).grant_permission('coordinator', 'TRAC_ADMIN')
    PermissionSystem(env).grant_permission('eve', 'TICKET_ADMIN')
    PermissionSystem(env).grant_permission('eve', 'MILESTONE_ADMIN')
    env.shutdown()
    return path


@pytest.fixture
def path(made_once, copy_environment, tmp_path):
    """A fresh copy of that environment's folder, and of its database."""
    return copy_environment(made_once, tmp_path / 'trac')


@pytest.fixture
def env(path):
    """A real environment on a real database."""
    env = Environment(str(path))
    yield env
    env.shutdown()


@pytest.fixture
def system(env):
    return CampaignSystem(env)


@pytest.fixture
def create(system):
    """A factory of campaigns, with anna and bruno as contacts."""
    def factory(name=NAME, contacts=CONTACTS, actor='coordinator', **given):
        return system.create(Wish(name, 'path-to-production',
                                  contacts=contacts, **given), actor)
    return factory


@pytest.fixture
def campaign(create, system):
    """The seven tickets of `2011 Prod` exist; nothing is signed."""
    return dict(zip(CONTACTS, create()))


@pytest.fixture
def sign(system):
    """Signs requirements, each by its first contact, or by a person."""
    def signing(*keys, name=NAME, person=None):
        for key in keys:
            system.sign(name, key, person or CONTACTS[key][0], False, 'Fine.')
    return signing


@pytest.fixture
def sign_elsewhere(path):
    """Signs on another node; a thread shares its connections with none."""
    env = Environment(str(path))
    with ThreadPoolExecutor(1) as pool:
        yield lambda *given: pool.submit(
            CampaignSystem(env).sign, NAME, *given, False, 'Fine.').result()
    env.shutdown()


@pytest.fixture
def full(system):
    """The nine tickets of a campaign that asks for evidence and a quorum."""
    return dict(zip(FULL_CONTACTS, system.create(
        Wish(FULL, 'full', 'V1', contacts=FULL_CONTACTS,
             template_text=FULL_TEXT), 'coordinator')))


@pytest.fixture
def attach(env):
    """Attaches files to a ticket, each holding its own name."""
    def attaching(ticket, *names):
        for name in names:
            attachment = Attachment(env, 'ticket', ticket)
            data = name.encode()
            attachment.insert(name, io.BytesIO(data), len(data))
    return attaching


@pytest.fixture
def saying_for(system, attach):
    """What its contacts could say of a requirement that asks for much."""
    def make(key, value=None, name=FULL):
        requirement = system.requirement(name, key)
        asks = requirement.asks
        if asks.plots:
            with contextlib.suppress(TracError):  # attached already
                attach(requirement.ticket, 'new.png', 'old.png')
        return Saying(Verdict.APPROVED, 'Fine.', Typed(
            {v.name: value or VALUES[v.name] for v in asks.values},
            dict.fromkeys(asks.plots, ('new.png', 'old.png')),
            dict.fromkeys(asks.links, 'https://example.org/report')))
    return make


@pytest.fixture
def sign_full(system, saying_for):
    """Signs requirements with all they ask for, by as many as they need."""
    def signing(*keys, value=None, name=FULL):
        for key in keys:
            requirement = system.requirement(name, key)
            for person in requirement.contacts[:requirement.quorum]:
                system.say(name, key, Person(person),
                           saying_for(key, value, name))
    return signing


@pytest.fixture
def gate(system):
    """Tells whether a gate is open: of a stage, or the launch gate."""
    def answer(stage='', name=NAME):
        decision = system.decision(name)
        return (decision.gate(stage) if stage else decision.launch).open
    return answer


@pytest.fixture
def verbs(system):
    """The verbs of a campaign's ledger, oldest first."""
    def answer(name=NAME):
        return [e.verb for e in system.ledger(name)]
    return answer


@pytest.fixture
def stored(env):
    """What the database itself says of a milestone's completion."""
    def completed(stage, name=NAME):
        rows = env.db_query("SELECT completed FROM milestone WHERE name "
                            "LIKE %s", (f'{name}: {stage}.%',))
        return [bool(row[0]) for row in rows]
    return completed


@pytest.fixture
def admin(env, capsys):
    """Runs a trac-admin command; gives its exit code, output and errors."""
    def run(*args):
        capsys.readouterr()
        code = console.run([env.path, *args])
        out, err = capsys.readouterr()
        return code, out, err
    return run


@pytest.fixture
def ticket(env):
    """Reads a ticket anew from the database."""
    return lambda id_: Ticket(env, id_)


@pytest.fixture
def milestone(env):
    """Reads the milestone of a stage anew, by the stage's number."""
    def read(number, name=NAME):
        titles = ['Software preparation', 'Release validation',
                  'pre-production']
        return Milestone(env, f'{name}: {number}. {titles[number - 1]}')
    return read


@pytest.fixture
def request_of(env):
    """A request as Trac's own tests make them, for plugins' entry points."""
    def make(user, **args):
        return MockRequest(env, authname=user, method='POST', args=args)
    return make


class Server(TracHTTPServer):
    """As tracd's, but closing it waits for the requests under way.

    Trac's connection pool belongs to the process: an environment that is
    shut down meanwhile would close connections that they still use.
    """

    daemon_threads = False


@contextlib.contextmanager
def serving(path):
    """The address of a real tracd-like server of an environment."""
    server = Server(('127.0.0.1', 0), demo.application(str(path)), None,
                    [str(path)])
    server.RequestHandlerClass.log_message = lambda *args: None
    thread = threading.Thread(target=server.serve_forever,
                              args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f'http://127.0.0.1:{server.server_port}'
    finally:
        server.shutdown()
        server.server_close()
        forget(path)


@pytest.fixture
def site(path, env):
    """The address of a server of this environment."""
    with serving(path) as address:
        yield address


@pytest.fixture
def client(site):
    """A factory of HTTP clients, each logged in as somebody."""
    return lambda user=None: Client(site, user)


@pytest.fixture
def unused_tcp_port_number():
    """A port on loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]
