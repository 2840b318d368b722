"""Vocabulary of units: the one table of all that may be typed.

docs/reference/quantities.rst shows it, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

# Powers of base units, sorted by name; () for a pure number.
Dimension = tuple[tuple[str, int], ...]

NUMBER: Dimension = ()
INFORMATION: Dimension = (('B', 1),)
TIME: Dimension = (('s', 1),)
HS06: Dimension = (('HS06', 1),)
HS23: Dimension = (('HS23', 1),)

DECIMAL = (('k', 'kilo'), ('M', 'mega'), ('G', 'giga'), ('T', 'tera'),
           ('P', 'peta'), ('E', 'exa'))
BINARY = (('Ki', 'kibi'), ('Mi', 'mebi'), ('Gi', 'gibi'), ('Ti', 'tebi'),
          ('Pi', 'pebi'), ('Ei', 'exbi'))

# What a share may be a share of: `3 of 149 jobs`.
COUNTED = ('event', 'job', 'file', 'test', 'error')


@dataclass(frozen=True)
class Unit:
    """A unit, or an expression of units; `factor` is in base units.

    `words` are other ways to write it.
    """

    symbol: str
    dimension: Dimension
    factor: Fraction
    words: tuple[str, ...] = ()


def _information() -> Iterator[Unit]:
    yield Unit('B', INFORMATION, Fraction(1), ('byte', 'bytes'))
    for number, (sign, name) in enumerate(DECIMAL, 1):
        yield Unit(f'{sign}B', INFORMATION, Fraction(1000) ** number,
                   (f'{name}byte', f'{name}bytes'))
    for number, (sign, name) in enumerate(BINARY, 1):
        yield Unit(f'{sign}B', INFORMATION, Fraction(1024) ** number,
                   (f'{name}byte', f'{name}bytes'))
    yield Unit('bit', INFORMATION, Fraction(1, 8), ('bits',))
    for number, (sign, name) in enumerate(DECIMAL, 1):
        yield Unit(f'{sign}bit', INFORMATION, Fraction(1000) ** number / 8,
                   (f'{name}bit', f'{name}bits'))
    for number, (sign, name) in enumerate(BINARY, 1):
        yield Unit(f'{sign}bit', INFORMATION, Fraction(1024) ** number / 8,
                   (f'{name}bit', f'{name}bits'))


def _time() -> Iterator[Unit]:
    for symbol, factor, words in (
            ('ns', Fraction(1, 10**9), ('nanosecond', 'nanoseconds')),
            ('us', Fraction(1, 10**6), ('\u00b5s', '\u03bcs', 'microsecond',
                                        'microseconds')),
            ('ms', Fraction(1, 1000), ('millisecond', 'milliseconds')),
            ('s', Fraction(1), ('sec', 'second', 'seconds')),
            ('min', Fraction(60), ('minute', 'minutes')),
            ('h', Fraction(3600), ('hr', 'hour', 'hours')),
            ('d', Fraction(86400), ('day', 'days')),
            ('week', Fraction(7 * 86400), ('weeks',)),
            ('year', Fraction(31557600), ('yr', 'years'))):
        yield Unit(symbol, TIME, factor, words)


def _power() -> Iterator[Unit]:
    """Computing power; work is power times time: `HS23 h`."""
    for symbol, dimension, words in (
            ('HS06', HS06, ('HEPSPEC06',)),
            ('HS23', HS23, ('HEPScore23',))):
        yield Unit(symbol, dimension, Fraction(1), words)
        for number, sign in enumerate('kMG', 1):
            yield Unit(f'{sign}{symbol}', dimension, Fraction(1000) ** number)


def _counts() -> Iterator[Unit]:
    words = {'event': ('events', 'evt', 'evts'),
             'job': ('jobs', 'crash', 'crashes', 'failure', 'failures')}
    for name in COUNTED:
        dimension = ((name, 1),)
        yield Unit(name, dimension, Fraction(1),
                   words.get(name, (f'{name}s',)))
        for number, sign in enumerate('kMG', 1):
            yield Unit(f'{sign}{name}', dimension, Fraction(1000) ** number,
                       (f'{sign}{name}s',))


UNITS = (*_information(), *_time(), *_power(), *_counts(),
         Unit('%', NUMBER, Fraction(1, 100), ('percent',)))
BY_WORD = {word: unit for unit in UNITS for word in (unit.symbol, *unit.words)}
