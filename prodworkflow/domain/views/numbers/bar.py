"""Bar of a quantity: where its values lie on one axis, from 0 to 100."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from prodworkflow.domain.quantities import tolerance, UnitError
from prodworkflow.domain.rules.evidence_report import EvidenceLine

# Of the axis, so much is left free at each end.
FREE = 6


@dataclass(frozen=True)
class Bar:
    """Places of values; None for one that there is not.

    `tolerated` is what is allowed around the estimate, from and to.
    """

    estimate: float | None = None
    revised: float | None = None
    measured: float | None = None
    least: float | None = None
    most: float | None = None
    tolerated: tuple[float, float] | None = None


def bar(line: EvidenceLine) -> Bar | None:
    """The places of a quantity's values; None with less than two of them."""
    try:
        values = dict(_values(line))
    except UnitError:
        return None
    if len(set(values.values())) < 2:
        return None
    low, high = min(values.values()), max(values.values())
    place = {name: round(float(FREE + (100 - 2 * FREE) * (value - low)
                               / (high - low)), 1)
             for name, value in values.items()}
    return Bar(place.get('estimate'), place.get('revised'),
               place.get('measured'), place.get('least'), place.get('most'),
               _tolerated(place))


def _values(line: EvidenceLine) -> Iterator[tuple[str, Fraction]]:
    """All values that are drawn, in the unit that is asked for."""
    if line.asked is None:
        return
    texts = {'measured': line.proof.text if line.proof and not (
        line.series and not line.other) else '',
        'least': line.asked.at_least, 'most': line.asked.at_most}
    if line.series:
        texts['estimate'] = line.series[0].text
        texts['revised'] = line.series[-1].text if line.series[1:] else ''
    elif line.other:
        texts['estimate'] = line.estimate
    for name, text in texts.items():
        if text:
            yield name, line.asked.amount(text)
    if line.estimate and line.asked.tolerance:
        yield from _ends(line.asked.amount(line.estimate),
                         line.asked.tolerance)


def _ends(estimate: Fraction, text: str) -> Iterator[tuple[str, Fraction]]:
    """The ends of what is tolerated; the estimate where a side has none."""
    below, above = tolerance(text)
    yield 'from', estimate - (below or 0) * abs(estimate)
    yield 'to', estimate + (above or 0) * abs(estimate)


def _tolerated(place: dict[str, float]) -> tuple[float, float] | None:
    return (place['from'], place['to']) if 'from' in place else None
