"""What this thread holds while it works on campaigns: books and locks."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from prodworkflow.domain.model.machines.token import Token

Key = tuple[int, int]


class Held(threading.local):
    """Open books, locked campaigns and what was looked up under their locks.

    Books (`book.Book`) and locks are known by the environment's identity and
    the campaign's id.  `owners` are answers of `owners_of` that hold until the
    locks are given back; None where nothing is locked.  `token` is the one
    that this thread's request is made by, as long as that request lives.
    """

    def __init__(self) -> None:
        self.books: dict[Key, Any] = {}
        self.locked: set[Key] = set()
        self.owners: dict[Any, Any] | None = None
        self.news: list[Any] = []
        self.token: weakref.ref[Token] | None = None


HELD = Held()
_heard: WeakKeyDictionary[Any, Callable[[], bool]] = WeakKeyDictionary()
_recorders: WeakKeyDictionary[Any, Callable[[Any], None]] = \
    WeakKeyDictionary()


def open_books(env: Any) -> list[Any]:
    """The books of campaigns that this thread has open."""
    return [book for (owner, _), book in HELD.books.items()
            if owner == id(env)]


def act_by_token(token: Token | None) -> None:
    """Keep by which token this thread acts from now on; None by none."""
    HELD.token = None if token is None else weakref.ref(token)


def token_part(actor: str) -> dict[str, str]:
    """What an entry of an actor keeps of the token that they act by."""
    token = HELD.token and HELD.token()
    return {'token': token.name} if token and token.owner == actor else {}


def take_notifications() -> list[Any]:
    """The pending notifications of this thread; empties the list.

    `AnyNews`, and the `CampaignChange` of each book that changed something.
    """
    taken, HELD.news = HELD.news, []
    return taken


def hear_changes(env: Any, wanted: Callable[[], bool]) -> None:
    """Have changes of campaigns queued as long as somebody wants them."""
    _heard[env] = wanted


def wants_changes(env: Any) -> bool:
    """Whether anybody would be told of a change that is queued now."""
    wanted = _heard.get(env)
    return wanted is not None and wanted()


def record_changes(env: Any, record: Callable[[Any], None]) -> None:
    """Have each book handed over at its end.

    Before the commit, under the campaign's lock.
    """
    _recorders[env] = record


def record_change(book: Any) -> None:
    """Hand a book over, if anybody asked for it."""
    record = _recorders.get(book.env)
    if record is not None:
        record(book)
