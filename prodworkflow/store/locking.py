"""Opens the books of campaigns, each under its campaign's lock."""

from __future__ import annotations

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
    """What this thread's books have gathered since it was last taken."""
    taken, _news.gathered = getattr(_news, 'gathered', []), []
    return taken


@contextmanager
def open_campaign(env: Any, campaign: int) -> Iterator[Book | None]:
    """A campaign's book, under its lock until the transaction ends.

    The first statement takes the lock (a row's on PostgreSQL and MariaDB,
    the database's on SQLite); gives None where there is no such campaign.
    Opened again inside itself, as by a listener of what it does, it is the
    same book.  What Trac has cached for this request may have been read
    while this waited for the lock; it is asked for anew.
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
    """Take the locks of campaigns until the caller's transaction ends.

    To be the first that happens in it, so that all it reads is read under
    them.  The milestones are locked as well: Trac locks one of them and then
    the counter of its cache, so whoever changes several has to have all
    before the first, or the two could wait for each other.
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
    """A new campaign's book; `db_exc.IntegrityError` if the name is taken.

    Creators wait for each other, on whatever nodes: the name is unique in the
    database, and MariaDB breaks a deadlock of two who insert at once close to
    what a third one has taken back.
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
    """A transaction in its turn, and in the log once it is over."""
    with entry_log.process_lock(env):
        with env.db_transaction as db:
            yield db
        entry_log.log_pending(env)


def _lock(db: Any, campaign: int) -> None:
    db("""UPDATE prodworkflow_campaign SET revision=revision+1
          WHERE id=%s AND phase<>'removed'""", (campaign,))


def _last_entry(db: Any, campaign: int) -> Entry | None:
    """What the next entry is chained to; its words may be unreadable."""
    for number, seal_ in db("""
            SELECT number, hash FROM prodworkflow_ledger WHERE campaign=%s
            ORDER BY number DESC LIMIT 1""", (campaign,)):
        return Entry(campaign, int(number), 0, '', '', '', '', {}, '', seal_)
    return None
