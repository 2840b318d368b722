"""What people are told of once it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class News:
    """What happened to a stage or its campaign, as the contacts hear it.

    `milestone` is the reopened stage's, or '' where the campaign is on hold.
    """

    campaign: str
    milestone: str
    because: str
    actor: str
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class TicketNews:
    """That the plugin itself changed a ticket at `when`, and whose doing."""

    ticket: int
    when: datetime
    author: str
    comment: str
