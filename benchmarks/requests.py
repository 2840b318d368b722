"""Sends requests to Trac's own entry point, in this process.

CPU time includes the garbage collection that Trac itself does at the end of
each request, so what a plugin keeps in memory counts too.
"""

from __future__ import annotations

import io
import time
import urllib.parse
from dataclasses import dataclass
from wsgiref.util import setup_testing_defaults

from trac.db.util import IterableCursor
from trac.web.main import dispatch_request

TOKEN = 'b' * 24


@dataclass(frozen=True)
class Answer:
    """What came back, and what it cost.

    CPU seconds of this process, seconds that passed, SQL statements.
    """

    status: int
    text: str
    cpu: float = 0
    elapsed: float = 0
    statements: int = 0


class _Statements:
    """Counts what Trac's cursors are asked to execute."""

    count = 0

    @classmethod
    def watch(cls):
        for name in ('execute', 'executemany'):
            setattr(IterableCursor, name,
                    cls._counting(getattr(IterableCursor, name)))

    @classmethod
    def _counting(cls, method):
        def counted(cursor, *args):
            cls.count += 1
            return method(cursor, *args)
        return counted


_Statements.watch()


def ask(path, url, user, form=None):
    """One request to the environment in that folder, as that user."""
    environ = _environ(path, url, user, form)
    said, written = [], []

    def start_response(status, headers, exc_info=None):
        said.append(int(status.split()[0]))
        return written.append

    def serve():
        written.extend(dispatch_request(environ, start_response))

    cost = _cost(serve)
    return Answer(said[0], b''.join(written).decode(), *cost)


def call(function, *args):
    """What a function gives, and what it cost, as an `Answer`."""
    given = []
    cost = _cost(lambda: given.append(function(*args)))
    return Answer(200, given[0], *cost)


def _cost(function):
    before = _Statements.count
    started, begun = time.process_time(), time.perf_counter()
    function()
    return (time.process_time() - started, time.perf_counter() - begun,
            _Statements.count - before)


def _environ(path, url, user, form):
    where, _, query = url.partition('?')
    environ = {'PATH_INFO': where, 'QUERY_STRING': query, 'SCRIPT_NAME': '',
               'REMOTE_USER': user, 'REMOTE_ADDR': '127.0.0.1',
               'HTTP_COOKIE': f'trac_form_token={TOKEN}',
               'trac.env_path': path}
    setup_testing_defaults(environ)
    if form is not None:
        data = urllib.parse.urlencode({**form, '__FORM_TOKEN': TOKEN},
                                      doseq=True).encode()
        environ.update({
            'REQUEST_METHOD': 'POST', 'CONTENT_LENGTH': str(len(data)),
            'CONTENT_TYPE': 'application/x-www-form-urlencoded',
            'wsgi.input': io.BytesIO(data)})
    return environ
