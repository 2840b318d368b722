"""Database pool: copies that tests have given back, for other tests.

To make a database takes longer than most tests do. So a copy that is no
longer needed is compared with what it was copied from, and what differs is put
back; where the tables themselves differ it is dropped after all.
"""

from __future__ import annotations

import contextlib
import io
import re
from functools import lru_cache

# What is deleted lies about until a server tidies up, and slows it down.
LIVES = 40


class Spares:
    """A server whose copies of databases are used again."""

    def __init__(self, server):
        self.server = server
        self.mend = {'postgres': PostgresMender, 'mariadb': MariaMender}.get(
            server.name, NoMender)(server)
        self.source, self.spare, self.used = {}, {}, {}

    def __getattr__(self, name):
        return getattr(self.server, name)

    def copy(self, uri):
        """A database that holds what `uri` held when first copied."""
        spare = self.spare.setdefault(uri, [])
        copy = spare.pop() if spare else self.server.copy(uri)
        self.source[copy] = uri
        self.used[copy] = self.used.get(copy, 0) + 1
        return copy

    def drop(self, uri):
        """Give a database back, for good or to be copied anew."""
        source = self.source.pop(uri, None)
        if source and self.used[uri] < LIVES and self.mend(uri, source):
            self.spare[source].append(uri)
        elif uri not in self.spare_ones():
            self.server.drop(uri)

    def spare_ones(self):
        return {uri for spare in self.spare.values() for uri in spare}


class NoMender:
    """Where a copy is a file beside others, none is used again."""

    def __init__(self, server):
        pass

    def __call__(self, uri, source):
        return False


class PostgresMender:
    """Makes one database equal to another; False if its tables differ."""

    TABLES = "SELECT tablename FROM pg_tables WHERE schemaname='public'"
    OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname=current_database() AND pid<>pg_backend_pid()"""
    SHAPE = """
        SELECT c.relname, c.relkind::text, a.attname, a.attnum,
               format_type(a.atttypid, a.atttypmod), a.attnotnull::text
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid=c.oid
        WHERE c.relnamespace='public'::regnamespace AND NOT a.attisdropped
        UNION ALL SELECT tgname, 'trigger', '', 0, '', '' FROM pg_trigger
        UNION ALL SELECT proname, 'function', '', 0, '', '' FROM pg_proc
        WHERE pronamespace='public'::regnamespace
        ORDER BY 1, 2, 3, 4
        """
    NUMBERS = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"

    def __init__(self, server):
        self.server = server
        self.original = lru_cache(maxsize=None)(self.original)

    def __call__(self, uri, source):
        with self.server.connected(self.server.base(uri)) as cursor:
            cursor.execute(self.OTHERS)
            shape, contents, numbers, rows = self.original(source)
            if self.asked(cursor, self.SHAPE) != shape:
                return False
            for table, *content in self.contents(cursor, rows):
                if content != contents[table]:
                    cursor.execute(f'DELETE FROM "{table}"')
                    cursor.copy_expert(f'COPY "{table}" FROM STDIN',
                                       io.StringIO(rows[table]))
            for (name, number), (_, now) in zip(
                    numbers, self.asked(cursor, self.NUMBERS)):
                if number != now:
                    cursor.execute('SELECT setval(%s, %s, %s)', (
                        name, number or 1, number is not None))
        return True

    def original(self, uri):
        """The shape, content, counters and rows of what was copied."""
        with self.server.connected(self.server.base(uri)) as cursor:
            rows = {}
            for table, in self.asked(cursor, self.TABLES):
                text = io.StringIO()
                cursor.copy_expert(f'COPY "{table}" TO STDOUT', text)
                rows[table] = text.getvalue()
            return (self.asked(cursor, self.SHAPE),
                    {t: c for t, *c in self.contents(cursor, rows)},
                    self.asked(cursor, self.NUMBERS), rows)

    def contents(self, cursor, tables):
        """Of each table, how many rows it has and a digest of them."""
        return self.asked(cursor, ' UNION ALL '.join(f"""
            SELECT '{table}', COUNT(*),
                   SUM(hashtextextended(t::text, 0)::numeric)
            FROM "{table}" AS t""" for table in tables))

    @staticmethod
    def asked(cursor, query):
        cursor.execute(query)
        return cursor.fetchall()


class MariaMender:
    """Makes one database equal to another; False if its tables differ."""

    def __init__(self, server):
        self.server = server
        self.original = lru_cache(maxsize=None)(self.original)

    def __call__(self, uri, source):
        base, old = map(self.server.base, (uri, source))
        with self.server.connected(base) as cursor:
            self.kill_others(cursor, base)
            shape, contents, numbers = self.original(source)
            shape_now, contents_now, numbers_now = self.state(cursor, base)
            if shape_now != shape:
                return False
            for table in contents:
                if contents_now[table] != contents[table]:
                    cursor.execute(f'DELETE FROM `{table}`')
                    cursor.execute(f'INSERT INTO `{table}` '
                                   f'SELECT * FROM {old}.`{table}`')
                if numbers_now[table] != numbers[table]:
                    cursor.execute(f'ALTER TABLE `{table}` '
                                   f'AUTO_INCREMENT={numbers[table] or 1}')
        return True

    def original(self, uri):
        with self.server.connected(self.server.base(uri)) as cursor:
            return self.state(cursor, self.server.base(uri))

    def state(self, cursor, base):
        """Shape, content and counters of a database, by its tables."""
        tables = [t for t, in self.asked(cursor, 'SHOW TABLES')]
        texts = {t: self.asked(cursor, f'SHOW CREATE TABLE `{t}`')[0][1]
                 for t in tables}
        counter = re.compile(r' AUTO_INCREMENT=(\d+)')
        shape = {t: counter.sub('', text) for t, text in texts.items()}
        found = {t: counter.search(text) for t, text in texts.items()}
        sums = self.asked(cursor, 'CHECKSUM TABLE ' + ', '.join(
            f'`{t}`' for t in tables))
        return ((shape, self.asked(cursor, 'SHOW TRIGGERS')),
                {name.rpartition('.')[2]: sum_ for name, sum_ in sums},
                {t: int(f.group(1)) if f else None for t, f in found.items()})

    def kill_others(self, cursor, base):
        for number, in self.asked(cursor, f"""
                SELECT id FROM information_schema.processlist
                WHERE db='{base}' AND id<>CONNECTION_ID()"""):
            with contextlib.suppress(*self.server.not_yet()):
                cursor.execute(f'KILL {number}')

    @staticmethod
    def asked(cursor, query):
        cursor.execute(query)
        return cursor.fetchall()
