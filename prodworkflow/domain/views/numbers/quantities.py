"""Quantities of a campaign: a line for each value that it asks for.

What is an estimate of another value stands on that one's line.  The values of
the members of a group are one line, with the worst of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prodworkflow.domain.rules.answers import Answer, Reason
from prodworkflow.domain.rules.decision import Coverage
from prodworkflow.domain.rules.evidence_report import EvidenceLine
from prodworkflow.domain.rules.revisions.estimates import EstimateStep
from prodworkflow.domain.views.numbers.bar import Bar, bar
from prodworkflow.domain.views.numbers.judgement import judgement, strain
from prodworkflow.domain.views.readiness import Readiness

# So many members of a group are shown.
WORST = 3


@dataclass(frozen=True)
class Quantity:
    """One value of one sign-off, beside its estimate and bounds."""

    answer: Answer
    line: EvidenceLine

    @property
    def first(self) -> EstimateStep | None:
        """The first estimate; None if there is none."""
        return self.line.series[0] if self.line.series else None

    @property
    def revised(self) -> tuple[EstimateStep, ...]:
        """The later estimates, oldest first."""
        return self.line.series[1:]

    @property
    def measured(self) -> bool:
        """Whether it was measured: it is given, and no estimate itself."""
        return bool(self.line.proof) and not self.estimated

    @property
    def estimated(self) -> bool:
        """Whether it is an estimate itself."""
        return bool(self.line.series) and not self.line.other

    @property
    def out(self) -> bool:
        """Whether it is out of bounds, waived or not."""
        return bool(self.line.fault) and not self.few

    @property
    def few(self) -> bool:
        """Whether it is within, but of too few to be sure, waived or not."""
        return self.line.reason == Reason.NOT_ENOUGH_STATISTICS.value

    @property
    def judged(self) -> str:
        """What the rules make of it, in words."""
        return judgement(self.line, self.answer)

    @property
    def bar(self) -> Bar | None:
        """Its places on one axis, if there is anything to compare."""
        return bar(self.line)


@dataclass(frozen=True)
class GroupQuantity:
    """A value of the members of a group, the worst first."""

    group: Coverage
    title: str
    members: tuple[Quantity, ...]

    @property
    def given(self) -> tuple[Quantity, ...]:
        """Those of which there is a value."""
        return tuple(q for q in self.members if q.line.proof)

    @property
    def out(self) -> int:
        """How many are out of bounds."""
        return sum(q.out for q in self.members)

    @property
    def few(self) -> int:
        """How many are of too few to be sure."""
        return sum(q.few for q in self.members)

    @property
    def worst(self) -> tuple[Quantity, ...]:
        """Those that are shown: what does not pass, or is nearest to that."""
        return self.given[:min(max(self.out + self.few, 1), WORST)]

    def name(self, quantity: Quantity) -> str:
        """The name of the member whose value it is."""
        item = quantity.answer.requirement.item
        return self.group.names.get(item, item)


@dataclass(frozen=True)
class Quantities:
    """All quantities that a viewer may see, and the links that were given."""

    single: tuple[Quantity, ...]
    groups: tuple[GroupQuantity, ...]
    links: tuple[Quantity, ...]

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.single) + len(self.groups)


def quantities(told: Readiness) -> Quantities:
    """The quantities of a campaign, as its viewer may see it."""
    groups = {g.group.key: g for g in told.groups}
    lines = [Quantity(a, line) for a in told.answers for line in a.evidence]
    values = [q for q in lines if q.line.asked]
    shown = [*_beside_measurements(values)]
    return Quantities(
        tuple(q for q in shown if _group(q) not in groups),
        tuple(_grouped(groups, shown)),
        tuple(q for q in lines if not q.line.asked and q.line.proof
              and not q.line.proof.reference))


def _beside_measurements(values: list[Quantity]) -> Iterator[Quantity]:
    """The values without estimates that stand beside what is measured."""
    compared = {(q.line.other.key, q.line.name) for q in values
                if q.line.other}
    for each in values:
        asked = each.line.asked
        bounded = asked and (asked.at_least or asked.at_most)
        if bounded or (each.answer.requirement.key,
                       each.line.name) not in compared:
            yield each


def _group(quantity: Quantity) -> str:
    return quantity.answer.requirement.group


def _grouped(groups: dict[str, Coverage],
             values: Iterable[Quantity]) -> Iterator[GroupQuantity]:
    """A line for each value of each group."""
    found: dict[tuple[str, str], list[Quantity]] = {}
    for each in values:
        if _group(each) in groups:
            found.setdefault((_group(each), each.line.name), []).append(each)
    for (key, _name), members in found.items():
        yield GroupQuantity(groups[key], members[0].line.title, tuple(sorted(
            members, key=lambda q: (q.out, q.few, strain(q.line)),
            reverse=True)))
