"""What was told of a campaign by time, so that nothing is told twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any

from prodworkflow.domain.canonical_json import canonical, plain
from prodworkflow.domain.news.reminders import Told

COLUMNS = ('campaign', 'fact', 'kind', 'subject', 'person', 'due', 'level',
           'time')


def told(env: Any, campaign: int) -> frozenset[Told]:
    """What was told of a campaign."""
    return frozenset(
        Told(kind or '', subject or '', person or '',
             date.fromisoformat(due), int(level))
        for kind, subject, person, due, level in env.db_query("""
            SELECT kind, subject, person, due, level FROM prodworkflow_told
            WHERE campaign=%s""", (campaign,)))


def last_told(env: Any, campaign: int, kinds: Iterable[str]
              ) -> dict[str, int]:
    """When people were last told of facts of some kinds, in µs UTC."""
    words = tuple(kinds)
    places = ','.join(['%s'] * len(words))
    return {person: int(time) for person, time in env.db_query(f"""
        SELECT person, MAX(time) FROM prodworkflow_told
        WHERE campaign=%s AND kind IN ({places}) GROUP BY person
        """, (campaign, *words)) if person}


def keep_told(env: Any, campaign: int, facts: Iterable[Told],
              time: int) -> None:
    """Keep what is told from now on, at a time in µs UTC.

    To be called under the campaign's lock, before anything is sent: whatever
    happens then, nothing is sent twice.  `db_exc.IntegrityError` where a fact
    was told already.
    """
    rows = [(campaign, _digest(fact), fact.kind, fact.subject, fact.person,
             fact.due.isoformat(), fact.level, time)
            for fact in sorted(set(facts), key=_digest)]
    if rows:
        places = ','.join(['%s'] * len(COLUMNS))
        with env.db_transaction as db:
            db.executemany(
                f'INSERT INTO prodworkflow_told ({",".join(COLUMNS)}) '
                f'VALUES ({places})', rows)


def _digest(fact: Told) -> str:
    """The fact as a key: short enough for MariaDB, whatever it is about."""
    return sha256(canonical(plain(fact)).encode()).hexdigest()
