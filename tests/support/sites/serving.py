"""Serves a site: alone, or as one of several environments below a prefix."""

from __future__ import annotations

import contextlib
import threading

from trac.web.auth import BasicAuthentication
from trac.web.main import dispatch_request
from trac.web.standalone import (
    AuthenticationMiddleware,
    BasePathMiddleware,
    TracEnvironMiddleware,
)

from support.environment import Server
from support.environment_copies import forget
from support.http_client import Client
from support.sites.logins import FrontEnd, FrontEndClient

PREFIX = '/trac/projects'
PASSWORDS = 'demo.htpasswd'


def application(path, logins, several):
    """The WSGI application that tracd, or Apache behind a log-in, serves."""
    served = TracEnvironMiddleware(
        dispatch_request, str(path.parent) if several else None, [str(path)],
        not several)
    if logins.password_file:
        names = BasicAuthentication(str(path / 'conf' / PASSWORDS), 'site')
        served = AuthenticationMiddleware(
            served, {path.name: names}, None if several else path.name)
    else:
        served = FrontEnd(served)
    return BasePathMiddleware(served, PREFIX) if several else served


@contextlib.contextmanager
def served_site(path, logins, several=False):
    """A factory of clients of a site, each logged in as somebody."""
    server = Server(('127.0.0.1', 0), application(path, logins, several),
                    None, [str(path)])
    server.RequestHandlerClass.log_message = lambda *args: None
    thread = threading.Thread(target=server.serve_forever, args=(0.01,),
                              daemon=True)
    thread.start()
    below = f'{PREFIX}/{path.name}' if several else ''
    address = f'http://127.0.0.1:{server.server_port}{below}'
    kind = Client if logins.password_file else FrontEndClient
    try:
        yield lambda user: kind(address, user)
    finally:
        server.shutdown()
        server.server_close()
        for each in path.parent.iterdir():
            forget(each)
