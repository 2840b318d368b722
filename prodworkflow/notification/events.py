"""Campaign events: what one cause has for one person, as Trac's notifications.

Each section is asked for by itself who subscribed to it; what a person gets
of them by one transport is one event.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from trac.notification.api import NotificationEvent, NotificationSystem

from prodworkflow.domain.news.notices import Kind, PersonalNews
from prodworkflow.notification.subjects import most_urgent_first

REALM = 'campaign'


class CampaignEvent(NotificationEvent):
    """What a person is to be told of a campaign.

    `target` is a `PersonalNews`; `category` is the word of its most urgent
    kind.
    """

    def __init__(self, news: PersonalNews, time: datetime) -> None:
        super().__init__(REALM, news.sections[0].kind.value, news, time,
                         news.actor)


class Recipient(NamedTuple):
    """A person by one transport, such as email."""

    sid: str
    address: str | None
    transport: str


Subscription = tuple[str, int, 'str | None', str, 'str | None']


def personal_events(env: Any, news: PersonalNews, time: datetime,
                    ) -> Iterator[tuple[CampaignEvent, Subscription]]:
    """The events of a person's news, each with the subscription that gets it.

    They hold just the sections that the person subscribed to.
    """
    news = replace(news, sections=most_urgent_first(news.sections))
    kinds = dict.fromkeys(section.kind for section in news.sections)
    chosen: dict[Recipient, dict[Kind, str | None]] = {}
    for kind in kinds:
        for recipient, style in _subscribed(env, news, kind, time):
            chosen.setdefault(recipient, {})[kind] = style
    for recipient, styles in chosen.items():
        told = tuple(s for s in news.sections if s.kind in styles)
        yield (CampaignEvent(replace(news, sections=told), time),
               (recipient.sid, 1, recipient.address, recipient.transport,
                next(filter(None, styles.values()), None)))


def _subscribed(env: Any, news: PersonalNews, kind: Kind, time: datetime,
                ) -> Iterator[tuple[Recipient, str | None]]:
    """Who gets the sections of a kind, and in which format, None for theirs.

    Nobody but the person: others may not be allowed to see all of it.
    """
    event = CampaignEvent(replace(news, sections=tuple(
        s for s in news.sections if s.kind is kind)), time)
    for sid, known, address, transport, style in NotificationSystem(
            env).subscriptions(event):
        if sid == news.person and known:
            yield Recipient(sid, address, transport), style
