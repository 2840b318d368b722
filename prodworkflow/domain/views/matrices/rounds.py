"""Matrix of rounds: items of a list by the last campaigns.

An item is the same in all campaigns whose lists have its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prodworkflow.domain.text import Message
from prodworkflow.domain.views.marks import WORDS
from prodworkflow.domain.views.matrices.lists import matrices, Matrix, Row
from prodworkflow.domain.views.matrices.order import in_order, rank, Sort
from prodworkflow.domain.views.readiness import Readiness

# Of what is merely not given yet the number says enough.
PLAIN = ('met', 'awaiting')


@dataclass(frozen=True)
class RoundCell:
    """An item in one campaign: its worst state, and how much is signed.

    `dropped` says that it left the campaign; without `state` nothing is asked
    of it there.
    """

    campaign: str
    state: str = ''
    met: int = 0
    count: int = 0
    waived: int = 0
    dropped: bool = False

    @property
    def words(self) -> Message:
        """Its summary: `all signed`, `1 of 2 signed`, `not asked`."""
        if not self.state:
            return (Message('dropped out') if self.dropped
                    else Message('not asked'))
        if self.met == self.count:
            return self._complete()
        counted = Message('%(met)s of %(all)s signed', met=self.met,
                          all=self.count)
        if self.state in PLAIN:
            return counted
        return Message('%(state)s, %(counted)s', state=WORDS[self.state],
                       counted=counted)

    def _complete(self) -> Message:
        if not self.waived:
            return Message('all signed')
        if self.waived == self.count:
            return Message('waived')
        return Message('all signed, %(waived)s of %(all)s waived',
                       waived=self.waived, all=self.count)


@dataclass(frozen=True)
class RoundRow:
    """An item by campaigns, in their order."""

    key: str
    name: str
    cells: tuple[RoundCell, ...]


@dataclass(frozen=True)
class RoundsMatrix:
    """The items of all lists of one name, by campaigns."""

    list: str
    campaigns: tuple[str, ...]
    rows: tuple[RoundRow, ...]


def rounds(told: Sequence[Readiness]) -> tuple[RoundsMatrix, ...]:
    """A matrix for each list of these campaigns; they stand as given.

    Items stand as in the first campaign that has them, by capacity.
    """
    found = [{m.list: m for m in matrices(each)} for each in told]
    names = dict.fromkeys(name for each in found for name in each)
    return tuple(_of_list(name, [
        (each, lists.get(name)) for each, lists in zip(told, found)])
        for name in names)


def _of_list(name: str, of: Iterable[tuple[Readiness, Matrix | None]]
             ) -> RoundsMatrix:
    chosen = [(told, found) for told, found in of if found]
    rows = [{row.item.key: row for row in in_order(found.rows, Sort.WEIGHT)}
            for _told, found in chosen]
    items = {key: row.item.name for each in reversed(rows)
             for key, row in each.items()}
    order = dict.fromkeys(key for each in rows for key in each)
    return RoundsMatrix(
        name, tuple(told.campaign.name for told, _found in chosen),
        tuple(RoundRow(key, items[key], tuple(
            _cell(told, name, key, each.get(key))
            for (told, _found), each in zip(chosen, rows)))
            for key in order))


def _cell(told: Readiness, name: str, key: str, row: Row | None) -> RoundCell:
    campaign = told.campaign.name
    if row is None:
        return RoundCell(campaign, dropped=any(
            each.former_item(key) for each
            in told.decision.snapshot.state.lists if each.name == name))
    states = [c.state for c in row.asked]
    return RoundCell(campaign, min(states, key=rank),
                     sum(c.answer.met for c in row.asked), len(states),
                     sum(c.answer.waived for c in row.asked))
