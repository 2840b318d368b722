"""Quantities with units: read, converted and refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.units import (
    alike,
    amount,
    complete,
    known,
    LONGEST,
    share,
    tolerance,
    UnitError,
)

READ = [
    pytest.param('5 kB/event', 'kB/event', 5, id='plain'),
    pytest.param('5', 'kB/event', 5, id='bare number'),
    pytest.param(' 5 kB / event ', 'kB/event', 5, id='spaces'),
    pytest.param('4.9 MB per 1000 events', 'kB/event', Fraction(49, 10),
                 id='per a thousand'),
    pytest.param('4.9 MB/1000 events', 'kB/event', Fraction(49, 10),
                 id='by a thousand'),
    pytest.param('6 kB per event', 'kB/event', 6, id='per'),
    pytest.param('5000 B/event', 'kB/event', 5, id='bytes'),
    pytest.param('5e3 B/event', 'kB/event', 5, id='exponent'),
    pytest.param('.5 h', 'min', 30, id='no leading digit'),
    pytest.param('-1.5 h', 's', -5400, id='negative'),
    pytest.param('1 GiB', 'B', 2**30, id='binary'),
    pytest.param('1 GB', 'B', 10**9, id='decimal'),
    pytest.param('12 HS06 h', 'HS06 s', 43200, id='HS06 hours'),
    pytest.param('12 HEPSPEC06*h', 'HS23 s', 43200, id='HS23 seconds'),
    pytest.param('10 h/job', 's/job', 36000, id='for each job'),
    pytest.param('0.5 %', '%', Fraction(1, 2), id='percent'),
    pytest.param('2 crashes per 100 jobs', '%', 2, id='crash rate'),
    pytest.param('1 failure/job', '%', 100, id='every job'),
    pytest.param('3 kB/evt', 'kB/event', 3, id='another word'),
    pytest.param('5 µs', 's', Fraction(5, 10**6), id='micro'),
    pytest.param('0.1 kB', 'B', 100, id='no rounding'),
    pytest.param('3 per 2 s', 'Hz', Fraction(3, 2), id='a number per'),
    pytest.param('5' + ' ' * (LONGEST - 3) + 'GB', 'GB', 5, id='longest'),
]


@pytest.mark.parametrize(('text', 'unit', 'value'), READ)
def test_quantities_are_counted_exactly(text, unit, value):
    assert amount(text, unit) == value


REFUSED = [
    pytest.param('', 'is no quantity', id='nothing'),
    pytest.param('much', 'is no quantity', id='a word'),
    pytest.param('5 5', 'is no quantity', id='two numbers'),
    pytest.param('5 m**9', 'is no quantity', id='a power'),
    pytest.param('5 __import__', 'is no quantity', id='code'),
    pytest.param('1e999 GB', 'no known unit', id='long exponent'),
    pytest.param('nan GB', 'is no quantity', id='not a number'),
    pytest.param('٥ GB', 'is no quantity', id='other digits'),
    pytest.param('5' + ' ' * LONGEST + 'GB', 'is no quantity', id='long'),
    pytest.param('5 KB', '"KB" is no known unit', id='unknown unit'),
    pytest.param('5 s', 'cannot be counted in GB', id='another kind'),
    pytest.param('5 GB/event', 'cannot be counted in GB', id='a rate'),
    pytest.param('20 degC', 'cannot be counted in GB', id='offset unit'),
    pytest.param('5 dB', 'cannot be counted in GB', id='logarithmic unit'),
    pytest.param('5 GB per 0 events', 'divides by zero', id='by zero'),
]


@pytest.mark.parametrize(('text', 'words'), REFUSED)
def test_text_that_is_no_quantity_is_refused_with_a_remedy(text, words):
    with pytest.raises(UnitError) as error:
        amount(text, 'GB')
    assert words in str(error.value)
    assert 'write' in str(error.value) or 'zero' in str(error.value)


@pytest.mark.parametrize(('text', 'unit', 'told'), [
    ('5', 'kB/event', '5 kB/event'), (' 5 GB', 'MB', '5 GB'),
    ('1e3', 's', '1e3 s'), ('4.9  MB per 1000 events', 'kB/event',
                            '4.9 MB per 1000 events')])
def test_a_bare_number_is_completed_with_its_unit(text, unit, told):
    assert complete(text, unit) == told


def test_only_quantities_are_completed():
    with pytest.raises(UnitError):
        complete('5 kg', 'GB')


@pytest.mark.parametrize(('text', 'value'), [
    ('10 %', Fraction(1, 10)), ('0.1', Fraction(1, 10)), ('0', 0)])
def test_shares_are_parts_of_a_whole(text, value):
    assert share(text) == value


@pytest.mark.parametrize('unit', ['GB', '%', 's', 'kB/event', 'HS06 s',
                                  's per job', 'MB/s'])
def test_units_are_known(unit):
    known(unit)


REMEDY = 'write one like "GB", "s", "%" or "kB/event"'


@pytest.mark.parametrize(('unit', 'words'), [
    *((unit, f'"{unit}" is no unit; {REMEDY}')
      for unit in ('', '1', 'furlongs!', 'm**3', 'kB/')),
    ('a' * (LONGEST + 1), f'"{"a" * LONGEST}" is no unit; {REMEDY}'),
    ('a' * LONGEST, f'"{"a" * LONGEST}" is no known unit; {REMEDY}'),
    ('foo', f'"foo" is no known unit; {REMEDY}')])
def test_text_that_is_no_unit_is_refused(unit, words):
    with pytest.raises(UnitError) as error:
        known(unit)
    assert str(error.value) == words


def test_units_are_compatible_or_not():
    assert alike('GB', 'KiB')
    assert alike('HS06 s', 'HS23 h')
    assert not alike('GB', 'GB/event')


@given(st.text(max_size=80))
def test_any_text_is_a_quantity_or_an_error(text):
    try:
        assert isinstance(amount(text, 'GB'), Fraction)
    except UnitError as error:
        assert str(error)


@given(st.fractions(-10**6, 10**6, max_denominator=1000))
def test_unit_conversion_there_and_back_is_exact(value):
    text = f'{float(round(value, 3)):.3f} MB'
    assert amount(text, 'kB') == 1000 * amount(text, 'MB')


@pytest.mark.parametrize(('text', 'ends'), [
    pytest.param('20 %', (Fraction(1, 5), Fraction(1, 5)), id='either side'),
    pytest.param('+20 %', (None, Fraction(1, 5)), id='above'),
    pytest.param(' -5 %', (Fraction(1, 20), None), id='below'),
    pytest.param('0.1', (Fraction(1, 10), Fraction(1, 10)), id='no unit'),
])
def test_a_tolerance_is_one_sided_by_its_sign(text, ends):
    assert tolerance(text) == ends
