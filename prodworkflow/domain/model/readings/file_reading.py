"""Reading of a value from a file that was reported, as the ledger keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.text import Message

TEXTS = ('unread', 'questions')


@dataclass(frozen=True)
class FileReading:
    """Where a value comes from: a reading of an attachment of the ticket.

    `source` is the reading's name, `file` the attachment's, `digest` its
    SHA-256; tool, host, start and revision are what the file tells.
    `counted`, `unread` and `questions` are the reader's sentences.  `tests`
    are the tests that ran, None where it is no file of tests.

    What was known when it was reported: `since`, from when (µs UTC) the
    release is, 0 if unknown; the campaigns that had the `same` bytes before,
    and the one in which `more_in` tests ran last time.
    """

    source: str
    file: str
    digest: str
    tool: str = ''
    host: str = ''
    start: str = ''
    revision: str = ''
    counted: str = ''
    unread: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    tests: int | None = None
    since: int = 0
    same: tuple[str, ...] = ()
    more_in: str = ''

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> FileReading:
        """Deserialize what `plain` or a ledger entry has of it.

        KeyError or TypeError if it is invalid.
        """
        known = {name: value for name, value in data.items()
                 if not name.endswith('_messages')}
        [counted] = _said([data.get('counted', '')],
                          [data.get('counted_messages')])
        return cls(**{**known, 'counted': counted,
                      'same': tuple(data.get('same', ())),
                      **{name: _said(data.get(name, ()),
                                     data.get(f'{name}_messages'))
                         for name in TEXTS}})

    def as_dict(self) -> dict[str, Any]:
        """The reading as JSON, in English."""
        return {'source': self.source, 'file': self.file,
                'sha256': self.digest, 'tool': self.tool or None,
                'host': self.host or None, 'start': self.start or None,
                'revision': self.revision or None,
                'counted': f'{self.counted}' or None,
                'unread': [f'{words}' for words in self.unread]}


def _said(texts: Any, messages: Any) -> tuple[str, ...]:
    """Texts, as messages where those were stored beside them and agree."""
    told = messages if isinstance(messages, list) else [None] * len(texts)
    return tuple(message if message == text else text for text, message in (
        (text, data and Message.of(data))
        for text, data in zip(texts, told)))
