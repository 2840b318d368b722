"""Trac's process-wide caches, where a transaction did not happen."""

from __future__ import annotations

from typing import Any

from trac.cache import CacheManager
from trac.ticket.api import TicketSystem
from trac.ticket.model import MilestoneCache


def forget(env: Any) -> None:
    """Drop what may have been cached inside a transaction rolled back.

    Trac keys its caches by a counter in the database; rolled back, the
    counter could later name the cached state that never was.
    """
    CacheManager(env).reset_metadata()
    del MilestoneCache(env).milestones
    TicketSystem(env).reset_ticket_fields()
