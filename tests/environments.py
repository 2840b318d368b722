"""Environments that tests make, and how one is copied with its database."""

from __future__ import annotations

import shutil

OPTIONS = [
    ('project', 'name', 'Tests'),
    ('components', 'prodworkflow.*', 'enabled'),
    ('components', 'tracopt.ticket.*', 'enabled'),
]


def copied(database, source, target):
    """Copy an environment's folder and database; the connection string."""
    shutil.copytree(source, target)
    ini = target / 'conf' / 'trac.ini'
    text = ini.read_text(encoding='utf-8')
    old = uri_of(text)
    new = database.copy(old)
    ini.write_text(text.replace(f'database = {old}\n',
                                f'database = {new}\n'), encoding='utf-8')
    return new


def uri_of(text):
    """The connection string in the text of a trac.ini."""
    return next(line.partition('=')[2].strip() for line in text.splitlines()
                if line.startswith('database ='))
