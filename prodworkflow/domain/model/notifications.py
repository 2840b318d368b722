"""Notifications: what the listeners are told after a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class News:
    """A stage that was reopened, or a campaign that was put on hold.

    `milestone` is that of the stage, '' for a hold; `contacts` are the
    recipients.
    """

    campaign: str
    milestone: str
    because: str
    actor: str
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
