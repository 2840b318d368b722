"""Sources of values: the readings of files that templates name."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from prodworkflow.domain.model.readings.reading import kind_of, ReadingKind
from prodworkflow.domain.quantities import alike, UnitError
from prodworkflow.domain.text import joined, Message, nearest

# As long as the name of a benchmark may be.
SOURCE_MAX = 200


def source_mistake(source: str, unit: str, hs23: Fraction | None,
                   kinds: Sequence[ReadingKind]) -> Message | None:
    """Why a reading cannot fill a value in `unit`; None if it can.

    `unit` is '' where it was invalid.
    """
    kind = kind_of(source, kinds)
    if kind is None:
        return _unknown(source, kinds)
    if not unit or not kind.units or any(
            _fills(own, unit, hs23) for own in kind.units):
        return None
    if kind.units == ('',):
        return Message('%(source)s is a plain number, and no value is one',
                       source=source)
    return Message('%(source)s is given in %(units)s, which cannot be '
                   'counted in %(unit)s; write a unit of that kind',
                   source=source, units=joined(kind.units, 'or'), unit=unit)


def _fills(own: str, unit: str, hs23: Fraction | None) -> bool:
    """Whether a reading in one unit is a value in another."""
    try:
        return bool(own) and alike(own, unit, hs23)
    except UnitError:
        return False


def _unknown(source: str, kinds: Sequence[ReadingKind]) -> Message:
    names = [kind.name for kind in kinds]
    near = nearest(source, names)
    if near.endswith(':'):
        return Message('no reader finds "%(source)s"; write "%(near)s" with '
                       'a name behind it', source=source, near=near)
    if near:
        return Message('no reader finds "%(source)s"; write "%(near)s"',
                       source=source, near=near)
    return Message('no reader finds "%(source)s"; known are %(names)s',
                   source=source, names=', '.join(names))
