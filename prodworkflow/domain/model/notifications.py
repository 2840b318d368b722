"""Notifications: what the listeners are told after a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Union

from prodworkflow.domain.model.known_issue import Concern


@dataclass(frozen=True)
class News:
    """A stage that was reopened, or a campaign that was put on hold.

    `milestone` is that of the stage, '' for a hold; `contacts` are the
    recipients; `launched` is whether production has been launched.
    """

    campaign: str
    milestone: str
    because: str
    actor: str
    contacts: tuple[str, ...]
    launched: bool = True


@dataclass(frozen=True)
class ConcernNews:
    """What somebody found after the launch who may not stop production.

    `contacts` are the recipients.
    """

    campaign: str
    concern: Concern
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class StrandedNews:
    """Requirements that nobody can sign any more, a phrase each.

    `contacts` are the recipients: those who can name others.
    """

    campaign: str
    words: tuple[str, ...]
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class TicketNews:
    """A change of a ticket that the plugin itself made.

    `author` is the person whose action caused it.
    """

    ticket: int
    when: datetime
    author: str
    comment: str


CampaignNews = Union[News, ConcernNews, StrandedNews]
AnyNews = Union[CampaignNews, TicketNews]
