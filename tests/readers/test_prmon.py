"""prmon: kB of 1,024 bytes; zeros of a job that is gone are no values."""

from __future__ import annotations

import json

import pytest

from prodworkflow.evidence_readers.choice import read_evidence
from support.evidence_files import as_bytes, refusal, told, values_of

NAMES = ('Time', 'wtime', 'pss', 'rss', 'rchar', 'utime', 'stime')


def series(memory, names=NAMES, last=()):
    rows = [(1795457916 + 30 * i, 30 * i, size, size and size + 4000, 10**9,
             2 * i, i) for i, size in enumerate(memory)]
    return '\n'.join('\t'.join(map(str, row))
                     for row in (names, *rows, *last)) + '\n'


def summary(**largest):
    return {'Avg': {'rchar': 4215740.0}, 'Max': largest,
            'Units': {'Max': {'pss': 'kB', 'rss': 'kB', 'wtime': 's'}},
            'prmon': {'Version': '3.3.0'}}


def test_summary_has_the_largest_values():
    assert values_of(summary(pss=637206, rss=641452, rchar=10**12, wtime=40,
                             utime=6, stime=1)) == {
        'prmon:peak_memory': '637206 KiB', 'prmon:wall_time': '40 s',
        'prmon:cpu_time': '7 s'}


def test_resident_memory_counts_where_there_is_no_other():
    assert values_of(summary(pss=0, rss=99))['prmon:peak_memory'] == '99 KiB'


@pytest.mark.parametrize('largest', [
    pytest.param({'pss': 0, 'rss': 0, 'wtime': 0, 'utime': 0}, id='zeros'),
    pytest.param({}, id='nothing'),
    pytest.param({'pss': None, 'rss': '12'}, id='no numbers'),
    pytest.param({'pss': -1, 'rss': True}, id='nonsense')])
def test_summary_without_values_is_refused_and_not_zero(largest):
    assert 'No memory above 0' in refusal(summary(**largest))


def test_totals_of_zero_are_told_and_not_read():
    some = summary(pss=0, rss=0, wtime=40)
    assert values_of(some) == {'prmon:wall_time': '40 s'}
    assert 'No memory above 0' in told(some)
    late = summary(pss=10, wtime=0, utime=0, stime=0)
    assert values_of(late) == {'prmon:peak_memory': '10 KiB'}
    assert 'No time above 0' in told(late)


def test_unknown_unit_is_refused():
    wrong = summary(pss=12)
    wrong['Units']['Max']['pss'] = 'MB'
    assert '"pss" in an unknown unit' in refusal(wrong)


def test_series_has_the_largest_values_and_the_growth():
    # 600 KiB in 30 s
    values = values_of(series(range(1000, 25_000, 600)))
    assert values['prmon:peak_memory'] == '24400 KiB'
    assert values['prmon:wall_time'] == '1170 s'
    assert values['prmon:cpu_time'] == '117 s'
    assert values['prmon:memory_growth'].startswith('72000 ± ')
    assert ' KiB/h (n=' in values['prmon:memory_growth']


def test_growth_is_by_event_where_events_are_given():
    values = values_of(series(range(1000, 25_600, 600)), events=600)
    assert values['prmon:memory_growth'].startswith('40 ± ')
    assert ' KiB/event (n=' in values['prmon:memory_growth']


def test_last_row_of_zeros_is_left_out_and_told():
    content = series([500] * 20, last=[(1795458999, 600, 0, 0, 0, 0, 0)])
    values = values_of(content)
    assert values['prmon:wall_time'] == '570 s'
    assert values['prmon:cpu_time'] == '57 s'
    assert 'The last row has no memory' in told(content)


def test_cut_last_row_is_left_out_and_told():
    content = series([500] * 20) + '1795458999\t60'
    assert values_of(content)['prmon:wall_time'] == '570 s'
    assert 'The last row is cut off' in told(content)


def test_broken_row_is_refused_with_its_line():
    lines = series([500] * 5).split('\n')
    lines[2] = lines[2].replace('500', 'nan')
    assert 'Line 3 of the series' in refusal('\n'.join(lines))


def test_times_that_run_backwards_are_refused():
    rows = series([500, 600]).split('\n')
    assert 'run backwards' in refusal('\n'.join(
        [rows[0], rows[2], rows[1], '']))


def test_series_that_is_too_short_has_no_growth():
    content = series([500, 600])
    assert 'prmon:memory_growth' not in values_of(content)
    assert 'too few points' in told(content)


def test_last_rows_of_zeros_are_left_out_and_told_however_many():
    growing = [*range(1000, 25_000, 600)]
    gone = [(1795459116 + i, 1200 + i, *[0] * 5) for i in range(3)]
    ended = series(growing, last=gone)
    assert values_of(ended) == values_of(series(growing))
    assert 'The last rows have no memory, and are left out: 3.' in told(ended)


def test_row_in_which_prmon_saw_no_memory_is_no_point_of_the_growth():
    grown = values_of(series([*[40_000] * 20, 0, *[40_000] * 20]))
    assert grown['prmon:memory_growth'].endswith('(n=30)')


def test_cpu_time_of_zero_is_told_and_not_read():
    idle = summary(pss=10, wtime=40, utime=0, stime=0)
    assert 'prmon:cpu_time' not in values_of(idle)
    assert 'No CPU time above 0' in told(idle)


def test_series_without_rows_is_refused():
    assert 'No memory above 0' in refusal(series([]))
    assert 'No memory above 0' in refusal(series([0]))


def test_summary_is_told_to_hold_no_growth():
    assert 'time series' in told(json.dumps(summary(pss=1)))


def test_series_tells_when_it_began():
    """So that one that is older than the release is asked about."""
    first = read_evidence(as_bytes(series([500, 600])))[0]
    assert first.provenance.start == '2026-11-23T18:18:36+00:00'
