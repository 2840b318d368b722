"""The error that names what is wrong with a request."""

from __future__ import annotations


class InvalidRequest(ValueError):
    """What was asked for cannot be done; `problems` are (field, words)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__('\n'.join(words for _, words in problems))
