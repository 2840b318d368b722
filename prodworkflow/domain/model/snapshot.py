"""Snapshot: a campaign's state and what Trac says of it at one moment.

Times are integers, microseconds since 1970-01-01 UTC (Trac's own unit).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.state import State

# What Trac itself takes for the end of a ticket.
CLOSED = frozenset({'closed'})


@dataclass(frozen=True)
class TicketFacts:
    """Status, resolution, milestone and last status change of a ticket.

    `changed` is in µs UTC; `done` are the statuses that count as closed.
    """

    status: str
    resolution: str
    milestone: str
    changed: int
    done: frozenset[str] = CLOSED

    @property
    def closed(self) -> bool:
        """Whether the ticket is done, whatever its resolution."""
        return self.status in self.done

    def reopened(self, changed: int) -> TicketFacts:
        """The facts of the ticket once it is open again."""
        return replace(self, status='reopened', resolution='',
                       changed=changed, done=CLOSED)


@dataclass(frozen=True)
class Snapshot:
    """A campaign's state and Trac's tickets and milestones at one moment.

    `tickets` maps requirement keys to the facts of their tickets (absent: the
    ticket is gone); `milestones` stage keys to completion times in µs UTC (0:
    not completed; absent: no such milestone); `others` stage keys to open
    tickets in the milestone that are no sign-off tickets of this campaign;
    `crowded` holds the stages that have more of them than are listed.
    `voided` maps requirement keys to the time of the release that made them
    stale.  `doubts` say what could not be read or verified; any doubt keeps
    every gate shut.  `head` is the hash of the ledger's last entry, stored
    apart from the ledger.  `pace` maps contacts ('': the administrators) to
    their latest response times in µs, None if they were not asked for.
    `begun` maps known issues in `others` to their times of creation in µs.
    `dues` maps stage keys to when their milestones are due in Trac, in µs UTC
    (0: no date; absent: no such milestone).
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
    begun: Mapping[int, int] = field(default_factory=dict)
    dues: Mapping[str, int] = field(default_factory=dict)

    def due(self, stage: Stage) -> date | None:
        """The day that a stage is due, as its milestone in Trac has it.

        The planned one where the milestone is gone.
        """
        moment = self.dues.get(stage.key)
        if moment is None:
            return stage.due
        return day_of(moment) if moment else None
