"""Authors: who Trac says has changed a ticket, and what they may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from prodworkflow.domain.model.person import Person


@dataclass(frozen=True)
class Author:
    """Who changed a ticket: the name that Trac tells, and whose rights.

    `known` looks the person up, which few changes need.
    """

    name: str
    known: Callable[[str], Person]

    @property
    def person(self) -> Person:
        """Who it is, with groups and permissions."""
        return self.known(self.name)
