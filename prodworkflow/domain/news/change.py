"""Change of a campaign: what one transaction has made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.decision import Decision


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


def as_recorded(snapshot: Snapshot) -> Snapshot:
    """A snapshot whose milestones are as the ledger has their stages.

    Trac tells of a milestone when it has stored it: what was read then is no
    longer what was before.
    """
    closed = {s.key: s.closed for s in snapshot.state.stages}
    return replace(snapshot, milestones={
        key: (when or 1) if closed.get(key, bool(when)) else 0
        for key, when in snapshot.milestones.items()})
