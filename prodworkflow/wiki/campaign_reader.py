"""Campaign reader: what somebody who reads wiki text is told of campaigns.

However many links and macros a page has, it reads each campaign once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from types import SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary

from trac.core import Component
from trac.perm import PermissionCache

from prodworkflow.api import CampaignSystem, PageCampaigns
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.waiting_signoffs import WaitingSignOff
from prodworkflow.web.cards.card_cache import CardCache, ViewerKey

Render = Callable[[Readiness], str]


class CampaignReader:
    """Tells one viewer of campaigns, each read once and as they may see it.

    `viewer` is the key of what makes a difference between viewers, None where
    nothing is kept for others.
    """

    def __init__(self, env: Any, cards: CardCache, perm: Any,
                 viewer: ViewerKey | None) -> None:
        self.campaigns = PageCampaigns(env)
        self.perm = perm
        self.may_view = VIEW in perm
        self._system = CampaignSystem(env)
        self._cards, self._viewer = cards, viewer
        self._told: dict[str, Readiness] = {}

    def told(self, name: str) -> Readiness | None:
        """The readiness of a campaign; None if there is none of that name."""
        rows = self.campaigns.rows(name)
        if rows is None:
            return None
        if rows.name not in self._told:
            queries = self._system.queries
            self._told[rows.name] = queries.readiness_for(
                queries.evaluate(rows), self.perm)
        return self._told[rows.name]

    @cached_property
    def waiting(self) -> list[WaitingSignOff]:
        """What waits for the viewer, late or now, in all campaigns."""
        asking = SimpleNamespace(authname=self.perm.username, perm=self.perm)
        return self._system.waiting.signoffs(
            self._system.context.person(asking), self.perm)

    def card(self, name: str, card: tuple[str, ...],
             render: Render) -> str | None:
        """What is rendered of a campaign; None if there is none of that name.

        It is kept under all that the campaign and the viewer make of it, and
        `card`, which is all else that does.
        """
        rows = self.campaigns.rows(name)
        if rows is None:
            return None
        key = self._viewer.key(rows, card) if self._viewer else b''
        html = self._cards.get(key) if key else None
        if html is None:
            told = self.told(name)
            assert told is not None
            html = render(told)
            if key:
                self._cards.put(key, html)
        return html


class CampaignReaders(Component):
    """Keeps the rendered macros and links, and a reader for each request."""

    @cached_property
    def cards(self) -> CardCache:
        """What was rendered."""
        return CardCache()

    def reader(self, context: Any) -> CampaignReader:
        """The reader for whom a rendering context renders.

        Without a request nothing is kept.
        """
        perm = (PermissionCache(self.env) if context.perm is None
                else context.perm(None))
        req = getattr(context, 'req', None)
        if req is None:
            return CampaignReader(self.env, self.cards, perm, None)
        readers = self._readers.setdefault(req, {})
        if perm.username not in readers:
            readers[perm.username] = CampaignReader(
                self.env, self.cards, perm, self._viewer(req, perm))
        return readers[perm.username]

    @cached_property
    def _readers(self) -> WeakKeyDictionary[Any, dict[str, CampaignReader]]:
        return WeakKeyDictionary()

    def _viewer(self, req: Any, perm: Any) -> ViewerKey | None:
        """The key of the viewer; None where it is not who asks."""
        if perm.username != req.perm.username:
            return None
        system = CampaignSystem(self.env)
        return ViewerKey(self.env, req, system.context.person(req),
                         system.context.now(), system.queries.signers.key())
