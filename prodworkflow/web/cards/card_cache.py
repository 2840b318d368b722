"""Render cache of campaigns' cards on the roadmap and in wiki text.

The key of a card is a digest of all that it shows: every row that was read of
the campaign, and what of its viewer makes a difference.  So nothing has to be
invalidated, on whatever node: another state is another key.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property
from hashlib import blake2b
from typing import Any

from trac.resource import Resource
from trac.web.chrome import Chrome

from prodworkflow.api import allowed, lacking
from prodworkflow.domain.model.permissions import CHANGE, SEE
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.roadmap.urgency import Urgency, urgency

CHARACTERS = 16 * 10**6


HOUR = 3600 * 10**6


class CardCache:
    """Least recently used cards as HTML, up to so many characters in all.

    Each has its place among others: by its urgency, where it has one.
    """

    def __init__(self, most: int = CHARACTERS) -> None:
        self.most = most
        self._cards: OrderedDict[
            bytes, tuple[str, Urgency | None]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: bytes) -> str | None:
        """The card of that key, or None."""
        return self.ranked(key)[0]

    def ranked(self, key: bytes) -> tuple[str | None, Urgency | None]:
        """The card of that key with its urgency; None where there is none."""
        with self._lock:
            found = self._cards.get(key)
            if found is None:
                return None, None
            self._cards.move_to_end(key)
            return found

    def put(self, key: bytes, card: str,
            urgent: Urgency | None = None) -> None:
        """Store a card; those that were not shown for longest go."""
        with self._lock:
            self._size += len(card) - len(self._cards.pop(key, ('',))[0])
            self._cards[key] = card, urgent
            while self._size > self.most:
                _, (oldest, _) = self._cards.popitem(last=False)
                self._size -= len(oldest)


class Card:
    """What one viewer is shown of one campaign.

    `html` is None where it is to be rendered, from `told`, and kept; cards
    are sorted by `urgency`.
    """

    def __init__(self, cards: CardCache, key: bytes,
                 tell: Callable[[], Readiness]) -> None:
        self.html, kept = cards.ranked(key)
        self._cards, self._key, self._tell = cards, key, tell
        self.urgency = kept or urgency(self.told)

    @cached_property
    def told(self) -> Readiness:
        """What the viewer is told, as a `Readiness`."""
        return self._tell()

    def keep(self, html: str) -> str:
        """Keep what was rendered; the same again."""
        self._cards.put(self._key, html, self.urgency)
        return html


class ViewerKey:
    """Cache key of a viewer: all about them that changes the rendered card.

    The rules look at days (waivers) and at how long people wait (forecast):
    a card is shown for an hour at most. `moment` is in µs, UTC; `permissions`
    is a key of what all people may do, for cards tell who can sign.
    """

    def __init__(self, env: Any, req: Any, person: Person, moment: int,
                 permissions: object = None) -> None:
        self._perm = req.perm
        self._always = repr((
            moment // HOUR, req.locale, str(req.tz), req.lc_time,
            req.href.base, sorted(person.grants), _name_settings(env, req),
            permissions))
        self._self = repr((person.name, sorted(person.groups)))
        self._words = [form for word in (
            person.name, *(f'@{group}' for group in person.groups))
            for form in (word.encode(), json.dumps(word)[1:-1].encode())]

    def key(self, record: Any, card: tuple[str, ...] = ()) -> bytes:
        """The cache key of a campaign's card; `card` is which of its cards."""
        text = record.text()
        mine = any(word in text for word in self._words)
        seen = repr((card, self._always, self._self if mine else '',
                     self._hidden(record),
                     self._unchangeable(record) if mine else ()))
        return blake2b(text + b'|' + seen.encode(), digest_size=32).digest()

    def _unchangeable(self, record: Any) -> list[int]:
        return [t for t in record.tickets
                if lacking(self._perm, CHANGE, Resource('ticket', t))]

    def _hidden(self, record: Any) -> tuple[list[int], list[str]]:
        perm = self._perm
        return ([t for t in record.tickets
                 if not allowed(perm, SEE, Resource('ticket', t))],
                [m for m in record.milestones.values() if not allowed(
                    perm, 'MILESTONE_VIEW', Resource('milestone', m))])


def _name_settings(env: Any, req: Any) -> tuple[Any, ...]:
    """How people are called on this page, as far as it is no constant."""
    chrome = Chrome(env)
    return (chrome.show_email_addresses, 'EMAIL_VIEW' in req.perm,
            chrome.show_full_names
            and sorted(env.get_known_users(as_dict=True).items()))
