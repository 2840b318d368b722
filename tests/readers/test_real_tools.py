"""What the tools themselves write today is read rightly.

They come from the packages in `.ci/packages`; a missing one fails the test.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support.evidence_files import refusal, told, values_of

DATA = Path(__file__).parents[1] / 'data'
EVENTS = 20_000
CMAKE = '''
cmake_minimum_required(VERSION 3.10)
project(probe NONE)
enable_testing()
add_test(NAME good COMMAND true)
add_test(NAME bad COMMAND false)
add_test(NAME gone COMMAND /nonexistent/program)
add_test(NAME off COMMAND true)
set_tests_properties(off PROPERTIES DISABLED TRUE)
add_test(NAME slow COMMAND sleep 60)
set_tests_properties(slow PROPERTIES TIMEOUT 1)
add_test(NAME skipped COMMAND sh -c "exit 77")
set_tests_properties(skipped PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME needs COMMAND true)
set_tests_properties(needs PROPERTIES REQUIRED_FILES /nonexistent/file)
'''
TESTS = '''
import pytest

def test_good(): pass
def test_bad(): assert False
@pytest.mark.skip
def test_skipped(): pass
@pytest.mark.xfail
def test_expected(): assert False
@pytest.fixture
def broken(): raise OSError
def test_error(broken): pass
@pytest.fixture
def late():
    yield
    raise OSError
def test_late(late): assert False
'''


@pytest.fixture(scope='module')
def leak(tmp_path_factory):
    """The leaking program."""
    program = tmp_path_factory.mktemp('program') / 'leak'
    subprocess.run(['gcc', '-g', '-O0', '-o', str(program),
                    str(DATA / 'leak.c')], check=True)
    return str(program)


@pytest.fixture
def written(tmp_path):
    """Runs a tool; gives what it wrote into the file `{}` of its command."""
    def run(*command):
        path = tmp_path / 'out'
        subprocess.run([each.replace('{}', str(path)) for each in command],
                       cwd=tmp_path, check=False, capture_output=True)
        return path.read_bytes()
    return run


def memcheck(*program):
    return ('valgrind', '--xml=yes', '--xml-file={}', *program)


def test_memcheck_finds_the_leak_to_the_byte(leak, written):
    plain = written(*memcheck(leak, '50'))
    assert told(plain) == ''
    assert values_of(plain) == {
        'memcheck:definitely_lost': f'{50 * 1024} B',
        'memcheck:possibly_lost': '0 B', 'memcheck:errors': '0 error'}


def test_memcheck_sums_a_program_and_what_it_forks(leak, written):
    values = values_of(written(*memcheck(
        '--trace-children=yes', leak, '50', 'fork')))
    assert values['memcheck:definitely_lost'] == f'{2 * 50 * 1024} B'


def test_memcheck_of_a_crash_is_refused(leak, written):
    assert 'crashed (SIGSEGV)' in refusal(
        written(*memcheck(leak, '50', 'crash')))


def test_memcheck_that_hides_leaks_reads_none(leak, written):
    hidden = written(*memcheck('--show-leak-kinds=none', leak, '50'))
    assert values_of(hidden) == {'memcheck:errors': '0 error'}


def test_memcheck_with_a_suppression_asks_about_it(leak, written, tmp_path):
    (tmp_path / 'all.supp').write_text(
        '{\n   everything\n   Memcheck:Leak\n   fun:malloc\n   ...\n}\n')
    hidden = written(*memcheck('--suppressions=all.supp', leak, '50'))
    assert values_of(hidden)['memcheck:definitely_lost'] == '0 B'
    assert 'Suppression files were in use: all.supp.' in told(hidden)
    assert 'everything' in told(hidden)


def massif(leak, *options):
    return ('valgrind', '-q', '--tool=massif', '--massif-out-file={}',
            *options, leak, str(EVENTS))


def test_massif_finds_peak_and_growth_by_event(leak, written):
    values = values_of(written(*massif(leak)), events=EVENTS)
    peak = int(values['massif:peak_memory'].split()[0])
    assert EVENTS * 1024 * 0.98 < peak < EVENTS * 1100
    growth = values['massif:memory_growth']
    assert 1000 < float(growth.split()[0]) < 1100
    assert ' B/event (n=' in growth


def test_massif_without_heap_is_refused(leak, written):
    assert 'measured no heap' in refusal(written(
        *massif(leak, '--heap=no', '--stacks=yes')))


def gnu_time(*program):
    return ('/usr/bin/time', '-v', '-o', '{}', *program)


def test_time_tells_kib_of_a_run_that_succeeded(leak, written):
    values = values_of(written(*gnu_time(leak, '20000')))
    peak = int(values['time:peak_memory'].split()[0])
    assert 20000 < peak < 40000
    assert set(values) == {'time:peak_memory', 'time:wall_time',
                           'time:cpu_time'}


@pytest.mark.parametrize('program', [('{leak}', '5', 'crash'), ('false',),
                                     ('/nonexistent',)])
def test_time_of_a_run_that_failed_is_refused(leak, written, program):
    command = [each.format(leak=leak) for each in program]
    assert 'The command failed' in refusal(written(*gnu_time(*command)))


def test_ctest_counts_what_could_not_run_as_failed(written, tmp_path):
    (tmp_path / 'CMakeLists.txt').write_text(CMAKE)
    subprocess.run(['cmake', '.'], cwd=tmp_path, check=True,
                   capture_output=True)
    values = values_of(written('ctest', '--output-junit', '{}'))
    assert values['junit:failure_rate'] == '4/5'
    assert values['junit:skipped'] == '2 test'


def test_pytest_counts_by_its_results(written, tmp_path):
    (tmp_path / 'test_it.py').write_text(TESTS)
    values = values_of(written(
        sys.executable, '-m', 'pytest', '-q', '-p', 'no:cacheprovider',
        '--junitxml={}', 'test_it.py'))
    assert values['junit:failure_rate'] == '3/4'
    assert values['junit:skipped'] == '2 test'
