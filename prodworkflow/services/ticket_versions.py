"""Versions of sign-off tickets: find those that are not the release."""

from __future__ import annotations

from typing import Any

from trac.ticket.model import Ticket, Version
from trac.util.datefmt import datetime_now, utc

from prodworkflow import store
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.rules.ticket_versions import version_deviation


def check_versions(book: store.Book, repair: bool, actor: str) -> list[str]:
    """The sign-off tickets that have another version, in words.

    With `repair` each gets the release as its version again. Where that is no
    version of Trac, the campaign has to follow, not the tickets: none is told.
    """
    state = book.state
    release = state.campaign.release
    if release and release not in _versions(book.env):
        return []
    found = store.ticket_versions(book.env, book.campaign)
    told: list[str] = []
    for requirement in state.requirements:
        words = version_deviation(state, requirement,
                                  found.get(requirement.key, release))
        if words:
            told.append(words)
            if repair:
                _put_back(book, requirement, actor)
    return told


def _put_back(book: store.Book, requirement: Requirement, actor: str) -> None:
    ticket = Ticket(book.env, requirement.ticket)
    ticket['version'] = book.state.campaign.release
    with book.without_reconciling():
        ticket.save_changes(actor, 'Version put back by campaign check.',
                            max(datetime_now(utc), ticket['changetime']))


def _versions(env: Any) -> set[str]:
    return {version.name for version in Version.select(env)}
