"""Fault injection: kills or cuts off a worker at a chosen SQL statement.

This is the example's application, for tests only, and only in workers that
they start: the file that `PRODWORKFLOW_TEST_ORDERS` names says, as JSON, in
the request for which `path` which statement, counted from 1 and with each
COMMIT, meets what `act`: `kill` is `kill -9` of the worker, `cut` ends its
connection in the database.  What was struck is written beside the file, as
`.struck`.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pkgutil
import signal
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from trac.db.mysql_backend import MySQLConnection
from trac.db.postgres_backend import PostgreSQLConnection
from trac.db.sqlite_backend import PyFormatCursor, SQLiteConnection
from trac.db.util import IterableCursor
from trac.env import Environment, open_environment

import prodworkflow
from support.environment_copies import uri_of

ORDERS = Path(os.environ['PRODWORKFLOW_TEST_ORDERS'])
STRUCK = ORDERS.with_suffix('.struck')


class Fate:
    """Counts the statements of the request that is to be struck."""

    def __init__(self):
        self.left = 0
        self.act = ''

    def begins(self, path):
        orders = json.loads(ORDERS.read_text())
        meant = orders.get('path') == path
        self.left, self.act = (orders['at'], orders['act']) if meant else (
            0, '')

    def passes(self, statement, connection):
        if not self.act:
            return
        self.left -= 1
        if not self.left:
            act, self.act = self.act, ''
            getattr(self, act)(connection, statement)

    def kill(self, connection, statement):
        STRUCK.write_text(statement)
        os.kill(os.getpid(), signal.SIGKILL)

    def cut(self, connection, statement):
        uri = urlsplit(uri_of(Path(os.environ['TRAC_ENV'])))
        {'postgres': _cut_postgres, 'mysql': _cut_mariadb}[uri.scheme](
            connection, uri)
        STRUCK.write_text(statement)


def _cut_postgres(connection, uri):
    import psycopg2
    with contextlib.closing(psycopg2.connect(
            connection.dsn, password=uri.password)) as other:
        other.autocommit = True
        other.cursor().execute('SELECT pg_terminate_backend(%s, 5000)',
                               (connection.get_backend_pid(),))


def _cut_mariadb(connection, uri):
    import pymysql
    with contextlib.closing(pymysql.connect(
            host=uri.hostname, port=uri.port, user=uri.username,
            password=uri.password)) as other, other.cursor() as cursor:
        cursor.execute(f'KILL {connection.thread_id()}')
        while cursor.execute("""SELECT id FROM information_schema.processlist
                                WHERE id=%s""", (connection.thread_id(),)):
            time.sleep(0.01)


FATE = Fate()


def _watch(cursor, name, connection_of):
    former = getattr(cursor, name)

    def watched(self, sql, *args, **named):
        FATE.passes(sql, connection_of(self))
        return former(self, sql, *args, **named)
    setattr(cursor, name, watched)


def _watch_commit(connection):
    def commit(self):
        FATE.passes('COMMIT', self.cnx)
        return self.cnx.commit()
    connection.commit = commit


for _name in ('execute', 'executemany'):
    _watch(IterableCursor, _name, lambda self: self.cursor.connection)
    _watch(PyFormatCursor, _name, lambda self: self.connection)
for _connection in (MySQLConnection, PostgreSQLConnection, SQLiteConnection):
    _watch_commit(_connection)


def application(environ, start_response):
    """The example's application; the orders are read at each request."""
    import wsgi
    FATE.begins(environ['PATH_INFO'])
    try:
        return wsgi.application(environ, start_response)
    finally:
        FATE.act = ''


def preload():
    """Open the environment before workers are forked: they start at once."""
    import wsgi  # names the environment
    open_environment(os.environ['TRAC_ENV'], use_cache=True).shutdown()
    return wsgi


def upgrades():
    """Upgrade environments on demand, each in a process that is struck.

    Reads lines of a folder and a statement's number; answers each with how
    the process ended: 0 when nothing struck it, -9 when it was killed.
    """
    for module in pkgutil.walk_packages(prodworkflow.__path__,
                                        'prodworkflow.'):
        importlib.import_module(module.name)
    for line in sys.stdin:
        number, folder = line.rstrip('\n').split(' ', 1)
        child = os.fork()
        if not child:
            _upgrade(folder, int(number))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _upgrade(folder, number):
    code = 1
    try:
        env = Environment(folder)
        FATE.left, FATE.act = number, 'kill'
        env.upgrade()
        FATE.act = ''
        env.shutdown()
        code = 0
    finally:
        os._exit(code)


if __name__ == '__main__':
    upgrades()
elif 'PRODWORKFLOW_TEST_PRELOAD' in os.environ:
    preload()
