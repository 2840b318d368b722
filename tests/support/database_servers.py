"""Database servers: PostgreSQL and MariaDB on loopback for one test run.

Each is started from Debian's packages on a free port, its data in a folder of
its own, and keeps nothing safe from a power cut: that makes it fast.
pytest-postgresql and pytest-mysql start their servers as whoever runs pytest,
which PostgreSQL refuses for root, as in CI; so they are started here, as the
users that Debian's packages make for them.
"""

from __future__ import annotations

import contextlib
import glob
import gzip
import itertools
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

PATIENCE = 60
USER = 'trac'


class Sqlite:
    """No server: the database lies in the environment's own folder.

    It waits for no disk; what a test writes need outlive no power cut.
    """

    name = 'sqlite'

    def start(self):
        pass

    def stop(self):
        pass

    def new(self):
        return 'sqlite:db/trac.db?synchronous=off'

    def copy(self, uri):
        return uri

    def drop(self, uri):
        pass

    def restore_hotcopy(self, folder, uri):
        return uri


def piped(command, target=None, source=None, **environ):
    """Run a client's program, from and to files."""
    with contextlib.ExitStack() as files:
        out = files.enter_context(target.open('wb')) if target else None
        subprocess.run(
            command, input=source, stdout=out or subprocess.DEVNULL,
            check=True, env={**os.environ, **environ}, timeout=PATIENCE)


