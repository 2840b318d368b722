"""Addresses of what campaigns are about."""

from __future__ import annotations

from typing import Any


def address(href: Any, campaign: str, ticket: int | None) -> str:
    """The box on a sign-off ticket, or else the page of the campaign."""
    return str(f'{href.ticket(ticket)}#prodworkflow-box' if ticket
               else href.campaign(campaign))
