"""Errors of quantities and units."""

from __future__ import annotations

# So many characters a quantity or a unit may have.
LONGEST = 64


class UnitError(ValueError):
    """A text that is no quantity, or not of the dimension that is asked for.

    Its one argument is a message that names the remedy.
    """


class UnknownUnit(UnitError):
    """A word that is no unit; `word` is that word."""

    def __init__(self, message: str, word: str) -> None:
        super().__init__(message)
        self.word = word
