"""prodworkflow-demo: makes and serves a Trac with an example campaign."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import sys
import tempfile
import threading
from datetime import date, timedelta
from typing import Any

from trac.env import Environment
from trac.perm import PermissionSystem
from trac.util import md5crypt
from trac.web.auth import BasicAuthentication
from trac.web.main import dispatch_request
from trac.web.session import DetachedSession
from trac.web.standalone import (
    AuthenticationMiddleware,
    TracEnvironMiddleware,
    TracHTTPServer,
)

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.planning.request import CampaignRequest

CAMPAIGN = '2011 Prod'


USERS = ('coordinator', 'anna', 'bruno')


CONTACTS = {
    'feature-freeze': ('anna',), 'software-quality': ('anna',),
    'resources-estimate': ('anna',), 'release-validated': ('bruno',),
    'remote-sites-validated': ('bruno', 'anna'),
    'runtime-performance': ('bruno',), 'physics-results': ('anna', 'bruno'),
}


RELEASE = 'V1.0'
SIGNED = {
    'feature-freeze': 'Frozen; only critical bug fixes from here on.',
    'software-quality': 'Two leaks fixed; the third is small and tolerable.',
}


DAYS_AHEAD = 30


OPTIONS = [
    ('project', 'name', 'Production demonstration'),
    ('trac', 'database', 'sqlite:db/trac.db'),
    ('trac', 'default_handler', 'RoadmapModule'),
    ('header_logo', 'src', ''),
    ('components', 'prodworkflow.*', 'enabled'),
]


PORTS = (*range(8000, 8010), 0)


def main(argv: list[str] | None = None) -> int:
    """Make the demonstration where it is not there yet, and serve it."""
    parser = argparse.ArgumentParser(
        prog='prodworkflow-demo', description=main.__doc__)
    parser.add_argument('folder', nargs='?', default='demo-trac',
                        help='the Trac environment (default: %(default)s)')
    parser.add_argument('--port', type=int, default=None,
                        help='the port on 127.0.0.1 (default: a free one)')
    parser.add_argument('--prepare', action='store_true',
                        help='make the environment and leave')
    given = parser.parse_args(argv)
    folder = os.path.abspath(given.folder)
    try:
        prepare(folder)
    except ValueError as error:
        print(f'prodworkflow-demo: {error}', file=sys.stderr)
        return 2
    return 0 if given.prepare else serve(folder, given.port)


def prepare(folder: str) -> None:
    """Make the demonstration, whole or not at all; keep one that is there."""
    if os.path.isfile(os.path.join(folder, 'VERSION')):
        env = Environment(folder)
        if env.needs_upgrade():
            env.upgrade()
        env.shutdown()
        return
    if os.path.exists(folder) and os.listdir(folder):
        raise ValueError(f'{folder} exists and is no Trac environment; name '
                         'another folder.')
    parent = os.path.dirname(folder)
    os.makedirs(parent, exist_ok=True)
    draft = tempfile.mkdtemp(prefix='.demo-', dir=parent)
    try:
        _make(os.path.join(draft, 'trac'))
        if os.path.isdir(folder):
            os.rmdir(folder)
        os.rename(os.path.join(draft, 'trac'), folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def serve(folder: str, port: int | None = None) -> int:
    """Serve the environment on 127.0.0.1 until it is interrupted."""
    server = _bound(application(folder), folder, port)
    if server is None:
        print(f'prodworkflow-demo: port {port} is taken; name another one.',
              file=sys.stderr)
        return 2
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: threading.Thread(
            target=server.shutdown).start())
    print(_welcome(server.server_port), flush=True)
    server.serve_forever()
    server.server_close()
    print('Stopped. Start again to go on with what is there.', flush=True)
    return 0


def application(folder: str) -> Any:
    """The WSGI application that tracd would serve, with its passwords."""
    passwords = os.path.join(folder, 'conf', 'demo.htpasswd')
    name = os.path.basename(folder)
    return AuthenticationMiddleware(
        TracEnvironMiddleware(dispatch_request, None, [folder], True),
        {name: BasicAuthentication(passwords, 'demo')}, name)


def _make(folder: str) -> None:
    env = Environment(folder, create=True, options=OPTIONS)
    try:
        _add_users(env)
        _add_campaign(env)
    finally:
        env.shutdown()


def _add_users(env: Any) -> None:
    lines = []
    for user in USERS:
        session = DetachedSession(env, None)
        session.get_session(user, authenticated=True)
        session.set('name', user.capitalize())
        session.save()
        salt = secrets.token_hex(4)
        lines.append(f'{user}:{md5crypt(user, salt, "$apr1$")}\n')
    PermissionSystem(env).grant_permission(USERS[0], 'TRAC_ADMIN')
    path = os.path.join(env.path, 'conf', 'demo.htpasswd')
    with open(path, 'w', encoding='utf-8') as file:
        file.writelines(lines)


def _add_campaign(env: Any) -> None:
    system = CampaignSystem(env)
    start = (date.today() + timedelta(days=DAYS_AHEAD)).isoformat()
    system.create(CampaignRequest(CAMPAIGN, system.templates.offered()[0],
                                  RELEASE, start, contacts=CONTACTS),
                  USERS[0])
    for key, statement in SIGNED.items():
        system.sign(CAMPAIGN, key, CONTACTS[key][0], False, statement)


def _bound(served: Any, folder: str, port: int | None) -> Any:
    """A server on the wanted port, or on a free one; None if it is taken."""
    for number in PORTS if port is None else (port,):
        try:
            return TracHTTPServer(('127.0.0.1', number), served, None,
                                  [folder], use_http_11=True)
        except OSError:
            continue
    return None


def _welcome(port: int) -> str:
    users = '\n'.join(f'    {user:12} password: {user}' for user in USERS)
    return (f'\nThe demonstration Trac is at http://127.0.0.1:{port}/\n'
            f'Log in at                    http://127.0.0.1:{port}/login\n'
            f'{users}\n'
            'coordinator administers; anna and bruno are contacts.\n'
            'Stop it with Ctrl-C.\n')


if __name__ == '__main__':
    sys.exit(main())
