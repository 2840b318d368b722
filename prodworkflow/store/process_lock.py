"""Process lock: serializes the threads of one process that write.

Trac keeps a lock of its process while it waits for a row of its `cache` table,
and wants that lock again in transactions that hold such rows: of two threads
that change milestones each may wait for the other for ever, where no database
sees it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

# Seconds. Who holds rows that the one before needs would wait for ever.
PATIENCE = 10


_locks: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


_guard = threading.Lock()


class _Waiting(threading.local):
    """How deep this thread is under the lock, and what waits for its end."""

    def __init__(self) -> None:
        self.depth = 0
        self.acts: list[Callable[[], None]] = []


_waiting = _Waiting()


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


@contextmanager
def acts_waiting() -> Iterator[None]:
    """Context manager: what `when_free` is given waits for its end.

    For that of the outermost, whatever the end is.
    """
    _waiting.depth += 1
    try:
        yield
    finally:
        _waiting.depth -= 1
        if not _waiting.depth:
            acts, _waiting.acts = _waiting.acts, []
            for act in acts:
                act()


def is_free() -> bool:
    """Whether this thread holds no process lock."""
    return not _waiting.depth


def when_free(act: Callable[[], None]) -> None:
    """Do something once this thread holds no process lock, perhaps now.

    In order; it must not fail.
    """
    if is_free():
        act()
    else:
        _waiting.acts.append(act)
