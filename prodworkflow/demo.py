"""prodworkflow-demo: makes and serves a Trac with an example campaign."""

from __future__ import annotations

import argparse
import logging
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
from trac.ticket.model import Component, Milestone, Version
from trac.util import md5crypt
from trac.web.auth import BasicAuthentication
from trac.web.href import Href
from trac.web.main import dispatch_request
from trac.web.session import DetachedSession
from trac.web.standalone import (
    AuthenticationMiddleware,
    TracEnvironMiddleware,
    TracHTTP11RequestHandler,
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


WELCOME = '''
The demonstration Trac is at {site}/
Log in at                    {site}/login
    coordinator  password: coordinator
    anna         password: anna
    bruno        password: bruno
coordinator administers; anna and bruno are contacts.
To become somebody else:     http://bruno:bruno@{host}/login

Five things to try:
  anna: sign off #3           {site}/ticket/3
  anna: close #4, bruno's     {site}/ticket/4
  coordinator: close a stage  {site}/roadmap
  coordinator: plan another   {site}/admin/production/campaigns
  scripts: may it start?      {site}{page}/gate

Requests are listed in {log}
Stop it with Ctrl-C.
'''


class RequestHandler(TracHTTP11RequestHandler):
    """Trac's own, but requests and errors go to the access log."""

    def log_message(self, pattern: str, *args: Any) -> None:
        """Write a line as the standard library does, to a file."""
        line = (pattern % args).encode('unicode_escape').decode('ascii')
        self.server.access_log.info(
            '%s - - [%s] %s', self.address_string(),
            self.log_date_time_string(), line)


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
        _say(f'Going on with the demonstration in {folder}')
        env = Environment(folder)
        if env.needs_upgrade():
            _say('    upgrading it to this version of the plugin ...')
            env.upgrade()
        env.shutdown()
        return
    if os.path.exists(folder) and os.listdir(folder):
        raise ValueError(f'{folder} exists and is no Trac environment; name '
                         'another folder.')
    _say(f'Making the demonstration in {folder}')
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
    _say(_welcome(server.server_port, folder))
    server.serve_forever()
    server.server_close()
    _say('Stopped. Start again to go on with what is there.')
    return 0


def application(folder: str) -> Any:
    """The WSGI application that tracd would serve, with its passwords."""
    passwords = os.path.join(folder, 'conf', 'demo.htpasswd')
    name = os.path.basename(folder)
    return AuthenticationMiddleware(
        TracEnvironMiddleware(dispatch_request, None, [folder], True),
        {name: BasicAuthentication(passwords, 'demo')}, name)


def _say(line: str) -> None:
    print(line, flush=True)


def _make(folder: str) -> None:
    _say('    a Trac environment with the plugin ...')
    env = Environment(folder, create=True, options=OPTIONS)
    try:
        _remove_examples(env)
        _add_users(env)
        _add_campaign(env)
    finally:
        env.shutdown()


def _remove_examples(env: Any) -> None:
    """Delete the milestones and their like that Trac makes as examples."""
    for kind in (Milestone, Component, Version):
        for each in kind.select(env):
            each.delete()


def _add_users(env: Any) -> None:
    _say(f'    the users {", ".join(USERS)} ...')
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
    _say(f'    the campaign {CAMPAIGN}: its milestones and '
         f'{len(CONTACTS)} sign-off tickets ...')
    system.create(CampaignRequest(CAMPAIGN, system.templates.offered()[0],
                                  RELEASE, start, contacts=CONTACTS),
                  USERS[0])
    _say(f'    {len(SIGNED)} of the sign-offs ...')
    for key, statement in SIGNED.items():
        system.sign(CAMPAIGN, key, CONTACTS[key][0], False, statement)


def _bound(served: Any, folder: str, port: int | None) -> Any:
    """A server on the wanted port, or on a free one; None if it is taken."""
    for number in PORTS if port is None else (port,):
        try:
            server = TracHTTPServer(('127.0.0.1', number), served, None,
                                    [folder], use_http_11=True)
        except OSError:
            continue
        server.access_log = _access_log(folder)
        server.RequestHandlerClass = RequestHandler
        return server
    return None


def _log_file(folder: str) -> str:
    return os.path.join(folder, 'log', 'access.log')


def _access_log(folder: str) -> logging.Logger:
    """A logger of its own, which writes to no terminal."""
    log = logging.Logger('access')
    log.addHandler(logging.FileHandler(_log_file(folder), encoding='utf-8'))
    return log


def _welcome(port: int, folder: str) -> str:
    host = f'127.0.0.1:{port}'
    return WELCOME.format(site=f'http://{host}', host=host,
                          page=Href('').campaign(CAMPAIGN),
                          log=_log_file(folder))


if __name__ == '__main__':
    sys.exit(main())
