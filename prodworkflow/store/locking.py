"""Row locks: opens campaigns for writing, one writer for each at a time."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from trac.cache import CacheManager

from prodworkflow.domain.ledger.creation import NOTHING
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.notifications import News, TicketNews
from prodworkflow.store import entry_log, schema_version
from prodworkflow.store.book import Book
from prodworkflow.store.snapshots import snapshot

_open = threading.local()


_news = threading.local()


def take_notifications() -> list[News | TicketNews]:
    """The pending notifications of this thread; empties the list."""
    taken, _news.gathered = getattr(_news, 'gathered', []), []
    return taken


@contextmanager
def open_campaign(env: Any, campaign: int) -> Iterator[Book | None]:
    """Context manager: a campaign's book, locked until the transaction ends.

    None where there is no such campaign. The first statement takes the lock: a
    row's on PostgreSQL and MariaDB, the database's on SQLite. Reentrant:
    inside itself, as in a listener of what it does, it gives the same book.

    What Trac has cached for this request may have been read while this waited
    for the lock, so its caches are asked for anew.
    """
    held: dict[tuple[int, int], Book] = _open.__dict__.setdefault('books', {})
    key = (id(env), campaign)
    if key in held:
        yield held[key]
        return
    with _logged_transaction(env) as db:
        _lock(db, campaign)
        CacheManager(env).reset_metadata()
        found = snapshot(env, campaign, to_write=True)
        if found is None or found.state.campaign.phase == 'removed':
            yield None
            return
        held[key] = Book(env, db, campaign, found.state,
                         _last_entry(db, campaign),
                         found)
        try:
            yield held[key]
            _news.gathered = take_notifications() + held[key].news
        finally:
            del held[key]


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
        yield Book(env, db, campaign, NOTHING, None)


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


def _last_entry(db: Any, campaign: int) -> Entry | None:
    """The entry that the next one is chained to: number, hash, revision."""
    for number, seal_, text in db("""
            SELECT number, hash,
                   CASE WHEN number=1 THEN '{}' ELSE payload END
            FROM prodworkflow_ledger WHERE campaign=%s
            ORDER BY number DESC LIMIT 1""", (campaign,)):
        return Entry(campaign, int(number), 0, '', '', '', '',
                     {'revision': _revision(text)}, '', seal_)
    return None


def _revision(payload: str) -> int:
    """The revision in an entry's payload; of an unreadable one, the last."""
    try:
        return int(json.loads(payload).get('revision', 0))
    except (AttributeError, TypeError, ValueError):
        return sys.maxsize
