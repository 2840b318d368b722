"""Receivers of events, one row each."""

from __future__ import annotations

from typing import Any

from trac.cache import CacheManager, key_to_id

from prodworkflow.domain.events.receiver import Receiver, ReceiverKind

CACHE = key_to_id('prodworkflow.store.outbox.receivers')
TABLES = ('prodworkflow_delivery', 'prodworkflow_event',
          'prodworkflow_told_gate')


def receivers(env: Any) -> list[Receiver]:
    """All receivers, the oldest first; one statement."""
    return [Receiver(int(id_), ReceiverKind(kind), url, secret or '',
                     tuple(filter(None, (types or '').split(','))),
                     int(made), author or '')
            for id_, kind, url, secret, types, made, author in env.db_query("""
                SELECT id, kind, url, secret, types, made, author
                FROM prodworkflow_webhook ORDER BY id""")]


def cached_receivers(env: Any) -> tuple[Receiver, ...]:
    """The same from Trac's cache: read again only once they have changed.

    On whatever node: the counters of the cache lie in the database, and are
    read anew under each campaign's lock. Not for threads that serve no
    requests, which keep the counters that they have read.
    """
    found: tuple[Receiver, ...] = CacheManager(env).get(
        CACHE, lambda env: tuple(receivers(env)), env)
    return found


def add_receiver(env: Any, new: Receiver) -> int:
    """Keep a receiver; the number that it gets."""
    with env.db_transaction as db:
        cursor = db.cursor()
        cursor.execute("""
            INSERT INTO prodworkflow_webhook
                (kind, url, secret, types, made, author)
            VALUES (%s, %s, %s, %s, %s, %s)""", (
            new.kind.value, new.url, new.secret, ','.join(new.types),
            new.made, new.author))
        number = int(db.get_last_id(cursor, 'prodworkflow_webhook'))
        CacheManager(env).invalidate(CACHE)
        return number


def remove_receiver(env: Any, number: int) -> None:
    """Forget a receiver, with what waits for it.

    With the last one all that waits goes, and what was told.
    """
    with env.db_transaction as db:
        db("""DELETE FROM prodworkflow_webhook WHERE id=%s""", (number,))
        CacheManager(env).invalidate(CACHE)
        db("""DELETE FROM prodworkflow_delivery WHERE webhook=%s""",
           (number,))
        if not db("""SELECT id FROM prodworkflow_webhook"""):
            for table in TABLES:
                db(f'DELETE FROM {table}')
