"""One line of the log for each ledger entry, once it is stored for good.

A refusal is told at once, anything else after the transaction. A line names
who, what and of which campaign, never what people wrote beside it: statements
and values stay in the database.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from trac.db.api import DatabaseManager

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.store.process_lock import one_writer

# These have happened even where the transaction around them is undone.
REFUSALS = ('refused', 'ticket-turned-away')


# What somebody who looks after the service may want to look at.
WARNINGS = (*REFUSALS, 'closed-unsigned', 'held', 'milestone-missing',
            'removed',
            'ticket-missing')


LINE_MAX = 500


_local = threading.local()


def one_line(text: object) -> str:
    """The text in one line of printable characters, and not a long one."""
    words = ' '.join(str(text).split())
    return ''.join(c if c.isprintable() else '?' for c in words)[:LINE_MAX]


def log_entry(env: Any, campaign: str, entry: Entry) -> None:
    """Tell an entry: a refusal now, anything else once it is stored."""
    line = (env, entry.verb in WARNINGS, _line_of(campaign, entry))
    if entry.verb in REFUSALS:
        _write(*line)
    else:
        _pending().append(line)


@contextmanager
def process_lock(env: Any) -> Iterator[None]:
    """The turn of this thread around a transaction; what was done is told.

    May be nested, and held around several transactions: what one of them has
    stored is told although a later one fails.
    """
    depth = getattr(_local, 'depth', 0)
    _local.depth = depth + 1
    try:
        with one_writer(env):
            yield
        if not depth:
            _write_pending()
    finally:
        _local.depth = depth
        if not depth:
            _pending().clear()


def log_pending(env: Any) -> None:
    """Tell what is pending, unless a transaction is under way still."""
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
    return (f'campaign {one_line(campaign)}, entry {entry.number}: '
            f'{entry.verb} by {one_line(entry.actor)}'
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
