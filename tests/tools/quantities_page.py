"""Write the tables of docs/reference/quantities.rst from the vocabulary.

`python tests/tools/quantities_page.py` brings the page up to date.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from prodworkflow.domain.quantities.vocabulary import Unit, UNITS

PAGE = Path(__file__).parents[2] / 'docs' / 'reference' / 'quantities.rst'
BEGIN = '.. The tables: python tests/tools/quantities_page.py\n'
END = '.. The end of the tables.\n'
BASES = {(('B', 1),): ('Information', 'B'), (('s', 1),): ('Time', 's'),
         (('HS06', 1),): ('Computing power, HS06', 'HS06'),
         (('HS23', 1),): ('Computing power, HS23', 'HS23'),
         (('event', 1),): ('Events', 'event'), (('job', 1),): ('Jobs', 'job'),
         (('file', 1),): ('Files', 'file'), (('test', 1),): ('Tests', 'test'),
         (('error', 1),): ('Errors', 'error'),
         (): ('Shares', '')}


def number(value: Fraction) -> str:
    """A factor as people write it: `1,024`, or `1/8`."""
    return (f'{value.numerator:,}' if value.denominator == 1
            else f'{value.numerator:,}/{value.denominator:,}')


def lines(units: list[Unit], base: str) -> Iterator[str]:
    """The rows of one table."""
    for unit in units:
        words = ', '.join(f'``{w}``' for w in unit.words) or '\\ '
        yield f'   * - ``{unit.symbol}``\n'
        yield f'     - {number(unit.factor)} {base}'.rstrip() + '\n'
        yield f'     - {words}\n'


def tables() -> str:
    """All tables, one a dimension."""
    text = ''
    for dimension, (title, base) in BASES.items():
        units = [u for u in UNITS if u.dimension == dimension]
        text += (f'\n.. list-table:: {title}\n   :header-rows: 1\n\n'
                 '   * - Unit\n     - Is\n     - Also written\n'
                 + ''.join(lines(units, base)))
    return f'{text}\n'


def page(text: str) -> str:
    """The page with today's tables."""
    head, rest = text.split(BEGIN)
    return f'{head}{BEGIN}{tables()}{END}{rest.split(END)[1]}'


if __name__ == '__main__':
    PAGE.write_text(page(PAGE.read_text('utf-8')), 'utf-8')
