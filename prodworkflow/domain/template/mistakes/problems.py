"""Problems of a text in TOML: each a line, a path and a remedy, and the error.
"""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.text import Message


@dataclass(frozen=True)
class Problem:
    """A mistake: its line (from 1), its path, and the remedy in a message."""

    line: int
    path: str
    words: str

    def __str__(self) -> str:
        return Message('line %(line)s, %(path)s: %(words)s', line=self.line,
                       path=self.path, words=self.words)


class TemplateError(ValueError):
    """All mistakes of one text, in the order of their lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: p.line))
        super().__init__('\n'.join(str(p) for p in self.problems))

    @classmethod
    def at(cls, line: int, path: str, words: str) -> TemplateError:
        """The error for a text with a single mistake."""
        return cls([Problem(line, path, words)])
