"""Units: expressions of the vocabulary's words, like `HS23 s/event`."""

from __future__ import annotations

import functools
import re
from fractions import Fraction

from prodworkflow.domain.quantities.errors import (
    LONGEST,
    UnitError,
    UnknownUnit,
)
from prodworkflow.domain.quantities.former_units import former_unit
from prodworkflow.domain.quantities.nearest_unit import unknown
from prodworkflow.domain.quantities.vocabulary import BY_WORD, NUMBER, Unit
from prodworkflow.domain.text import Message

# The micro sign is also typed as a Greek letter.
MICRO = '\u00b5\u03bc'
WORD = rf'[A-Za-z{MICRO}%°][A-Za-z0-9{MICRO}_%°]*'
UNIT = rf'{WORD}(?:(?:\s*[*/·]\s*|\s+(?:per\s+)?){WORD})*'
_JOINT = re.compile(r'(\s*[*/·]\s*|\s+(?:per\s+)?)')
ONE = Unit('', NUMBER, Fraction(1))


def known(text: str, former: bool = False) -> None:
    """Validate a unit; UnitError if it is unknown.

    `former` ones are those of templates that are stored.
    """
    if len(text) > LONGEST or not re.fullmatch(UNIT, text.strip()):
        raise UnitError(Message('"%(unit)s" is no unit; write one like '
                                '"GB", "s", "%%" or "kB/event"',
                                unit=text[:LONGEST]))
    unit(text, former)


def alike(one: str, other: str, hs23: Fraction | None = None) -> bool:
    """Whether two units have the same dimension; UnitError if one is none.

    `hs23` is how many HS06 one HS23 is, None where nobody says.
    """
    return (_comparable(unit(one, True), hs23).dimension
            == _comparable(unit(other, True), hs23).dimension)


def ratio(one: Unit, other: Unit, hs23: Fraction | None) -> Fraction | None:
    """How many of the other unit one is; None if that is impossible."""
    one, other = _comparable(one, hs23), _comparable(other, hs23)
    return (one.factor / other.factor if one.dimension == other.dimension
            else None)


@functools.lru_cache(maxsize=512)
def unit(text: str, former: bool = False) -> Unit:
    """Parse a unit; UnitError if it has a word that is not known."""
    parts = _JOINT.split(text.strip())
    found = ONE if not text.strip() else _word(parts[0], former)
    for joint, word in zip(parts[1::2], parts[2::2]):
        divided = '/' in joint or 'per' in joint
        next_ = _word(word, former)
        if not former and not next_.dimension:
            raise UnitError(share_inside(text))
        found = product(found, next_, -1 if divided else 1)
    return found


def share_inside(text: str) -> Message:
    """That a `%` stands behind another unit: `3/149 %` is no count."""
    return Message('"%(text)s" has a %% behind another number or unit; write '
                   'a share like "2 %%", or a count like "3/149"',
                   text=text.strip())


def product(one: Unit, other: Unit, power: int) -> Unit:
    """One unit times another (`power` 1), or by it (-1)."""
    powers = dict(one.dimension)
    for name, each in other.dimension:
        powers[name] = powers.get(name, 0) + each * power
    return Unit('', tuple(sorted((n, p) for n, p in powers.items() if p)),
                one.factor * other.factor ** power)


def _word(word: str, former: bool) -> Unit:
    found = BY_WORD.get(word) or (former_unit(word) if former else None)
    if found is None:
        raise UnknownUnit(unknown(word), word)
    return found


def _comparable(each: Unit, hs23: Fraction | None) -> Unit:
    """A unit without HS23, where it is known how many HS06 that is."""
    power = dict(each.dimension).get('HS23', 0)
    if hs23 is None or not power:
        return each
    without = product(each, Unit('', (('HS23', power),), Fraction(1)), -1)
    return product(without, Unit('', (('HS06', power),), hs23 ** power), 1)
