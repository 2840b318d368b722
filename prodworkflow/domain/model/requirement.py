"""Requirement: what one sign-off ticket stands for.

Times are integers, microseconds since 1970-01-01 UTC (Trac's own unit);
calendar days are `datetime.date`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.evidence import (
    EvidenceSpec,
    FileFact,
    NOTHING_ASKED,
)
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.signoff import SignOff


@dataclass(frozen=True)
class Requirement:
    """A requirement of a stage, with its sign-off ticket.

    `ticket` is None once the ticket is known to be deleted.  `ticket_time` is
    its creation time, which tells it from a later ticket with the same id.
    `seen` is the time of the last change of status that the ledger accounts
    for; verdicts up to entry `since` do not count; `unsigned` is whether the
    last known closing of the ticket was no sign-off.

    `contacts` are logins and, behind an @, permission groups.  If it is
    `release_bound`, verdicts before entry `stale` are void; later ones count
    for the present release and for those in `carried`.

    `group` is the key of its group, `item` its item there, with `weight`.
    `due` is a day of its own (None: that of its stage).  `dropped` is set once
    its item has left the campaign.

    `rests_on` holds the keys of requirements that must be met first.
    `objection` is one that nobody has answered yet.  `files` are attachments
    that are not what was submitted.  `kept` are former contacts whose
    approvals go on counting; '' among them stands for administrators.  `past`
    are the verdicts about one that dropped out; those of others are beside it
    in a state.
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
    rests_on: tuple[str, ...] = ()
    objection: Objection | None = None
    files: tuple[FileFact, ...] = ()
    kept: tuple[str, ...] = ()
    past: tuple[SignOff, ...] = ()

    @property
    def plain_closing(self) -> bool:
        """Whether resolving the ticket as fixed says all that is asked.

        It does not where a quorum or evidence is asked for.
        """
        return self.quorum <= 1 and not self.asks.anything


@dataclass(frozen=True)
class Objection:
    """An objection of somebody who may not sign; `number` is its entry.

    `time` is in µs UTC.
    """

    by: str
    time: int
    words: str
    number: int


QUORUM_MAX = 99
