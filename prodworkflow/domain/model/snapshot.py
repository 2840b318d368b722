"""A campaign's state beside what Trac says at the same moment.

Times are integers, microseconds since 1970-01-01 UTC (Trac's own unit).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prodworkflow.domain.model.state import State


@dataclass(frozen=True)
class TicketFacts:
    """What Trac says of a sign-off ticket at this moment."""

    status: str
    resolution: str
    milestone: str
    changed: int

    @property
    def closed(self) -> bool:
        return self.status == 'closed'


@dataclass(frozen=True)
class Snapshot:
    """A campaign's state beside what Trac says at the same moment.

    `tickets` maps a requirement's key to its ticket's facts (absent: the
    ticket is gone), `milestones` a stage's key to the milestone's completion
    time (0: not completed; absent: no such milestone), `others` a stage's
    key to the ids of open tickets in its milestone that are no sign-off
    tickets of this campaign.  `voided` maps a requirement's key to the time
    of the release that made it stale, if one did.  `doubts` are sentences
    about what could not be read or does not agree; any of them keeps every
    gate shut.  `head` is the hash of the ledger's last entry, kept apart
    from the ledger.  `pace` maps contacts ('': the administrators) to how
    long (µs) their latest answers were waited for; None: nobody asked.
    `crowded` holds the keys of stages that have more others than are named.
    """

    id: int
    revision: int
    state: State
    tickets: Mapping[str, TicketFacts] = field(default_factory=dict)
    milestones: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    voided: Mapping[str, int] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    head: str = ''
    pace: Mapping[str, Sequence[int]] | None = None
    crowded: frozenset[str] = frozenset()
