"""Deployment: two gunicorn nodes behind nginx, on one database.

`contrib/deployment` holds the files; only ports and paths are filled in.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from trac.env import Environment
from trac.perm import PermissionSystem
from trac.web.session import DetachedSession

from prodworkflow import demo
from support.database_servers import MariaDB, Postgres
from support.http_client import Client

EXAMPLES = Path(__file__).parents[2] / 'contrib' / 'deployment'
TESTS = Path(__file__).parents[1]
WAIT = 30
# Each on a worker of its own where pytest has several.
KINDS = [pytest.param(kind, marks=pytest.mark.xdist_group(kind))
         for kind in ('sqlite', 'server')]
SERVERS = {kind.name: kind for kind in (Postgres, MariaDB)}
PATH = os.pathsep.join([os.environ.get('PATH', ''), '/usr/sbin'])


def pytest_addoption(parser):
    group = parser.getgroup('prodworkflow')
    group.addoption('--seed', type=int, default=7,
                    help='what the clients of the races do (default: 7)')
    group.addoption('--seconds', type=float, default=30,
                    help='how long the races last (default: 30)')
    group.addoption('--nodes-on', choices=[*SERVERS], default='postgres',
                    help='the server behind the nodes (default: postgres)')
    group.addoption('--every', type=int, default=1,
                    help='strike at every n-th statement (default: 1)')


@pytest.fixture(scope='session')
def shared(request):
    """A database server of this test run's own, behind all nodes."""
    kind = SERVERS[request.config.getoption('--nodes-on')]
    pytest.importorskip(kind.driver)
    pytest.importorskip('gunicorn')
    server = kind()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope='module')
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp('nodes')


class Deployment:
    """A shared environment, and the nodes and the nginx that serve it."""

    def __init__(self, folder, database, users, grants):
        self.folder = Path(folder)
        self.env_path = self.folder / 'env'
        self.htpasswd = self.folder / 'htpasswd'
        self._running = []
        make_environment(self.env_path, database, users, grants,
                         self.htpasswd)

    def node(self, name, workers=2, more='', app='wsgi', **variables):
        """Start a gunicorn node of the example; its address.

        `more` is appended to its configuration.
        """
        port = free_port()
        place = self.folder / name
        place.mkdir()
        self._fill('wsgi.py', place, {'/srv/trac/env': self.env_path})
        self._fill('gunicorn.conf.py', place, {
            '127.0.0.1:8001': f'127.0.0.1:{port}',
            'workers = 4': f'workers = {workers}'}, more)
        self._start(place / 'log', [
            sys.executable, '-W', 'ignore', '-m', 'gunicorn', '--config',
            'gunicorn.conf.py', f'{app}:application'], port, cwd=place,
            env={**os.environ, 'PYTHONPATH': os.pathsep.join(
                [str(place), str(TESTS)]), 'HOME': str(place),
                'XDG_RUNTIME_DIR': str(place), **variables})
        return f'127.0.0.1:{port}'

    def nginx(self, *nodes):
        """Start the nginx of the example before two nodes; its address."""
        port = free_port()
        place = self.folder / 'nginx'
        place.mkdir()
        first, second = nodes
        self._fill('nginx.conf', place, {
            '127.0.0.1:8080': f'127.0.0.1:{port}',
            '127.0.0.1:8001': first, '127.0.0.1:8002': second,
            '/srv/trac/htpasswd': self.htpasswd})
        user = 'user root;' if os.getuid() == 0 else ''
        temporary = ''.join(f'{kind}_temp_path {place}/{kind};\n' for kind in
                            ('client_body', 'proxy', 'fastcgi', 'uwsgi',
                             'scgi'))
        (place / 'main.conf').write_text(
            f'{user}\npid {place}/pid;\nerror_log {place}/log;\n'
            'daemon off;\nworker_processes 1;\nevents {}\nhttp {\n'
            f'access_log off;\n{temporary}include {place}/nginx.conf;\n}}\n')
        self._start(place / 'out', [
            shutil.which('nginx', path=PATH), '-e', place / 'log', '-c',
            place / 'main.conf'], port)
        return f'http://127.0.0.1:{port}'

    def log(self, name):
        """What a node has written."""
        return (self.folder / name / 'log').read_text(errors='replace')

    def stop(self):
        for process in reversed(self._running):
            process.send_signal(signal.SIGTERM)
        for process in reversed(self._running):
            try:
                process.wait(WAIT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()

    def environment(self):
        """The environment as this process opens it; to be shut down."""
        return contextlib.closing(_Opened(self.env_path))

    def _fill(self, name, place, values, more=''):
        text = (EXAMPLES / name).read_text()
        for placeholder, value in values.items():
            assert placeholder in text, f'{name} has no {placeholder}'
            text = text.replace(placeholder, str(value))
        (place / name).write_text(text + more)

    def _start(self, log, command, port, **how):
        with open(log, 'wb') as out:
            process = subprocess.Popen([str(c) for c in command],
                                       stdin=subprocess.DEVNULL, stdout=out,
                                       stderr=out, **how)
        self._running.append(process)
        until = time.monotonic() + WAIT
        while not listening(port):
            said = log.read_text(errors='replace')
            assert process.poll() is None, said
            assert time.monotonic() < until, said
            time.sleep(0.05)


class _Opened(Environment):
    def __init__(self, path):
        super().__init__(str(path))

    def close(self):
        self.shutdown()


def make_environment(path, database, users, grants, htpasswd):
    """An upgraded environment with these users, each their own password.

    `grants` are pairs of a user and a permission.
    """
    env = Environment(str(path), create=True, options=[
        ('project', 'name', 'Nodes'), ('trac', 'database', database),
        ('logging', 'log_type', 'stderr'), ('logging', 'log_level', 'WARNING'),
        ('components', 'prodworkflow.*', 'enabled'),
        ('components', 'tracopt.ticket.*', 'enabled')])
    lines = []
    for user in users:
        session = DetachedSession(env, None)
        session.get_session(user, authenticated=True)
        session.set('email', f'{user}@example.org')
        session.save()
        lines.append(f'{user}:{demo.md5crypt(user, "salt", "$apr1$")}\n')
    for user, permission in grants:
        PermissionSystem(env).grant_permission(user, permission)
    env.shutdown()
    htpasswd.write_text(''.join(lines))


def logged_in(node, user):
    """A client that a node takes for a user, as nginx would name them."""
    client = Client(f'http://{node}', follow=False)
    client.opener.addheaders = [('X-Remote-User', user)]
    client.get('/login')
    client.opener.addheaders = []
    return client


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(('127.0.0.1', port)) == 0


def need(*programs):
    """Skip (in CI: fail) where a program of the operating system lacks.

    Debian keeps servers where only root looks.
    """
    for program in programs:
        if shutil.which(program, path=PATH) is None:
            pytest.skip(f'needs the Debian package {program}')


def tracebacks(text):
    """The tracebacks in a log or page, each with its last line."""
    return re.findall(r'(?s)Traceback \(most recent.*?\n(?=\S)[^\n]*', text)
