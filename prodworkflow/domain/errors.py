"""Validation error: the problems of a request, field by field."""

from __future__ import annotations

from collections.abc import Callable


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
