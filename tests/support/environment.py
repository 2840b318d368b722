"""Trac environment: made once, copied for each test, served over real HTTP."""

from __future__ import annotations

import contextlib
import io
import socket
import threading

import pytest
from trac.admin import console
from trac.attachment import Attachment
from trac.env import Environment
from trac.perm import PermissionSystem
from trac.test import MockRequest
from trac.ticket.model import Ticket
from trac.web.session import DetachedSession
from trac.web.standalone import TracHTTPServer

from prodworkflow import demo
from support.environment_copies import (
    compile_templates_once,
    forget,
    look_for_plugins_once,
    look_for_young_garbage,
    OPTIONS,
    VERIFIED,
)
from support.http_client import Client

USERS = ('coordinator', 'anna', 'bruno', 'eve')

look_for_plugins_once()
compile_templates_once()
look_for_young_garbage()


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
def path(request, made_once, copy_environment, tmp_path):
    """A fresh copy of that environment's folder, and of its database.

    For tests that ask for `meeting` it has that campaign in it.
    """
    if 'meeting' in request.fixturenames:
        made_once = request.getfixturevalue('met_once')
    return copy_environment(made_once, tmp_path / 'trac')


@pytest.fixture
def env(path):
    """A real environment on a real database."""
    env = Environment(str(path))
    yield env
    env.shutdown()


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


@pytest.fixture
def attach(env):
    """Attaches files to a ticket, each holding its own name."""
    def attaching(ticket, *names):
        for name in names:
            attachment = Attachment(env, 'ticket', ticket)
            data = name.encode()
            attachment.insert(name, io.BytesIO(data), len(data))
    return attaching
