"""Who changes campaigns in one process does so in turn.

Trac keeps a lock of its process while it waits for a row of its `cache` table,
and wants that lock again in transactions that hold such rows: of two threads
that change milestones each may wait for the other for ever, where no database
sees it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

# Seconds. Who holds rows that the one before needs would wait for ever.
PATIENCE = 10


_turns: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


_guard = threading.Lock()


@contextmanager
def process_lock(env: Any) -> Iterator[None]:
    """To be held around a transaction, before it begins; may be nested.

    Out of patience, one goes on, and the database says whose turn it is.
    """
    with _guard:
        turn = _turns.setdefault(env, threading.RLock())
    mine = turn.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if mine:
            turn.release()
