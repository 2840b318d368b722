"""What this thread holds while it works on campaigns: books and locks."""

from __future__ import annotations

import threading
from typing import Any

from prodworkflow.domain.model.notifications import AnyNews

Key = tuple[int, int]


class Held(threading.local):
    """Open books, locked campaigns and what was looked up under their locks.

    Books (`book.Book`) and locks are known by the environment's identity and
    the campaign's id.  `owners` are answers of `owners_of` that hold until the
    locks are given back; None where nothing is locked.
    """

    def __init__(self) -> None:
        self.books: dict[Key, Any] = {}
        self.locked: set[Key] = set()
        self.owners: dict[Any, Any] | None = None
        self.news: list[AnyNews] = []


HELD = Held()


def open_books(env: Any) -> list[Any]:
    """The books of campaigns that this thread has open."""
    return [book for (owner, _), book in HELD.books.items()
            if owner == id(env)]


def take_notifications() -> list[AnyNews]:
    """The pending notifications of this thread; empties the list."""
    taken, HELD.news = HELD.news, []
    return taken