class Server:
    """What the two servers have in common; connection strings name bases."""

    name: str
    driver: str  # the Python module
    package: str
    owner: str  # the user that Debian's package makes
    at_once: int  # the signal that waits for no connection

    def __init__(self):
        self.password = secrets.token_hex(8)
        self.folder = Path(tempfile.mkdtemp(prefix=f'{self.name}-'))
        self.data = self.folder / 'data'
        self.log = self.folder / 'log'
        self.numbers = itertools.count(1)
        self.port = 0
        self.process = None
        self.identity = {}
        if os.getuid() == 0:
            account = self.account()
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.identity = {'user': account.pw_uid, 'group': account.pw_gid,
                             'extra_groups': []}

    def program(self, name, *folders):
        """The path of one of the server's programs."""
        found = [p for f in folders for p in sorted(glob.glob(f'{f}/{name}'))]
        program = found[-1] if found else shutil.which(name)
        if not program:
            raise self.absent(name)
        return program

    def account(self):
        """Whom the server runs as where root may not run it."""
        try:
            return pwd.getpwnam(self.owner)
        except KeyError:
            raise self.absent(f'the user {self.owner}') from None

    def absent(self, what):
        return RuntimeError(f'{what} is not there; install Debian\'s package '
                            f'{self.package}.')

    def run(self, *command):
        """Run a program of the server's to its end."""
        with self.log.open('ab') as log:
            done = subprocess.run(command, stdout=log, stderr=log,
                                  cwd=self.folder, **self.identity)
        if done.returncode:
            raise self.failed(command[0])

    def failed(self, what):
        """The error that tells what the server's log ends with."""
        return RuntimeError(f'{what} failed:\n'
                            + self.log.read_text(errors='replace')[-3000:])

    def start(self):
        self.prepare()
        for _ in range(3):  # another may take the port before the server
            with socket.socket() as probe:
                probe.bind(('127.0.0.1', 0))
                self.port = probe.getsockname()[1]
            if self.serve():
                return
        raise self.failed(self.name)

    def serve(self):
        """Start the server on its port; whether it answers."""
        with self.log.open('ab') as log:
            self.process = subprocess.Popen(
                self.command(), stdout=log, stderr=log, cwd=self.folder,
                **self.identity)
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            with contextlib.suppress(*self.not_yet()):
                self.execute('SELECT 1')
                return True
            time.sleep(0.05)
        self.stop_process()
        return False

    def stop(self):
        self.stop_process()
        shutil.rmtree(self.folder, ignore_errors=True)

    def halt(self):
        """Stop without waiting for who is connected, to start again."""
        self.process.send_signal(self.at_once)
        self.process.wait(PATIENCE)

    def stop_process(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def uri(self, base):
        return (f'{self.scheme}://{USER}:{self.password}@127.0.0.1:'
                f'{self.port}/{base}{self.parameters}')

    @staticmethod
    def base(uri):
        """The name of the database that a connection string names."""
        return uri.rpartition('/')[2].partition('?')[0]

    def new_base(self):
        return f'trac_{next(self.numbers)}'


class Postgres(Server):
    """PostgreSQL, spoken to by psycopg2."""

    name = 'postgres'
    driver = 'psycopg2'
    package = 'postgresql'
    owner = 'postgres'
    at_once = signal.SIGINT
    scheme = 'postgres'
    parameters = ''

    def program(self, name, *folders):
        return super().program(name, *folders,
                               '/usr/lib/postgresql/*/bin')

    def prepare(self):
        secret = self.folder / 'password'
        secret.write_text(self.password)
        self.run(self.program('initdb'), '-D', str(self.data), '-U', USER,
                 f'--pwfile={secret}', '--auth=md5', '-E', 'UTF8',
                 '--locale=C.UTF-8', '--no-sync')

    def command(self):
        settings = {'listen_addresses': '127.0.0.1', 'port': self.port,
                    'unix_socket_directories': self.folder, 'fsync': 'off',
                    'synchronous_commit': 'off', 'full_page_writes': 'off',
                    'autovacuum': 'off'}
        return [self.program('postgres'), '-D', str(self.data),
                *(f'--{name}={value}' for name, value in settings.items())]

    def not_yet(self):
        import psycopg2
        return (psycopg2.OperationalError,)

    @contextlib.contextmanager
    def connected(self, base='postgres'):
        """A cursor of a connection that commits what it does."""
        import psycopg2
        with contextlib.closing(psycopg2.connect(
                host='127.0.0.1', port=self.port, user=USER,
                password=self.password, dbname=base)) as connection:
            connection.autocommit = True
            yield connection.cursor()

    def execute(self, *statements, base='postgres'):
        with self.connected(base) as cursor:
            for statement in statements:
                cursor.execute(statement)

    def new(self):
        base = self.new_base()
        self.execute(f'CREATE DATABASE {base}')
        return self.uri(base)

    def copy(self, uri):
        base = self.new_base()
        self.execute(f'CREATE DATABASE {base} TEMPLATE {self.base(uri)}')
        return self.uri(base)

    def drop(self, uri):
        self.execute(f'DROP DATABASE IF EXISTS {self.base(uri)} WITH (FORCE)')

    def client(self, name, *more):
        return [name, '-h', '127.0.0.1', '-p', str(self.port), '-U', USER,
                *more]

    def dump(self, uri, target):
        piped(self.client('pg_dump', self.base(uri)), target,
              PGPASSWORD=self.password)

    def restore(self, sql):
        """A fresh database with what was dumped."""
        uri = self.new()
        piped(self.client('psql', '-q', '-v', 'ON_ERROR_STOP=1',
                          self.base(uri)), source=sql,
              PGPASSWORD=self.password)
        return uri

    def restore_hotcopy(self, folder, uri):
        """Trac's backup makes the database anew, under its former name."""
        self.drop(uri)
        packed = (folder / 'db' / 'postgres-db-backup.sql.gz').read_bytes()
        piped(self.client('psql', '-q', 'postgres'),
              source=gzip.decompress(packed), PGPASSWORD=self.password)
        return uri


class MariaDB(Server):
    """MariaDB, spoken to by PyMySQL."""

    name = 'mariadb'
    driver = 'pymysql'
    package = 'mariadb-server'
    owner = 'mysql'
    at_once = signal.SIGTERM
    scheme = 'mysql'
    parameters = '?charset=utf8mb4'

    @property
    def tmpdir(self):
        """A server that starts removes the temporary tables that lie there.

        So a folder for each, or it would remove another's.
        """
        return f'--tmpdir={self.folder}'

    def prepare(self):
        self.run(self.program('mariadb-install-db'), '--no-defaults',
                 f'--datadir={self.data}', '--skip-test-db',
                 '--auth-root-authentication-method=socket', self.tmpdir)
        (self.folder / 'first.sql').write_text(
            f"CREATE USER IF NOT EXISTS '{USER}'@'127.0.0.1' "
            f"IDENTIFIED BY '{self.password}';\n"
            f"GRANT ALL ON *.* TO '{USER}'@'127.0.0.1';\n")

    def command(self):
        return [self.program('mariadbd', '/usr/sbin'), '--no-defaults',
                f'--datadir={self.data}', self.tmpdir,
                '--bind-address=127.0.0.1',
                f'--port={self.port}', f'--socket={self.folder}/socket',
                f'--pid-file={self.folder}/pid',
                f'--init-file={self.folder}/first.sql',
                '--skip-name-resolve', '--skip-log-bin',
                '--skip-innodb-file-per-table', '--skip-innodb-doublewrite',
                '--innodb-flush-log-at-trx-commit=0',
                '--innodb-fast-shutdown=2', '--debug-no-sync',
                '--innodb-print-all-deadlocks',
                '--skip-sync-frm']

    def not_yet(self):
        import pymysql
        return (pymysql.err.OperationalError,)

    @contextlib.contextmanager
    def connected(self, base=None):
        """A cursor of a connection that commits what it does."""
        import pymysql
        with contextlib.closing(pymysql.connect(
                host='127.0.0.1', port=self.port, user=USER, database=base,
                password=self.password, charset='utf8mb4',
                autocommit=True)) as connection:
            yield connection.cursor()

    def execute(self, *statements):
        answer = ()
        with self.connected() as cursor:
            for statement in statements:
                cursor.execute(statement)
                answer = cursor.fetchall()
        return answer

    def new(self):
        base = self.new_base()
        self.execute(f'CREATE DATABASE {base} CHARACTER SET utf8mb4 '
                     'COLLATE utf8mb4_bin')
        return self.uri(base)

    def copy(self, uri):
        """Tables one by one: MariaDB copies no database as a whole."""
        old, new = self.base(uri), self.new()
        tables = [t for t, in self.execute(f'SHOW TABLES FROM {old}')]
        self.execute(*(statement for t in tables for statement in (
            f'CREATE TABLE {self.base(new)}.`{t}` LIKE {old}.`{t}`',
            f'INSERT INTO {self.base(new)}.`{t}` SELECT * FROM {old}.`{t}`')))
        return new

    def drop(self, uri):
        self.execute(f'DROP DATABASE IF EXISTS {self.base(uri)}')

    def client(self, name, *more):
        return [name, '--no-defaults', '--protocol=tcp', '-h', '127.0.0.1',
                '-P', str(self.port), '-u', USER,
                '--default-character-set=utf8mb4', *more]

    def dump(self, uri, target):
        piped(self.client('mysqldump', '--single-transaction',
                          self.base(uri)), target, MYSQL_PWD=self.password)

    def restore(self, sql):
        """A fresh database with what was dumped."""
        uri = self.new()
        piped(self.client('mysql', self.base(uri)), source=sql,
              MYSQL_PWD=self.password)
        return uri

    def restore_hotcopy(self, folder, uri):
        return self.restore((folder / 'db' / 'mysql-db-backup.sql')
                            .read_bytes())


KINDS = {kind.name: kind for kind in (Sqlite, Postgres, MariaDB)}
