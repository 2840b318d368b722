"""Open a campaign to change it: refuses one that is gone or has ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prodworkflow import store
from prodworkflow.domain.rules.lifecycle_actions import read_only
from prodworkflow.domain.text import Message, phrase
from prodworkflow.services.refusals import GateShut

UNCHANGED = Message('Nothing was changed')


@contextmanager
def opened(env: Any, campaign: int,
           refused: str = UNCHANGED) -> Iterator[store.Book]:
    """Context manager: a campaign's book, locked; GateShut if it is gone.

    `refused` begins the refusal: what does not happen.
    """
    with store.open_campaign(env, campaign) as book:
        if book is None:
            raise GateShut(refused, [Message('the campaign is gone')])
        yield book


@contextmanager
def opened_running(env: Any, campaign: int) -> Iterator[store.Book]:
    """Context manager: the book of a running campaign, locked.

    GateShut if the campaign is gone, closed or abandoned.
    """
    with opened(env, campaign) as book:
        if book.state.campaign.ended:
            raise GateShut(UNCHANGED, [phrase(read_only(book.state))])
        yield book
