"""Consistent read: all statements of one block see one snapshot.

By themselves each would see what others committed last: half of an answer
could be older than the other half, and say what was never true. SQLite takes a
`BEGIN`, PostgreSQL and MariaDB the isolation level `REPEATABLE READ`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from trac.db.api import DatabaseManager


@contextmanager
def consistent_read(env: Any) -> Iterator[Any]:
    """Context manager: a connection whose statements see one snapshot.

    Where the thread holds a connection already, that one is used as it is:
    others have begun to read or write by it.
    """
    held = DatabaseManager(env)._transaction_local
    free = held.rdb is None and held.wdb is None
    with env.db_query as db, _one_snapshot(db) if free else nullcontext():
        yield db


def _one_snapshot(db: Any) -> AbstractContextManager[None]:
    """The context manager for the driver beneath Trac's wrappers."""
    driver = db
    while hasattr(driver, 'cnx'):  # Trac wraps it more than once
        driver = driver.cnx
    kind = type(driver).__module__.partition('.')[0]
    return _KINDS.get(kind, nullcontext)(driver)


@contextmanager
def _sqlite(driver: Any) -> Iterator[None]:
    driver.execute('BEGIN')
    try:
        yield
    finally:
        driver.rollback()


@contextmanager
def _postgres(driver: Any) -> Iterator[None]:
    """Set the level that psycopg2 names in the BEGIN that it sends."""
    driver.rollback()  # Trac has just tried the connection
    before = driver.isolation_level
    driver.isolation_level = 'REPEATABLE READ'
    try:
        yield
    finally:
        if not driver.closed:
            driver.rollback()
            driver.isolation_level = before


@contextmanager
def _mariadb(driver: Any) -> Iterator[None]:
    """Set the level of the next transaction only; Trac ends it."""
    with driver.cursor() as cursor:
        cursor.execute('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    yield


_KINDS: dict[str, Callable[[Any], AbstractContextManager[None]]] = {
    'sqlite3': _sqlite, 'psycopg2': _postgres, 'pymysql': _mariadb}
