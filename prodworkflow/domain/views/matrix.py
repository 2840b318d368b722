"""Matrix of a list: a row for each item, a column for what is asked of each.
"""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.model.item_list import Item
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Coverage
from prodworkflow.domain.text import joined, Message
from prodworkflow.domain.views.marks import code, WORDS
from prodworkflow.domain.views.readiness import Readiness


@dataclass(frozen=True)
class Cell:
    """One sign-off of an item; `time` is when it was last signed (µs UTC).

    `time` is 0 and `signers` are none where nobody has.
    """

    answer: Answer
    signers: tuple[str, ...] = ()
    time: int = 0

    @property
    def state(self) -> str:
        """Its code: met, waived, or the reason why it is unmet."""
        return code(self.answer)

    @property
    def word(self) -> str:
        """Its state in a word or two."""
        return WORDS[self.state]

    @property
    def names(self) -> str:
        """Who has signed, in words; '' for nobody."""
        return joined(self.signers)


@dataclass(frozen=True)
class Row:
    """The sign-offs of one item, one place a column; None where none is."""

    item: Item
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Matrix:
    """What a campaign asks of each item of a list, and what is given."""

    list: str
    columns: tuple[Coverage, ...]
    rows: tuple[Row, ...]

    @property
    def summary(self) -> Message:
        """How many sign-offs are given: `3 of 8 signed`."""
        cells = [c for row in self.rows for c in row.cells if c]
        return Message('%(met)s of %(all)s signed', all=len(cells),
                       met=sum(c.answer.met for c in cells))


def matrices(told: Readiness) -> tuple[Matrix, ...]:
    """A matrix for each list of which the viewer sees something, in order."""
    found = (_matrix(told, each.name, each.items)
             for each in told.decision.snapshot.state.lists)
    return tuple(m for m in found if m.rows)


def _matrix(told: Readiness, name: str, items: tuple[Item, ...]) -> Matrix:
    columns = tuple(g for g in told.groups
                    if g.group.list == name and g.answers)
    by_item = [{a.requirement.item: a for a in g.answers} for g in columns]
    rows = (Row(item, tuple(
        _cell(told, found[item.key]) if item.key in found else None
        for found in by_item)) for item in items)
    return Matrix(name, columns, tuple(r for r in rows if any(r.cells)))


def _cell(told: Readiness, answer: Answer) -> Cell:
    said = told.decision.snapshot.state.said_of(answer.requirement.key)
    if answer.waived:
        waivers = [lift.waiver for lift in answer.lifts]
        return Cell(answer, tuple(dict.fromkeys(w.signer for w in waivers)),
                    max((w.time for w in waivers), default=0))
    return Cell(answer, answer.signers, max(
        (s.time for s in said if s.signer in answer.signers
         and s.verdict == Verdict.APPROVED.value), default=0))
