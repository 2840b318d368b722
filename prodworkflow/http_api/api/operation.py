"""Operations of the API: each declared once, for handlers and document.

Texts are marked for translation; the page shows them in the reader's
language, the OpenAPI document in English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from prodworkflow.translation import N_

Schema = dict[str, Any]
KIB = 1024
DOCUMENT_MAX = 1024 * KIB
FILE_MAX = 16 * 1024 * KIB


@dataclass(frozen=True)
class Parameter:
    """A parameter of the query, with its JSON schema."""

    name: str
    schema: Schema
    about: str


PAGES = (
    Parameter('limit', {'type': 'integer', 'minimum': 1, 'maximum': 1000},
              N_('How many items to give at most; 100 where it is not '
                 'said.')),
    Parameter('offset', {'type': 'integer', 'minimum': 0,
                         'maximum': 999999999},
              N_('How many items to leave out before; the link to the next '
                 'page has it.')))


@dataclass(frozen=True)
class Answer:
    """What an operation answers.

    `revision` is that of the campaign, where the ETag tells it; `status` is
    0 for that of the operation.
    """

    data: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    revision: int | None = None
    status: int = 0


@dataclass(frozen=True)
class Operation:
    """One operation: method and path, what it takes and what it gives.

    `body` is the schema of the JSON document that is sent, None for none;
    with `file` a file may be sent in its place.  `scope` is what a token
    needs; '' is for persons only.  `needs` says which permission or role.
    `listed` lists come by pages.  `others` are statuses that come with the
    same document as its own.
    """

    method: str
    path: str
    name: str
    about: str
    needs: str
    act: Callable[[Any], Answer]
    gives: Schema
    status: int = 200
    query: tuple[Parameter, ...] = ()
    body: Schema | None = None
    file: bool = False
    scope: str = ''
    listed: bool = False
    others: tuple[int, ...] = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters of the query, those of pages among them."""
        return (*self.query, *PAGES) if self.listed else self.query
