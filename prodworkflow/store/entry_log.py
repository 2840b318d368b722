"""Audit log: one line of trac.log for each ledger entry that is committed.

Refusals are logged at once, anything else after the commit. A line names
actor, verb, subject and campaign, never what people wrote: statements and
values stay in the database.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from trac.db.api import DatabaseManager

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.store.process_lock import acts_waiting, one_writer

# These have happened even where the transaction around them is undone.
REFUSALS = ('refused', 'ticket-turned-away')


# What somebody who looks after the service may want to look at.
WARNINGS = ('closed-unsigned', 'held', 'milestone-missing', 'removed',
            'ticket-missing')


LINE_MAX = 500


_local = threading.local()


def one_line(text: object) -> str:
    """Text for the log: one line of printable characters, at most LINE_MAX."""
    words = ' '.join(str(text).split())
    return ''.join(c if c.isprintable() else '?' for c in words)[:LINE_MAX]


def log_entry(env: Any, campaign: str, entry: Entry) -> None:
    """Log an entry: a refusal now, anything else after the commit."""
    line = (env, entry.verb in WARNINGS, _line_of(campaign, entry))
    if entry.verb in REFUSALS:
        _write(*line)
    else:
        _pending().append(line)


@contextmanager
def process_lock(env: Any) -> Iterator[None]:
    """Context manager: the process lock, with the log of what is committed.

    Reentrant, and may span several transactions: what one of them committed is
    logged although a later one fails.  Acts that wait for the lock's end come
    last.
    """
    with acts_waiting(), _logging(), one_writer(env):
        yield


@contextmanager
def _logging() -> Iterator[None]:
    """Context manager: the outermost logs at its end what is pending."""
    depth = getattr(_local, 'depth', 0)
    _local.depth = depth + 1
    try:
        yield
        if not depth:
            _write_pending()
    finally:
        _local.depth = depth
        if not depth:
            _pending().clear()


def log_pending(env: Any) -> None:
    """Log what is pending, unless a transaction is still under way."""
    if DatabaseManager(env)._transaction_local.wdb is None:
        _write_pending()


def _line_of(campaign: str, entry: Entry) -> str:
    payload = entry.payload
    about = [entry.requirement, payload.get('stage'),
             f'#{payload["ticket"]}' if payload.get('ticket') else None,
             payload.get('what')]
    what = ', '.join(one_line(each) for each in about if each)
    reasons = (
        f': {one_line("; ".join(map(str, payload.get("reasons") or ())))}'
               if entry.verb in REFUSALS else '')
    token = payload.get('token')
    by = f', token {one_line(token)},' if token else ''
    return (f'campaign {one_line(campaign)}, entry {entry.number}: '
            f'{entry.verb} by {one_line(entry.actor)}{by}'
            f'{f" ({what})" if what else ""}{reasons}')


def _pending() -> list[tuple[Any, bool, str]]:
    found: list[tuple[Any, bool, str]] = _local.__dict__.setdefault(
        'pending', [])
    return found


def _write_pending() -> None:
    pending = _pending()
    while pending:
        _write(*pending.pop(0))


def _write(env: Any, grave: bool, words: str) -> None:
    (env.log.warning if grave else env.log.info)('%s', words)
