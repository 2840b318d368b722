"""What a shut gate says to whoever tried to pass it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from trac.web.api import HTTPConflict

from prodworkflow import store
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.text import reason_problems, SAY_WHY


class GateShut(HTTPConflict):
    """An attempt that the rules refuse; pages answer it with status 409.

    `reasons` are phrases, each naming what is missing and who may give it.
    It is no TracError: Trac would answer one of those with status 500.
    """

    def __init__(self, what: str, reasons: list[str]) -> None:
        self.what = what
        self.reasons = tuple(reasons)
        super().__init__(self.told())

    def told(self) -> str:
        """The whole refusal in one sentence."""
        return f'{self.what}: {"; ".join(self.reasons)}.'

    def __str__(self) -> str:
        return self.told()


class NoSuchCampaign(LookupError):
    """There is no campaign of that name; the text says which there are."""


@contextmanager
def refusals_logged(env: Any, actor: str) -> Iterator[None]:
    """Write a refusal inside to the log: what the rules forbid as a warning.

    What cannot be done as it was asked for names its fields only: the words
    quote what was typed.
    """
    try:
        yield
    except GateShut as refusal:
        log_refusal(env, actor, str(refusal))
        raise
    except InvalidRequest as mistake:
        fields = ', '.join(dict.fromkeys(f for f, _ in mistake.problems))
        env.log.info('%s', store.one_line(f'not done for {actor}, unfit: '
                                          f'{fields}'))
        raise


def log_refusal(env: Any, actor: str, words: str) -> None:
    """Write one refusal to the log."""
    env.log.warning('%s', store.one_line(f'refused {actor}: {words}'))


def require_reason(text: str, field: str = 'reason',
                   ask: str = SAY_WHY) -> None:
    """InvalidRequest unless a reason is given that can be kept."""
    problems = reason_problems(text, field, ask)
    if problems:
        raise InvalidRequest(problems)
