"""The nouns: frozen values that all other modules exchange.

Times are integers, microseconds since 1970-01-01 UTC (Trac's own unit);
calendar days are `datetime.date`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.evidence import EvidenceSpec, NOTHING_ASKED
from prodworkflow.domain.model.person import Deputy


@dataclass(frozen=True)
class Requirement:
    """One thing a stage asks for.

    `ticket` is None once the sign-off ticket is known to be gone.
    `ticket_time` is the ticket's creation time: with the id it tells the
    ticket from a later one that was given the same id.  `seen` is the time
    of the last change of status that the ledger accounts for, `since` the
    number of the entry before which nothing said counts any more, `unsigned`
    whether the ticket's last known closing was no sign-off.

    `contacts` are logins and, behind an @, permission groups.  Where it is
    release-bound, what was said before entry `stale` is void; of what came
    later, the present release and those in `carried` count.

    Of a `group` it is the one for `item`, which weighs `weight`.  `due` is
    its own day (None: its stage's); `dropped` says who dropped its item.
    """

    key: str
    stage: str
    title: str
    ticket: int | None
    ticket_time: int
    contacts: tuple[str, ...] = ()
    quorum: int = 1
    release_bound: bool = False
    seen: int = 0
    since: int = 0
    unsigned: bool = False
    deputies: tuple[Deputy, ...] = ()
    separate_from: str = ''
    inputs: tuple[str, ...] = ()
    asks: EvidenceSpec = NOTHING_ASKED
    stale: int = 0
    carried: tuple[str, ...] = ()
    changed: Change | None = None
    group: str = ''
    item: str = ''
    weight: str = ''
    due: date | None = None
    dropped: Change | None = None

    @property
    def plain_closing(self) -> bool:
        """Whether resolving the ticket as fixed can say all it asks for."""
        return self.quorum <= 1 and not self.asks.anything


QUORUM_MAX = 99
