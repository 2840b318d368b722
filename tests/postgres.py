"""A PostgreSQL server of Debian's packages, on loopback, for a test run."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg2

ROLE = 'postgres'
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
max_connections = 100
deadlock_timeout = 200ms
log_min_messages = error
"""


def programs():
    """The folder of the newest server's programs, or None."""
    found = glob.glob('/usr/lib/postgresql/*/bin/initdb')
    if not found and shutil.which('initdb'):
        found = [shutil.which('initdb')]
    return Path(max(found)).parent if found else None


def free_port():
    """A port on loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Postgres:
    """One server with a data folder of its own; it refuses to run as root."""

    def __init__(self):
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix='prodworkflow-pg-'))
        self.data = self.folder / 'data'
        self.log = self.folder / 'log'
        self._as = {}
        if os.getuid() == 0:
            user = pwd.getpwnam(ROLE)
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self._as = {'user': user.pw_uid, 'group': user.pw_gid,
                        'extra_groups': []}
        self._run('initdb', '--pgdata', self.data, '--username', ROLE,
                  '--auth', 'trust', '--encoding', 'UTF8', '--no-sync',
                  '--locale', 'C.UTF-8')
        with open(self.data / 'postgresql.conf', 'a') as file:
            file.write(f'{SETTINGS}port = {self.port}\n')
        self.start()

    def start(self):
        self._run('pg_ctl', '--pgdata', self.data, '--log', self.log,
                  '--wait', '--silent', 'start')

    def stop(self, mode='fast'):
        self._run('pg_ctl', '--pgdata', self.data, '--mode', mode, '--wait',
                  '--silent', 'stop')

    def remove(self):
        """Stop for good, and leave nothing."""
        self.stop('immediate')
        shutil.rmtree(self.folder)

    def uri(self, database):
        """How `[trac] database` names a database of this server."""
        return f'postgres://{ROLE}@127.0.0.1:{self.port}/{database}'

    def execute(self, sql, *args, database='postgres'):
        """Run one statement outside any transaction; its rows, if any."""
        connection = psycopg2.connect(host='127.0.0.1', port=self.port,
                                      user=ROLE, dbname=database)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql, args)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def _run(self, program, *args):
        done = subprocess.run(
            [str(programs() / program), *map(str, args)], cwd='/',
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            stdin=subprocess.DEVNULL, timeout=60, check=False, **self._as)
        assert done.returncode == 0, f'{program}: {done.stdout}'
