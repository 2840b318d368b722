"""Columns that an upgrade adds to the tables of an earlier version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trac.db.api import DatabaseManager

LONG = 'long text'


def add_columns(env: Any, cursor: Any,
                wanted: Mapping[str, Mapping[str, str]]) -> None:
    """Add the columns that are missing: by table, name and type."""
    manager = DatabaseManager(env)
    for table, columns in wanted.items():
        known = manager.get_column_names(table)
        for name, kind in columns.items():
            if name not in known:
                cursor.execute(f'ALTER TABLE {table} ADD COLUMN {name} '
                               f'{_kind(env, kind)}')


def _kind(env: Any, kind: str) -> str:
    """The type of a column; MariaDB's own `text` ends after 64 kB."""
    if kind != LONG:
        return kind
    scheme = DatabaseManager(env).connection_uri.partition(':')[0]
    return 'mediumtext' if scheme == 'mysql' else 'text'
