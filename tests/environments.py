"""Environments that tests make, and how one is copied with its database."""

from __future__ import annotations

import shutil

OPTIONS = [
    ('project', 'name', 'Tests'),
    ('components', 'prodworkflow.*', 'enabled'),
    ('components', 'tracopt.ticket.*', 'enabled'),
]
# Where a plugin keeps which address of a user it has verified.
VERIFIED = []


def copied(database, source, target):
    """Copy an environment's folder and database; the connection string."""
    shutil.copytree(source, target)
    new = database.copy(uri_of(target))
    point(target, new)
    return new


def point(folder, uri):
    """Let an environment use another database."""
    ini = folder / 'conf' / 'trac.ini'
    text = ini.read_text(encoding='utf-8')
    ini.write_text(text.replace(f'database = {uri_of(folder)}\n',
                                f'database = {uri}\n'), encoding='utf-8')


def uri_of(folder):
    """The connection string of an environment's database."""
    text = (folder / 'conf' / 'trac.ini').read_text(encoding='utf-8')
    return next(line.partition('=')[2].strip() for line in text.splitlines()
                if line.startswith('database ='))
