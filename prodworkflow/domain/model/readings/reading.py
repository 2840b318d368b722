"""Reading: a value that a tool wrote into a file, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.errors import InvalidRequest


class UnreadableEvidence(InvalidRequest):
    """A file of which nothing is taken; its message says where and why.

    Neither a value nor the file is kept.
    """

    def __init__(self, message: str) -> None:
        super().__init__([('file', message)])


@dataclass(frozen=True)
class Provenance:
    """Where a reading comes from; '' for what the file does not tell.

    `start` is ISO 8601, or as the tool writes it; `digest` is the SHA-256 of
    the whole file.
    """

    tool: str
    host: str = ''
    start: str = ''
    revision: str = ''
    digest: str = ''


@dataclass(frozen=True)
class Reading:
    """One value from a file.

    `name` is as templates write it (`junit:failure_rate`), `value` as people
    type it (`3/149`, `12.5 ± 0.3 s (n=20)`, `2048 KiB`). `counted` says what
    was counted or measured, `unread` what could not be read, and `questions`
    what a signer is asked to look at.
    """

    name: str
    value: str
    provenance: Provenance
    unread: tuple[str, ...] = ()
    counted: str = ''
    questions: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The reading as plain data, its sentences in English."""
        return {'name': self.name, 'value': self.value,
                'counted': f'{self.counted}',
                'unread': [f'{words}' for words in self.unread],
                'questions': [f'{words}' for words in self.questions],
                'provenance': dict(vars(self.provenance))}


@dataclass(frozen=True)
class ReadingKind:
    """A reading that a reader offers, for templates and the reference.

    `units` are examples of the dimensions that its values have: `('%',)` for
    rates, `('KiB',)`; '' is a plain number, and none means any.  A name that
    ends in a colon stands for all that begin with it (`json:`).  With `signed`
    it may be below 0, as a slope is.
    """

    name: str
    units: tuple[str, ...]
    words: str
    signed: bool = False

    def names(self, source: str) -> bool:
        """Whether a template means this reading by its `source`."""
        if self.name.endswith(':'):
            return source.startswith(self.name) and source != self.name
        return source == self.name


def kind_of(source: str, kinds: Iterable[ReadingKind]) -> ReadingKind | None:
    """The kind of the reading that a template names; None if unknown."""
    return next((kind for kind in kinds if kind.names(source)), None)
