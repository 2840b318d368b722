"""Row locks: opens campaigns for writing, one writer for each at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from trac.cache import CacheManager

from prodworkflow.domain.ledger.creation import NOTHING
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.store import entry_log, schema_version
from prodworkflow.store.book import Book
from prodworkflow.store.held import (
    HELD,
    record_change,
    take_notifications,
    wants_changes,
)
from prodworkflow.store.snapshots import snapshot


@contextmanager
def open_campaign(env: Any, campaign: int) -> Iterator[Book | None]:
    """Context manager: a campaign's book, locked until the transaction ends.

    None where there is no such campaign. The first statement takes the lock: a
    row's on PostgreSQL and MariaDB, the database's on SQLite. Reentrant:
    inside itself, as in a listener of what it does, it gives the same book.

    What Trac has cached for this request may have been read while this waited
    for the lock, so its caches are asked for anew.
    """
    key = (id(env), campaign)
    if key in HELD.books:
        yield HELD.books[key]
        return
    with _logged_transaction(env) as db:
        kept = key in HELD.locked
        if not kept:
            _lock(db, campaign)
            CacheManager(env).reset_metadata()
        book = _read_book(env, db, campaign)
        if book is None:
            yield None
            return
        HELD.books[key] = book
        if kept:  # until the end of `locked_campaigns`
            yield book
            return
        try:
            yield book
            _queue_news(book)
        finally:
            del HELD.books[key]


@contextmanager
def locked_campaigns(env: Any, campaigns: Iterable[int]) -> Iterator[None]:
    """Context manager: campaigns whose locks and books last until its end.

    Each is read once, when it is first opened in between.  Inside another such
    context only those are locked that are not yet.
    """
    new = {(id(env), campaign) for campaign in campaigns} - HELD.locked
    if new:
        lock_campaigns(env, [campaign for _, campaign in new])
    keys = new - {*HELD.books}
    before = HELD.locked, HELD.owners
    HELD.locked, HELD.owners = HELD.locked | keys, {}
    try:
        yield
        for key in sorted(keys & {*HELD.books}):
            _queue_news(HELD.books[key])
    finally:
        HELD.locked, HELD.owners = before
        for key in keys:
            HELD.books.pop(key, None)


def present_snapshot(env: Any, campaign: int) -> Snapshot | None:
    """A campaign as it is now; None if there is none.

    Under its lock it is read once.
    """
    if (id(env), campaign) not in {*HELD.locked, *HELD.books}:
        return snapshot(env, campaign)
    with open_campaign(env, campaign) as book:
        return book.snapshot() if book else None


def _queue_news(book: Book) -> None:
    """Queue what a book has to tell, at the end of its transaction."""
    record_change(book)
    change = book.change() if wants_changes(book.env) else None
    HELD.news = [*take_notifications(), *book.news,
                 *([change] if change else [])]


def _read_book(env: Any, db: Any, campaign: int) -> Book | None:
    found = snapshot(env, campaign, to_write=True)
    if found is None or found.state.campaign.phase == 'removed':
        return None
    return Book(env, db, campaign, found.state, found)


def lock_campaigns(env: Any, campaigns: Iterable[int]) -> None:
    """Lock several campaigns until the caller's transaction ends.

    To be called first in it, so that all it reads is read under the locks.
    Always in the order of their ids, so that two writers cannot deadlock.

    The milestones are locked as well: Trac locks one of them and then the
    counter of its cache, so who changes several needs all of them before the
    first.
    """
    with env.db_transaction as db:
        for campaign in sorted(set(campaigns)):
            _lock(db, campaign)
            db("""UPDATE milestone SET completed=completed WHERE name IN (
                  SELECT milestone FROM prodworkflow_stage
                  WHERE campaign=%s)""", (campaign,))
    CacheManager(env).reset_metadata()


@contextmanager
def create_campaign(env: Any, name: str) -> Iterator[Book]:
    """Context manager: the book of a new campaign.

    `db_exc.IntegrityError` if the name is taken. Creators wait for each other,
    on all nodes: the name is unique in the database, and MariaDB breaks as a
    deadlock two inserts close to one that a third has rolled back.
    """
    with _logged_transaction(env) as db:
        schema_version.lock_version(db)
        for version, in db(f'SELECT {schema_version.version_column(db)}'):
            schema_version.require_current(version)
        cursor = db.cursor()
        cursor.execute("""INSERT INTO prodworkflow_campaign
                          (name, template, release_name, start, enforcement,
                           phase, revision, head)
                          VALUES (%s, '', '', '', '', '', 1, '')""",
                       (name,))
        campaign = int(db.get_last_id(cursor, 'prodworkflow_campaign'))
        book = Book(env, db, campaign, NOTHING)
        yield book
        _queue_news(book)


@contextmanager
def _logged_transaction(env: Any) -> Iterator[Any]:
    """A transaction under the process lock, logged after its commit."""
    with entry_log.process_lock(env):
        with env.db_transaction as db:
            yield db
        entry_log.log_pending(env)


def _lock(db: Any, campaign: int) -> None:
    db("""UPDATE prodworkflow_campaign SET revision=revision+1
          WHERE id=%s AND phase<>'removed'""", (campaign,))
