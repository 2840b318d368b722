"""Concerns after the launch: what the contacts are told of them."""

from __future__ import annotations

from prodworkflow import store
from prodworkflow.domain.model.notifications import ConcernNews
from prodworkflow.gateways.users import people_of


def notify_of_concern(book: store.Book) -> None:
    """Queue a notification of all contacts of the latest concern."""
    concern = book.state.concerns[-1]
    book.news.append(ConcernNews(
        book.state.campaign.name, concern,
        people_of(book.env, dict.fromkeys(
            c for r in book.state.requirements for c in r.contacts))))
