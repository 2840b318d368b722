"""massif: the largest snapshot; growth only where time is time."""

from __future__ import annotations

import pytest

from support.evidence_files import refusal, told, values_of


def massif(sizes, unit='i', stacks=0, step=60_000):
    shots = ''.join(
        f'#-----------\nsnapshot={i}\n#-----------\ntime={i * step}\n'
        f'mem_heap_B={size}\nmem_heap_extra_B=8\nmem_stacks_B={stacks}\n'
        'heap_tree=empty\n' for i, size in enumerate(sizes))
    return f'desc: (none)\ncmd: ./prog\ntime_unit: {unit}\n{shots}'


def test_peak_is_heap_administration_and_stacks_also_above_32_bits():
    assert values_of(massif([0, 5 * 2**32, 100], stacks=16)) == {
        'massif:peak_memory': f'{5 * 2**32 + 24} B'}


def test_single_snapshot_is_read():
    assert values_of(massif([4096])) == {'massif:peak_memory': '4104 B'}


def test_time_in_instructions_gives_no_growth_by_hour():
    content = massif(range(0, 40_000, 1000))
    assert 'massif:memory_growth' not in values_of(content)
    assert '--time-unit=ms' in told(content)


def test_growth_by_hour_where_time_is_in_milliseconds():
    # 1,000 bytes a minute
    content = massif(range(0, 40_000, 1000), 'ms')
    assert values_of(content)['massif:memory_growth'].startswith('60000 ± ')


@pytest.mark.parametrize('unit', ['i', 'ms'])
def test_growth_by_event_where_events_are_given(unit):
    content = massif(range(0, 41_000, 1000), unit)
    growth = values_of(content, events=400)['massif:memory_growth']
    assert growth.startswith('100 ± ')
    assert growth.endswith(' B/event (n=31)')


def test_bytes_are_no_time():
    content = massif(range(0, 40_000, 1000), 'B')
    assert 'massif:memory_growth' not in values_of(content, events=400)


@pytest.mark.parametrize('content', [
    pytest.param(massif([0, 0, 0], stacks=512), id='stacks only'),
    pytest.param(massif([0]), id='one empty snapshot'),
    pytest.param(massif([]), id='no snapshot')])
def test_heap_that_was_not_measured_is_refused(content):
    assert 'massif measured no heap' in refusal(content)


def test_truncated_snapshot_is_refused_with_its_number():
    assert 'Snapshot 1 breaks off' in refusal(massif([10, 20])[:-25])
    assert 'Snapshot 1 breaks off' in refusal(massif([10, 20])[:-2])


def test_file_cut_off_in_the_first_line_of_a_snapshot_is_refused():
    three = massif([10, 20, 5000])
    end = three.index('#-----------\nsnapshot=2')
    assert values_of(three[:end]) == {'massif:peak_memory': '28 B'}
    for more in range(1, len('#-----------\nsnapshot=2')):
        assert 'breaks off' in refusal(three[:end + more])


def test_short_series_and_times_that_run_backwards_give_no_growth():
    assert 'too few points' in told(massif([1, 2, 3], 'ms'))
    assert 'run backwards' in told(massif([1, 2, 3], 'ms', step=-1).replace(
        '=-', '=') .replace('time=0', 'time=9'))


TREE = ('n2: 300 (heap allocation functions) malloc/new/new[]\n'
        ' n1: 200 0x1091: grow (leak.c:7)\n  n0: 200 0x2091: main (leak.c:9)\n'
        ' n0: 100 in 4 places, all below massif\'s threshold (1.00%)\n')


def test_tree_that_has_lost_lines_is_refused():
    whole = massif([300]).replace('heap_tree=empty\n',
                                  f'heap_tree=peak\n{TREE}')
    assert values_of(whole) == {'massif:peak_memory': '308 B'}
    assert values_of(whole.replace('\n', '\r\n')) == values_of(whole)
    for end in range(len(whole) - 1, whole.index('heap_tree'), -1):
        assert 'Snapshot 0 breaks off' in refusal(whole[:end])
