"""Cache invalidation after a rollback: Trac's caches of this process."""

from __future__ import annotations

from typing import Any

from trac.cache import CacheManager
from trac.ticket.model import MilestoneCache


def drop_caches(env: Any) -> None:
    """Drop what may have been cached inside a transaction rolled back.

    Trac keys its caches by a counter in the database; rolled back, the counter
    could later name the cached state that never was. Only this process has it,
    so nothing is asked of a database that may just be gone.
    """
    manager = CacheManager(env)
    with manager._lock:
        manager._cache.clear()
    manager.reset_metadata()


def read_milestones_anew(env: Any) -> None:
    """Have Trac read its milestones again, and what is kept beside them."""
    del MilestoneCache(env).milestones
