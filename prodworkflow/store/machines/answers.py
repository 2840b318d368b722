"""Answers that were given to requests with an Idempotency-Key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RepeatKey:
    """A key as it is kept: SHA-256 of actor and key, and of the request."""

    digest: str
    request: str


@dataclass(frozen=True)
class KeptAnswer:
    """An answer that was given, headers and body as JSON."""

    request: str
    headers: str
    body: str


class Repeated(Exception):
    """Another request with that key is being answered, or was just now."""


def kept_answer(env: Any, digest: str) -> KeptAnswer | None:
    """The answer that is kept under a key; None if there is none."""
    rows = env.db_query("""
        SELECT request, headers, body FROM prodworkflow_answered
        WHERE digest=%s""", (digest,))
    return KeptAnswer(*rows[0]) if rows else None


def reserve(env: Any, key: RepeatKey, now: int) -> None:
    """Take a key for this transaction; others with it wait for its end.

    Repeated if it is taken.
    """
    with env.db_transaction as db:
        try:
            db("""INSERT INTO prodworkflow_answered
                  (digest, request, status, headers, body, time)
                  VALUES (%s, %s, 0, '', '', %s)""",
               (key.digest, key.request, now))
        except env.db_exc.IntegrityError as error:
            raise Repeated from error


def keep(env: Any, key: RepeatKey, answer: KeptAnswer) -> None:
    """Keep the answer to a request whose key is taken."""
    env.db_transaction("""
        UPDATE prodworkflow_answered SET status=201, headers=%s, body=%s
        WHERE digest=%s""", (answer.headers, answer.body, key.digest))


def forget_before(env: Any, moment: int) -> None:
    """Forget the answers from before a moment (µs UTC)."""
    if env.db_query("""SELECT 1 FROM prodworkflow_answered WHERE time<%s
                       LIMIT 1""", (moment,)):
        env.db_transaction("""DELETE FROM prodworkflow_answered
                              WHERE time<%s""", (moment,))
