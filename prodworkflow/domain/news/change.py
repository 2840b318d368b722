"""Change of a campaign: what one transaction has made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.decision import Decision

CAME = ('ticket-entered', 'ticket-noted', 'ticket-turned-away')
LEFT = 'ticket-left'


@dataclass(frozen=True)
class CampaignChange:
    """A campaign before and after one transaction, with its entries.

    `before` is None where it was made; `checked` says that the campaign was
    looked through for what nobody can sign.
    """

    before: Snapshot | None
    after: Snapshot
    entries: tuple[Entry, ...] = ()
    checked: bool = False

    def then(self, later: CampaignChange) -> CampaignChange:
        """This change and a later one of the same campaign as one."""
        return CampaignChange(self.before, later.after,
                              (*self.entries, *later.entries),
                              self.checked or later.checked)


@dataclass(frozen=True)
class DecidedChange:
    """The decisions before and after a change, of the same moment.

    So what time alone does is no part of it.  `before` is None where the
    campaign was made.
    """

    before: Decision | None
    after: Decision
    entries: tuple[Entry, ...] = ()
    checked: bool = False

    def of(self, *verbs: str) -> tuple[Entry, ...]:
        """The entries of these verbs, oldest first."""
        return tuple(e for e in self.entries if e.verb in verbs)


def merged(changes: Iterable[CampaignChange]) -> list[CampaignChange]:
    """The changes of each campaign as one, in the order they came in."""
    found: dict[int, CampaignChange] = {}
    for each in changes:
        was = found.get(each.after.id)
        found[each.after.id] = was.then(each) if was else each
    return list(found.values())


def as_recorded(change: CampaignChange) -> Snapshot | None:
    """What was before a change, as the ledger had it then; None for none.

    Trac tells of tickets and milestones when it has stored them: what was
    read of them then is no longer what was before.
    """
    was = change.before
    if was is None:
        return None
    closed = {s.key: s.closed for s in was.state.stages}
    return replace(was, others=_others(was, change.entries), milestones={
        key: (when or 1) if closed.get(key, bool(when)) else 0
        for key, when in was.milestones.items()})


def _others(was: Snapshot,
            entries: tuple[Entry, ...]) -> dict[str, tuple[int, ...]]:
    """The open tickets of each stage before those that came or left."""
    found = {key: list(tickets) for key, tickets in was.others.items()}
    for entry in reversed(entries):
        if entry.verb in (*CAME, LEFT):
            ticket = entry.payload['ticket']
            there = found.setdefault(entry.payload['stage'], [])
            if ticket in there:
                there.remove(ticket)
            if entry.verb == LEFT:
                there.append(ticket)
    return {key: tuple(tickets) for key, tickets in found.items()}
