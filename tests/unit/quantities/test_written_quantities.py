"""Quantities in their parts, and the whole sentences of what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from prodworkflow.domain.quantities import (
    alike,
    amount,
    is_number,
    known,
    LONGEST,
    measurement,
    typed_bound,
    typed_value,
    UnitError,
)
from prodworkflow.domain.quantities.measurement import Written, written


@pytest.mark.parametrize(('text', 'parts'), [
    ('5', Written('5')), ('5 GB', Written('5', units='GB')),
    ('5 GB (n=3)', Written('5', units='GB', total='3')),
    ('1 ± 2 s', Written('1', '2', 's')),
    ('(1 ± 2) s (n=3)', Written('1', '2', 's', total='3')),
    ('3/149', Written(failed='3', total='149')),
    ('3 of 149 jobs', Written(failed='3', total='149', counted='jobs')),
])
def test_a_quantity_has_parts(text, parts):
    assert written(text, 's') == parts


LIKE = 'write a number with a unit, like'
SHARE = ('has a % behind another number or unit; write a share like "2 %", '
         'or a count like "3/149"')
POWER = ('HS06 and HS23 are different units, and the template does not say '
         'how many HS06 one HS23 is; measure it in')


@pytest.mark.parametrize(('text', 'unit', 'words'), [
    ('much', '', f'"much" is no quantity; {LIKE} "5 %"'),
    ('3/149', 'GB', f'"3/149" cannot be counted in GB; {LIKE} "5 GB"'),
    ('3/0', '%', '"3/0" is no count of a number; write how many of how '
     'many, like "3/149"'),
    ('5 HS23 h', 'HS06 h', f'"5 HS23 h" cannot be counted in HS06 h: {POWER} '
     'HS06 h, or add hs23 = "1 HS06" there'),
    (' 3/149 % ', '%', f'"3/149 %" {SHARE}'),
    ('5 % % ', '%', f'"% %" {SHARE}'),
    (' 12 ± -1 s', 's', '"12 ± -1 s" has an uncertainty below 0; write it '
     'behind ± without a sign'),
    (' 12 s (n=0)', 's', '"12 s (n=0)" is the mean of nothing; write of how '
     'many it is, like (n=20)'),
    ('5 Mbits/event', 's', '"Mbits" is no known unit; write "Mbit"'),
    ('5 µS', 's', '"µS" is no known unit: capital and small letters have '
     'different meanings; write "µs"'),
])
def test_a_refusal_quotes_what_was_typed_and_says_what_to_write(
        text, unit, words):
    with pytest.raises(UnitError) as error:
        typed_value(text, unit)
    assert str(error.value) == words


def test_the_longest_texts_are_read():
    blanks = ' ' * (LONGEST - 3)
    assert measurement(f'5{blanks}GB', 'GB').value == 5
    known('s'.ljust(LONGEST))


@pytest.mark.parametrize(('text', 'is_one'), [
    (' 5 ', True), ('-.5e3', True), ('5 s', False), ('', False),
    ('٥', False)])
def test_a_bare_number_is_told_from_others(text, is_one):
    assert is_number(text) is is_one


def test_work_is_converted_by_the_power_of_its_computing_power():
    """One HS23 is two HS06, so a byte for each is half a byte."""
    assert amount('1 MB/HS23', 'MB/HS06', Fraction(2)) == Fraction(1, 2)
    assert amount('1 HS23*HS23', 'HS06*HS06', Fraction(2)) == 4


def test_units_of_former_templates_and_of_both_powers_are_compared():
    assert alike('GeV', 'J')
    assert alike('HS23 h', 'HS06 s', Fraction(1))


@pytest.mark.parametrize(('text', 'unit', 'value'), [
    ('5 kilometers', 'm', 5000), ('5 Hzs', 'Hz', 5)])
def test_a_stored_unit_may_have_an_s(text, unit, value):
    assert amount(text, unit) == value


def test_a_bound_below_0_is_taken_where_there_are_such_values():
    assert typed_bound('-5 s', 's', signed=True) == '-5 s'
