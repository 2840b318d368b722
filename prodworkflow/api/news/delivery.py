"""Delivery of news: listeners hear of it when all is stored.

What they are told of people is worked out then, from what the transaction
itself read at its beginning and at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from trac.util.text import exception_to_unicode

from prodworkflow import store
from prodworkflow.api import viewer
from prodworkflow.api.news.personal_news import personal_news
from prodworkflow.domain.model.notifications import (
    AnyNews,
    ConcernNews,
    News,
    StrandedNews,
    TicketNews,
)
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.news import (
    as_recorded,
    CampaignChange,
    DecidedChange,
    merged,
    notices_of,
)
from prodworkflow.domain.news.kinds.running import OPEN, RULES
from prodworkflow.domain.news.notices import Notice, PersonalNews
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.gates import decide
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.mail.transaction_end import (
    after_transaction,
    gathered_after_transaction,
)
from prodworkflow.gateways.signer_register import with_signers
from prodworkflow.services.gates.verification import verified_decision

Listeners = Callable[[], Iterable[Any]]

METHODS = {TicketNews: 'ticket_saved', ConcernNews: 'concern_raised',
           StrandedNews: 'nobody_left', News: 'stage_reopened'}


class NewsDelivery:
    """Tells the listeners of an environment; an older one may lack a method.

    `listeners` gives the `ICampaignListener`s that are enabled now, `actor`
    the login of whoever acts in this thread, '' where nobody does.
    """

    def __init__(self, env: Any, listeners: Listeners,
                 actor: Callable[[], str]) -> None:
        self.env = env
        self._listeners = listeners
        self._actor = actor
        store.hear_changes(env, self.reaches_anybody)

    def reaches_anybody(self) -> bool:
        """Whether a listener would pass on what people are to be told."""
        return any(_passes_on(each) for each in self._listeners())

    def after_transaction(self, news: list[Any]) -> None:
        """Tell what a transaction queued, once it has ended well."""
        gathered_after_transaction(self.env, self._tell, news)

    def created(self, tickets: list[int], actor: str) -> None:
        """Tell of a new campaign, after the commit."""
        after_transaction(self.env, partial(self._tell_created, tickets,
                                            actor))

    def tell(self, snapshot: Snapshot, notices: Iterable[Notice],
             actor: str = '') -> list[PersonalNews]:
        """Tell people what notices of a campaign have for them.

        Its present snapshot says who sees what of it.  At once: to be called
        outside of any transaction.  What was told is returned.
        """
        told = self.news_of(snapshot, notices, actor)
        for each in told:
            for listener in self._listeners():
                if _passes_on(listener):
                    self._tell_person(listener, each)
        return told

    def news_of(self, snapshot: Snapshot, notices: Iterable[Notice],
                actor: str = '') -> list[PersonalNews]:
        """The same, which are not told: for a look at what would be."""
        return personal_news(self.env, self._decision(snapshot), notices,
                             actor)

    def notices(self, change: CampaignChange) -> list[Notice]:
        """What a change of a campaign has to tell, and whom."""
        before = as_recorded(change)
        found = notices_of(DecidedChange(
            self._decision(before) if before else None,
            self._decision(change.after), change.entries, change.checked))
        return [n for n in found if n.subject is not OPEN
                or self._is_open(change.after.id)]

    # Internal methods

    def _tell_created(self, tickets: list[int], actor: str) -> None:
        for listener in self._listeners():
            tell = getattr(listener, 'campaign_created', None)
            if tell:
                tell(tickets, actor)

    def _tell(self, news: list[Any]) -> None:
        changes = [n for n in news if isinstance(n, CampaignChange)]
        for each in news:
            tells = [t for t in (getattr(listener, METHODS.get(
                type(each), ''), None) for listener in self._listeners())
                if t]
            for seen in self._as_seen(each) if tells else ():
                for tell in tells:
                    tell(seen)
        for change in merged(changes):
            try:
                self._tell_change(change)
            except Exception as error:
                self._log(error)

    def _tell_change(self, change: CampaignChange) -> None:
        notices = self.notices(change)
        if notices:
            self.tell(change.after, notices, self._actor_of(change))

    def _is_open(self, campaign: int) -> bool:
        """Whether production may start now, by the verified record."""
        found = store.snapshot(self.env, campaign)
        return bool(found and verified_decision(self.env, found).launch.open)

    def _actor_of(self, change: CampaignChange) -> str:
        """Who caused a change: '' where the rules followed time."""
        return next((e.actor for e in change.entries if e.actor != RULES),
                    self._actor())

    def _tell_person(self, listener: Any, news: PersonalNews) -> None:
        try:
            listener.person_told(news)
        except Exception as error:  # theirs, and the others are told
            self._log(error)

    def _decision(self, snapshot: Snapshot) -> Decision:
        return decide(with_signers(self.env, snapshot), now())

    def _log(self, error: Exception) -> None:
        self.env.log.error('Failure telling people of a campaign: %s',
                           exception_to_unicode(error, traceback=True))

    def _as_seen(self, news: AnyNews) -> Iterable[AnyNews]:
        """News as their recipients may see them."""
        if isinstance(news, TicketNews):
            return [news]
        found = store.campaign_id(self.env, news.campaign)
        snapshot = store.snapshot(self.env, found) if found else None
        return viewer.news_as_seen(self.env, snapshot,
                                   news) if snapshot else ()


def _passes_on(listener: Any) -> bool:
    """Whether a listener would do something with what a person is told."""
    reaches = getattr(listener, 'reaches_anybody', None)
    return hasattr(listener, 'person_told') and (reaches is None or reaches())
