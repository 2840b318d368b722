"""Former units: what could be typed before there was a closed vocabulary.

Up to version 0.6.0 any unit of pint's was taken.  What is stored is for ever:
ledgers and templates of those days are read by this table, with the meaning
that they had.  Nothing new is taken by it.
"""

from __future__ import annotations

from fractions import Fraction

from prodworkflow.domain.quantities.vocabulary import (
    BY_WORD,
    Dimension,
    INFORMATION,
    TIME,
    Unit,
)

PREFIXES = {'y': -24, 'z': -21, 'a': -18, 'f': -15, 'p': -12, 'n': -9,
            'u': -6, '\u00b5': -6, '\u03bc': -6, 'm': -3, 'c': -2, 'd': -1,
            'da': 1, 'h': 2, 'k': 3, 'M': 6, 'G': 9, 'T': 12, 'P': 15, 'E': 18,
            'Z': 21, 'Y': 24}
NAMED_PREFIXES = {
    'yocto': -24, 'zepto': -21, 'atto': -18, 'femto': -15, 'pico': -12,
    'nano': -9, 'micro': -6, 'milli': -3, 'centi': -2, 'deci': -1,
    'deca': 1, 'hecto': 2, 'kilo': 3, 'mega': 6, 'giga': 9, 'tera': 12,
    'peta': 15, 'exa': 18, 'zetta': 21, 'yotta': 24}
_ENERGY: Dimension = (('g', 1), ('m', 2), ('s', -2))
_CHARGE = Fraction(1602176634, 10**28)

# Decibels, candelas, pascals and so on, which are no prefix with a unit.
NO_PREFIX = ('dB', 'cd', 'yd', 'ha', 'Td', 'Ta', 'Pa', 'Eh', 'ph', 'Gb')

PHYSICAL = {word: Unit(words[0], dimension, factor)
            for words, dimension, factor in (
    (('m', 'meter', 'metre'), (('m', 1),), Fraction(1)),
    (('g', 'gram'), (('g', 1),), Fraction(1)),
    (('A', 'ampere', 'amp'), (('A', 1),), Fraction(1)),
    (('K', 'kelvin'), (('K', 1),), Fraction(1)),
    (('Hz', 'hertz'), (('s', -1),), Fraction(1)),
    (('b', 'barn'), (('m', 2),), Fraction(1, 10**28)),
    (('eV', 'electron_volt'), _ENERGY, _CHARGE * 1000),
    (('J', 'joule'), _ENERGY, Fraction(1000)),
    (('W', 'watt'), (('g', 1), ('m', 2), ('s', -3)), Fraction(1000)),
    (('octet',), INFORMATION, Fraction(1)),
    (('bps',), (('B', 1), ('s', -1)), Fraction(1, 8)),
    (('month',), TIME, Fraction(31557600, 12)),
    (('a', 'julian_year'), TIME, Fraction(31557600)),
    (('fortnight',), TIME, Fraction(14 * 86400)),
    (('ppm',), (), Fraction(1, 10**6)),
    (('dimensionless',), (), Fraction(1)),
    ) for word in words}
_ALL = {**PHYSICAL, **BY_WORD}


def former_unit(word: str) -> Unit | None:
    """The unit that a stored word means; None if it means none.

    Any prefix could stand before any unit, and an s behind it.
    """
    found = _ALL.get(word) or _ALL.get(_singular(word))
    if found or word in NO_PREFIX:
        return found
    for prefixes in (NAMED_PREFIXES, PREFIXES):
        for prefix, power in prefixes.items():
            rest = word[len(prefix):]
            unit = word.startswith(prefix) and rest and (
                _ALL.get(rest) or _ALL.get(_singular(rest)))
            if unit:
                return Unit(word, unit.dimension,
                            unit.factor * Fraction(10) ** power)
    return None


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 2 and word.endswith('s') else word
