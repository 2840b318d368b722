"""Process lock: serializes the threads of one process that write.

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


_locks: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


_guard = threading.Lock()


@contextmanager
def one_writer(env: Any) -> Iterator[None]:
    """Hold the lock of an environment around a transaction; reentrant.

    To be taken before the transaction begins.  After PATIENCE seconds the
    thread goes on without it, and the database serializes the two.
    """
    with _guard:
        lock = _locks.setdefault(env, threading.RLock())
    held = lock.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if held:
            lock.release()
