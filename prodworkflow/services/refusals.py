"""Refusals: the errors of use cases, and their lines in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from trac.admin.api import AdminCommandError
from trac.web.api import HTTPConflict

from prodworkflow import store
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.text import phrase, reason_problems, SAY_WHY


class GateShut(HTTPConflict):
    """A refusal by the rules; pages answer it with status 409.

    `reasons` are phrases, each naming what is missing and who may give it. It
    is no TracError: Trac would answer one of those with status 500.
    """

    def __init__(self, what: str, reasons: list[str]) -> None:
        self.what = what
        self.reasons = tuple(reasons)
        HTTPConflict.__init__(self, self.told())

    def told(self) -> str:
        """The whole refusal in one sentence."""
        return f'{self.what!s}: {"; ".join(map(str, self.reasons))}.'

    def __str__(self) -> str:
        return self.told()

    @property
    def in_english(self) -> str:
        """The same for the log, whoever is refused."""
        return f'{self.what}: {"; ".join(self.reasons)}.'

    def retell(self, shown: Callable[[str], str]) -> None:
        """Tell it in the words that are shown to somebody, none twice."""
        self.what = shown(self.what)
        self.reasons = tuple(dict.fromkeys(map(shown, self.reasons)))
        HTTPConflict.__init__(self, self.told())


class BatchRefused(GateShut):
    """Some of several sign-offs were refused, so that none was recorded.

    `rows` has the refusal of each, by its campaign and requirement.
    """

    def __init__(self, what: str, rows: Mapping[
            tuple[str, str], GateShut | InvalidRequest]) -> None:
        self.rows = rows
        super().__init__(what, _reasons(rows))

    @property
    def mistaken(self) -> bool:
        """Whether it is for mistakes in what was typed, and not by rules."""
        return not any(isinstance(e, GateShut) for e in self.rows.values())

    def retell(self, shown: Callable[[str], str]) -> None:
        """Tell each of them in the words that are shown to somebody."""
        for error in self.rows.values():
            error.retell(shown)
        self.reasons = tuple(_reasons(self.rows))
        super().retell(shown)


def _reasons(rows: Mapping[tuple[str, str],
                           GateShut | InvalidRequest]) -> list[str]:
    return list(dict.fromkeys(
        phrase(words) for error in rows.values() for words in (
            error.reasons if isinstance(error, GateShut)
            else [problem for _, problem in error.problems])))


class TracRefusal(GateShut, AdminCommandError):
    """A refusal for trac-admin and XML-RPC, which know errors of Trac only.

    They tell its words and log no traceback; of any other exception they log
    one and tell the class's name.
    """

    title = 'Error'


class NoSuchCampaign(LookupError):
    """There is no campaign of that name; the text names those there are."""


@contextmanager
def refusals_logged(env: Any, actor: str) -> Iterator[None]:
    """Context manager: log the refusals that are raised inside.

    Of an invalid request only the fields are logged: its words quote what was
    typed.
    """
    try:
        yield
    except GateShut as refusal:
        log_refusal(env, actor, refusal.in_english)
        raise
    except InvalidRequest as mistake:
        fields = ', '.join(dict.fromkeys(f for f, _ in mistake.problems))
        env.log.info('%s', store.one_line(f'not done for {actor}, unfit: '
                                          f'{fields}'))
        raise


def log_refusal(env: Any, actor: str, words: str) -> None:
    """Log one refusal, in one line."""
    env.log.info('%s', store.one_line(f'refused {actor}: {words}'))


def require_reason(text: str, field: str = 'reason',
                   ask: str = SAY_WHY) -> None:
    """InvalidRequest unless a reason is given that can be kept.

    `ask` is what to say where there is none.
    """
    problems = reason_problems(text, field, ask)
    if problems:
        raise InvalidRequest(problems)
