"""What may be typed: at least 150 quantities, what they are or why not."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.quantities import (
    alike,
    amount,
    known,
    LONGEST,
    measurement,
    tolerance,
    typed_bound,
    typed_share,
    typed_value,
    UnitError,
)
from prodworkflow.domain.quantities.vocabulary import BY_WORD, UNITS

# What is typed, the unit that is asked for, and how many of it that is.
TAKEN = [
    ('5', 'kB/event', 5), ('5 kB/event', 'kB/event', 5),
    (' 5 kB / event ', 'kB/event', 5), ('5 kB per event', 'kB/event', 5),
    ('4.9 MB per 1000 events', 'kB/event', '4.9'),
    ('4.9 MB/1000 events', 'kB/event', '4.9'),
    ('4.9 MB per 1e3 evt', 'kB/event', '4.9'),
    ('5000 B/event', 'kB/event', 5), ('5e3 B/event', 'kB/event', 5),
    ('8 kbit/event', 'kB/event', 1), ('1 KiB/event', 'B/event', 1024),
    ('1 B', 'bit', 8), ('8 bit', 'B', 1), ('8 bits', 'byte', 1),
    ('1 kB', 'B', 1000), ('1 MB', 'kB', 1000), ('1 GB', 'MB', 1000),
    ('1 TB', 'GB', 1000), ('1 PB', 'TB', 1000), ('1 EB', 'PB', 1000),
    ('1 KiB', 'B', 1024), ('1 MiB', 'KiB', 1024), ('1 GiB', 'MiB', 1024),
    ('1 TiB', 'GiB', 1024), ('1 PiB', 'TiB', 1024), ('1 EiB', 'PiB', 1024),
    ('1 kbit', 'bit', 1000), ('1 Mbit', 'kbit', 1000),
    ('1 Gbit', 'Mbit', 1000), ('1 Tbit', 'Gbit', 1000),
    ('1 Kibit', 'bit', 1024), ('1 Mibit', 'Kibit', 1024),
    ('1 Gibit', 'Mibit', 1024), ('1 kilobyte', 'B', 1000),
    ('2 megabytes', 'MB', 2), ('3 gigabytes', 'GB', 3),
    ('1 terabyte', 'TB', 1), ('1 gibibyte', 'GiB', 1), ('3.2 GiB', 'B',
                                                       '3435973836.8'),
    ('0.1 kB', 'B', 100), ('.5 GB', 'MB', 500), ('5. GB', 'GB', 5),
    ('1e-3 GB', 'MB', 1), ('+5 GB', 'GB', 5), ('0 GB', 'GB', 0),
    ('1 s', 'ms', 1000), ('1 ms', 'us', 1000), ('1 us', 'ns', 1000),
    ('5 \u00b5s', 'us', 5), ('5 \u03bcs', 'us', 5), ('1 min', 's', 60),
    ('1 h', 'min', 60), ('1 hour', 's', 3600), ('2 hours', 'h', 2),
    ('.5 h', 'min', 30), ('1 d', 'h', 24), ('2 days', 'd', 2),
    ('1 week', 'd', 7), ('1 year', 'd', '365.25'), ('90 sec', 'min', '1.5'),
    ('1 second', 's', 1), ('5 minutes', 'min', 5), ('1 hr', 'h', 1),
    ('12 HS06 h', 'HS06 s', 43200), ('12 HEPSPEC06*h', 'HS06 h', 12),
    ('12 HS06·h', 'HS06 h', 12), ('12 HS23 h', 'HS23 s', 43200),
    ('1 kHS23 h', 'HS23 h', 1000), ('1 MHS06 d', 'HS06 h', 24 * 10**6),
    ('1 HS23 year', 'HS23 d', '365.25'), ('7 HS23 s/event', 'HS23 s/event',
                                         7),
    ('7 kHS23 s per 1000 events', 'HS23 s/event', 7),
    ('5 events', 'event', 5), ('5 evt', 'event', 5), ('1e6', 'event', 10**6),
    ('1 kevent', 'event', 1000), ('2 Mevents', 'event', 2 * 10**6),
    ('5 jobs', 'job', 5), ('20 files', 'file', 20), ('3 tests', 'test', 3),
    ('7 errors', 'error', 7),
    ('10 h/job', 's/job', 36000), ('4 files/job', 'file/job', 4),
    ('1000 events/file', 'event/file', 1000), ('100 MB/s', 'MB/s', 100),
    ('1 Gbit/s', 'MB/s', 125), ('3 event/s', 'event/min', 180),
    ('0.5 %', '%', '0.5'), ('50 percent', '%', 50), ('0 %', '%', 0),
    ('2 crashes per 100 jobs', '%', 2), ('1 failure/job', '%', 100),
    ('3/150', '%', 2), ('3 of 150', '%', 2), ('3 of 150 jobs', '%', 2),
    ('3/150 jobs', '%', 2), ('0 of 20 jobs', '%', 0), ('20/20', '%', 100),
    ('0/299', '%', 0), ('3 of 150 events', '%', 2), ('3 of 150 files', '%',
                                                    2),
    ('3 of 150 tests', '%', 2), ('12.5 ± 0.3 s', 's', '12.5'),
    ('12.5 +- 0.3 s', 's', '12.5'), ('12.5 +/- 0.3 s', 's', '12.5'),
    ('12.5±0.3 s', 's', '12.5'), ('12.5 s ± 0.3 s', 's', '12.5'),
    ('12.5 s ± 0.3', 's', '12.5'), ('(12.5 ± 0.3) s', 's', '12.5'),
    ('12.5 ± 0.3', 's', '12.5'), ('12.5 ± 0.3 s (n=20)', 'ms', 12500),
    ('12.5 s (n=20)', 's', '12.5'), ('12.5 (n=20)', 's', '12.5'),
    ('12.5 s ( n = 20 )', 's', '12.5'), ('2 ± 1 %', '%', 2),
    ('4.6 ± 0.2 MB per 1000 events', 'kB/event', '4.6'),
    ('12 HEPScore23 h', 'HS23 h', 12), ('5 %/h', '%/d', 120),
]
# What is typed, the unit that is asked for, and part of why it is refused.
COUNTED, NO = 'cannot be counted in', 'is no quantity'
CASE, NEAR = 'capital and small', 'write "'
REFUSED = [
    ('4600 per 1000 events', 'kB/event', COUNTED),
    ('4.6 mB/event', 'kB/event', 'write "MB"'),
    ('4.6 Mb/event', 'kB/event', 'write "MB" or "Mbit"'),
    ('4200 %', 'GB', COUNTED), ('5 rad', 'GB', 'like "5 GB"'),
    ('5 KB', 'GB', 'write "kB" or "KiB"'), ('5 kb', 'GB', CASE),
    ('5 kb', 'kB', '"kB", "KiB" or "kbit"'), ('5 gb', 'GB', '"GB" or "Gbit"'),
    ('5 Gb', 'GB', '"GB" or "Gbit"'), ('5 mb', 'MB', CASE),
    ('5 tb', 'TB', CASE), ('5 GIB', 'GB', 'write "GiB"'),
    ('5 kib', 'kB', CASE), ('5 b', 'B', '"B" or "bit"'),
    ('5 Bit', 'bit', 'write "bit"'), ('5 BYTE', 'B', 'write "byte"'),
    ('5 S', 's', 'write "s"'), ('5 H', 'h', 'write "h"'),
    ('5 Min', 'min', 'write "min"'), ('5 Ms', 's', 'write "ms"'),
    ('5 MS', 's', CASE), ('5 hs23 h', 'HS23 h', 'write "HS23"'),
    ('5 Hs06 h', 'HS06 h', 'write "HS06"'), ('5 Events', 'event', CASE),
    ('5 EVENT', 'event', 'write "event"'), ('5 Jobs', 'job', CASE),
    ('5 gigabyt', 'GB', 'write "gigabyte"'), ('5 evnt', 'event', NEAR),
    ('5 jop', 'job', 'write "job"'), ('5 HS24 h', 'HS23 h', NEAR),
    ('5 mins', 's', 'write "min"'), ('5 secs', 's', 'write "sec"'),
    ('5 hrs', 'h', 'write "hr"'), ('5 GBs', 'GB', 'write "GB"'),
    ('5 secnds', 's', 'write "second'), ('5 huors', 'h', 'write "hour'),
    ('5 kBit', 'kbit', CASE), ('5 furlongs', 'GB', 'like "5 GB"'),
    ('5 kg', 'GB', COUNTED), ('5 m', 'GB', COUNTED), ('5 eV', 's', COUNTED),
    ('5 Hz', 's', COUNTED), ('5 s', 'GB', COUNTED), ('5 GB', 's', COUNTED),
    ('5 GB/event', 'GB', COUNTED), ('5 GB', 'GB/event', COUNTED),
    ('5 jobs', 'event', COUNTED), ('5 events', 'job', COUNTED),
    ('5 files', 'test', COUNTED), ('5 errors', 'event', COUNTED),
    ('5 %', 'event', COUNTED),
    ('5 h', 'HS23 h', COUNTED), ('5 HS23', 'HS23 h', COUNTED),
    ('5 HS06 h', 'HS23 h', 'hs23 = "1 HS06"'),
    ('5 HS23 h', 'HS06 h', 'different units'),
    ('3/149', 'GB', COUNTED), ('3 of 149 jobs', 'job', COUNTED),
    ('3 tests per 20 jobs', '%', COUNTED),
    ('4,6', 'kB', 'point'), ('4,6 kB', 'kB', 'point'),
    ('1,000 events', 'event', 'point'), ('12,5 ± 0,3 s', 's', 'point'),
    ('0.5', '%', 'write "0.5 %", or a count'), ('1', '%', 'or a count'),
    ('2 ± 1', '%', 'or a count'), ('-5', 's', 'below 0'),
    ('-1 GB', 'GB', 'below 0'), ('-0.1 %', '%', 'below 0'),
    ('5 MB per -3 events', 'kB/event', 'below 0'),
    ('12 ± -1 s', 's', 'uncertainty below 0'),
    ('12 s (n=0)', 's', 'mean of nothing'), ('3/0', '%', 'no count'),
    ('0/0', '%', 'no count'), ('5/3', '%', 'no count'),
    ('5 of 3 jobs', '%', 'no count'), ('-3/149', '%', NO),
    ('3.5/149', '%', NO), ('3 of 149 s', '%', NO),
    ('3 of', '%', COUNTED),
    ('of 149', '%', NO), ('3/149 cats', '%', 'no known unit'),
    ('3/123456789', '%', NO), ('5 GB per 0 events', 'kB/event', 'by zero'),
    ('', 'GB', NO), (' ', 'GB', NO), ('much', 'GB', NO), ('5 5', 'GB', NO),
    ('3/149 %', '%', 'behind another number'), ('5 % %', '%', 'like "2 %"'),
    ('3 per 149 %', '%', 'like "3/149"'), ('50 %*%', '%', 'behind another'),
    ('1 h/%', 'h', 'behind another'), ('149 of 150 kevents', '%', NO),
    ('3 of 150 Mjobs', '%', NO), ('3 of 150 kHS23', '%', NO),
    ('-5 MB per -3 events', 'kB/event', 'a number below 0'),
    ('9e99 EB per 1e-99 events', 'kB/event', 'smaller exponent'),
    ('1 ± 9e99 EB per 1e-99 events', 'kB/event', 'smaller exponent'),
    ('5 kByte', 'kB', 'write "kB" or "KiB"'), ('5 kbyte', 'kB', '"kB"'),
    ('5 Mbyte', 'MB', 'write "MB"'), ('5 GBytes', 'GB', 'write "GB"'),
    ('5 Mibyte', 'MB', 'write "MiB"'),
    ('5 hepscore23 h', 'HS23 h', 'write "HEPScore23"'),
    ('nan GB', 'GB', NO), ('inf', 'GB', NO), ('NaN', 's', NO),
    ('٥ GB', 'GB', NO), ('5 m**9', 'GB', NO), ('5 GB!', 'GB', NO),
    ('5 ± GB', 'GB', NO), ('± 5 GB', 'GB', NO), ('5 s ± 2 min', 's', NO),
    ('5 ± 1 ± 1 s', 's', NO), ('5 s (n=x)', 's', NO),
    ('5 s (n=-1)', 's', NO), ('5 (n=2) s', 's', NO), ('(5 s)', 's', NO),
    ('5 __import__', 'GB', NO), ('1e999 GB', 'GB', NO),
    ('0x10 B', 'B', COUNTED), ('5 GB/', 'GB', NO),
    ('5 /event', 'kB/event', NO), ('--5', 's', NO),
    ('5' + ' ' * LONGEST + 'GB', 'GB', NO), ('9' * 21, 's', NO),
]


def test_the_table_is_large():
    assert len(TAKEN) + len(REFUSED) >= 150


@pytest.mark.parametrize(('text', 'unit', 'value'), TAKEN)
def test_quantities_are_read_exactly(text, unit, value):
    kept = typed_value(text, unit)
    assert amount(kept, unit) == Fraction(value)
    assert typed_value(kept, unit) == kept


@pytest.mark.parametrize(('text', 'unit', 'words'), REFUSED)
def test_what_is_no_such_quantity_is_refused_with_a_remedy(text, unit, words):
    with pytest.raises(UnitError) as error:
        typed_value(text, unit)
    assert words in str(error.value)


@pytest.mark.parametrize('unit', [
    *(u.symbol for u in UNITS), *BY_WORD, 'kB/event', 'HS23 s/event',
    's per job', 'MB/s'])
def test_all_units_are_known(unit):
    known(unit)


REMEDY = 'write one like "GB", "s", "%" or "kB/event"'


@pytest.mark.parametrize(('unit', 'words'), [
    *((unit, f'"{unit}" is no unit; {REMEDY}')
      for unit in ('', '1', 'furlongs!', 'm**3', 'kB/')),
    ('a' * (LONGEST + 1), f'"{"a" * LONGEST}" is no unit; {REMEDY}'),
    ('foo', f'"foo" is no known unit; {REMEDY}'),
    ('kB/evnt', '"evnt" is no known unit; write "event"'),
    ('eV', f'"eV" is no known unit; {REMEDY}')])
def test_text_that_is_no_unit_is_refused(unit, words):
    with pytest.raises(UnitError) as error:
        known(unit)
    assert str(error.value) == words


@pytest.mark.parametrize(('text', 'unit', 'kept'), [
    ('5', 'kB/event', '5 kB/event'), (' 5 GB', 'MB', '5 GB'),
    ('4.9  MB per 1000 events', 'kB/event', '4.9 MB per 1000 events'),
    ('3/149', '%', '3/149'), ('12.5 +- 0.3', 's', '12.5 ± 0.3 s'),
    ('12.5 (n=20)', 's', '12.5 s (n=20)'),
    ('1 ± 2 (n=3)', 's', '1 ± 2 s (n=3)')])
def test_a_bare_number_is_kept_with_its_unit(text, unit, kept):
    assert typed_value(text, unit) == kept


def test_values_below_0_are_taken_where_there_are_such():
    assert typed_value('-5', 's', signed=True) == '-5 s'


def test_one_computing_power_is_converted_by_the_factor_of_the_template():
    assert amount('2 HS23 h', 'HS06 h', Fraction(21, 20)) == Fraction(21, 10)
    assert amount('21 HS06 s/event', 'HS23 s/event', Fraction(21, 20)) == 20
    assert alike('HS06 s', 'HS23 h', Fraction(1))
    assert not alike('HS06 s', 'HS23 h')


@pytest.mark.parametrize('text', ['3/149', '5 ± 1 %', '5 % (n=20)'])
def test_a_bound_is_one_quantity(text):
    with pytest.raises(UnitError) as error:
        typed_bound(text, '%')
    assert 'a bound is one quantity' in str(error.value)
    assert typed_bound('5 %', '%') == '5 %'


@pytest.mark.parametrize(('text', 'unit', 'read'), [
    ('3/149', '%', (Fraction(300, 149), None, 3, 149, 100)),
    ('12.5 ± 0.3 s (n=20)', 'ms', (12500, 300, None, 20, 1)),
    ('12.5 s', 's', (Fraction(25, 2), None, None, None, 1))])
def test_a_measurement_says_how_well_it_is_known(text, unit, read):
    found = measurement(text, unit)
    assert (found.value, found.error, found.failed, found.total,
            found.whole) == read


def test_units_are_of_one_dimension_or_not():
    assert alike('GB', 'KiB')
    assert not alike('GB', 'GB/event')
    assert not alike('GB', '%')


@pytest.mark.parametrize(('text', 'ends'), [
    pytest.param('20 %', (Fraction(1, 5), Fraction(1, 5)), id='either side'),
    pytest.param('+20 %', (None, Fraction(1, 5)), id='above'),
    pytest.param(' -5 %', (Fraction(1, 20), None), id='below'),
    pytest.param('0.1', (Fraction(1, 10), Fraction(1, 10)), id='former'),
])
def test_a_tolerance_is_one_sided_by_its_sign(text, ends):
    assert tolerance(text) == ends


def test_a_tolerance_needs_its_sign_today():
    assert typed_share('-5 %') == '-5 %'
    assert typed_share('0') == '0'
    with pytest.raises(UnitError):
        typed_share('0.1')


@given(st.text(max_size=80))
def test_any_text_is_a_quantity_or_an_error(text):
    try:
        assert isinstance(amount(text, 'GB'), Fraction)
    except UnitError as error:
        assert str(error)


@given(st.fractions(0, 10**6, max_denominator=1000))
def test_conversion_there_and_back_is_exact(value):
    text = f'{float(round(value, 3)):.3f} MB'
    assert amount(text, 'kB') == 1000 * amount(text, 'MB')
