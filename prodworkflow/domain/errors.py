"""Errors: the problems of a request, field by field; words of an error."""

from __future__ import annotations

from collections.abc import Callable

from prodworkflow.domain.text import Message


class InvalidRequest(ValueError):
    """A request that is not valid; `problems` are (field, message) pairs.

    All problems are gathered before it is raised.
    """

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__('\n'.join(str(words) for _, words in problems))

    def retell(self, shown: Callable[[str], str]) -> None:
        """Tell it in the words that are shown to somebody."""
        InvalidRequest.__init__(self, [(field, shown(words)) for field, words
                                       in self.problems])


def error_words(error: Exception) -> str:
    """What an error says; a message stays one."""
    told = error.args[0] if len(error.args) == 1 else str(error)
    return told if isinstance(told, Message) else str(error)
