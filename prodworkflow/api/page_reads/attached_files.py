"""Attached files: what Trac knows of attachments, as a viewer may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from prodworkflow import store
from prodworkflow.gateways.rights import unseen_attachments


@dataclass(frozen=True)
class AttachedFile:
    """An attachment: who attached it, when (µs UTC), whether one may see it.
    """

    author: str
    time: int
    visible: bool


class AttachedFiles:
    """Finds the attachments of tickets."""

    def __init__(self, env: Any) -> None:
        self.env = env

    def of(self, tickets: Iterable[int],
           perm: Any) -> dict[tuple[int, str], AttachedFile]:
        """The attachments by (ticket, name); one statement, or none."""
        asked = list(dict.fromkeys(tickets))
        rows = store.attached_files(self.env, asked) if asked else []
        hidden = unseen_attachments(perm, ((r.ticket, r.name) for r in rows))
        return {(r.ticket, r.name): AttachedFile(
            r.author, r.time, (r.ticket, r.name) not in hidden)
            for r in rows}
