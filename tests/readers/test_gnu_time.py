"""GNU time: kbytes are KiB; a command that failed shows nothing."""

from __future__ import annotations

import pytest

from support.evidence_files import refusal, told, values_of


def run(wall='0:12.50', user='10.00', memory=2048, page=4096, status=0):
    return ('\tCommand being timed: "./prog -n 5"\n'
            f'\tUser time (seconds): {user}\n'
            '\tSystem time (seconds): 0.50\n'
            '\tElapsed (wall clock) time (h:mm:ss or m:ss): '
            f'{wall}\n'
            '\tAverage resident set size (kbytes): 0\n'
            f'\tMaximum resident set size (kbytes): {memory}\n'
            f'\tPage size (bytes): {page}\n'
            f'\tExit status: {status}\n')


def test_one_run_is_read():
    assert values_of(run()) == {
        'time:peak_memory': '2048 KiB', 'time:wall_time': '12.5 s',
        'time:cpu_time': '10.5 s'}


@pytest.mark.parametrize(('clock', 'seconds'), [
    ('0:00.04', '0.04 s'), ('59:59.99', '3599.99 s'), ('1:02:03', '3723 s'),
    ('100:00:01', '360001 s')])
def test_elapsed_time_has_hours_or_not(clock, seconds):
    assert values_of(run(clock))['time:wall_time'] == seconds


def test_several_runs_have_a_mean_and_the_largest_memory():
    values = values_of(run('0:10.00') + run('0:12.00', memory=9000)
                       + run('0:14.00'))
    assert values['time:peak_memory'] == '9000 KiB'
    assert values['time:wall_time'] == '12 ± 1.1547 s (n=3)'


def test_output_of_the_program_may_come_first():
    assert 'time:wall_time' in values_of('[info] <begin>\n{"a": 1}\n' + run())


@pytest.mark.parametrize('content', [
    pytest.param('Command terminated by signal 11\n' + run(), id='signal'),
    pytest.param('Command exited with non-zero status 3\n' + run(status=3),
                 id='status'),
    pytest.param('Command stopped by signal 19\n' + run(), id='stopped'),
    pytest.param('Command terminated by signal 9\r\n' + run().replace(
        '\n', '\r\n'), id='signal, with Windows lines'),
    pytest.param('event 7 of 20Command terminated by signal 11\n' + run(),
                 id='signal within a line of the program'),
    pytest.param(run(status=3), id='status alone'),
    pytest.param(run()[:-20], id='cut off'),
    pytest.param(run() + run()[:60], id='second run cut off')])
def test_run_that_failed_or_is_cut_off_is_refused(content):
    assert 'failed' in refusal(content)


def test_memory_in_who_knows_what_unit_is_not_read():
    other = run(page=16384)
    assert set(values_of(other)) == {'time:wall_time', 'time:cpu_time'}
    assert 'macOS' in told(other)


def test_memory_of_zero_is_not_read():
    assert 'time:peak_memory' not in values_of(run(memory=0))
    assert 'Peak memory: time told none' in told(run(memory=0))


def test_words_in_place_of_times_are_not_read():
    assert set(values_of(run('9:9:9:9', '1.2.3'))) == {'time:peak_memory'}


@pytest.mark.parametrize(('content', 'words'), [
    pytest.param(run('0:12,50'), 'Elapsed time: there is none like 1:02.03',
                 id='comma in the elapsed time'),
    pytest.param(run(user='10,00'), 'CPU time: there is none like 62.03',
                 id='comma in the CPU time')])
def test_times_that_are_written_otherwise_are_told_and_not_read(content,
                                                                words):
    assert words in told(content)
    assert len(values_of(content)) == 2
