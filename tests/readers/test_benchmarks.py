"""Google Benchmark and pytest-benchmark: times with their uncertainty."""

from __future__ import annotations

import pytest

from prodworkflow.evidence_readers.choice import read_evidence
from support.evidence_files import as_bytes, refusal, told, values_of


def google(*entries, **context):
    return {'context': {'date': '2026-05-03', 'host_name': 'node7',
                        'library_build_type': 'release', **context},
            'benchmarks': list(entries)}


def entry(name='BM_fill/8', real=10, **more):
    return {'name': name, 'run_name': name, 'run_type': 'iteration',
            'real_time': real, 'cpu_time': 5.5, 'time_unit': 'ns', **more}


def test_each_entry_has_its_own_unit():
    assert values_of(google(entry(), entry('BM_b', 0.4, time_unit='s'))) == {
        'google_benchmark:real_time:BM_fill/8': '10 ns',
        'google_benchmark:cpu_time:BM_fill/8': '5.5 ns',
        'google_benchmark:real_time:BM_b': '0.4 s',
        'google_benchmark:cpu_time:BM_b': '5.5 s'}


def test_repetitions_are_a_mean_and_aggregates_are_left_out():
    content = google(entry(real=10), entry(real=12), entry(real=14), entry(
        'BM_fill/8_mean', 999, run_name='BM_fill/8', run_type='aggregate'))
    values = values_of(content)
    assert values['google_benchmark:real_time:BM_fill/8'] == (
        '12 ± 1.1547 ns (n=3)')
    assert len(values) == 2


def test_aggregates_of_old_versions_are_told_by_their_names():
    old = {'name': 'BM_a_BigO', 'real_time': 3, 'cpu_time': 3,
           'time_unit': 'ns'}
    assert 'google_benchmark:real_time:BM_a_BigO' not in values_of(
        google(entry(), old))


@pytest.mark.parametrize('broken', [
    entry(error_occurred=True), entry(skipped=True), entry(time_unit='min'),
    entry(time_unit=['ns']), entry(real=None), entry(real=-1),
    entry(real='10'), entry(real=True)])
def test_benchmark_that_failed_once_has_no_time(broken):
    content = google(entry('BM_b'), entry(), broken)
    assert set(values_of(content)) == {
        'google_benchmark:real_time:BM_b', 'google_benchmark:cpu_time:BM_b'}
    assert 'failed or cannot be read: BM_fill/8.' in told(content)


def test_repetitions_in_two_units_have_no_mean():
    twice = (entry(), entry(time_unit='us'))
    assert 'cannot be read: BM_fill/8.' in refusal(google(*twice))
    assert 'cannot be read: BM_fill/8.' in told(google(*twice, entry('BM_b')))


def test_debug_build_and_scaling_are_asked_about():
    doubtful = google(entry(), library_build_type='debug',
                      cpu_scaling_enabled=True)
    assert 'debug build' in told(doubtful)
    assert 'scaling was on' in told(doubtful)
    [first, *_] = read_evidence(as_bytes(doubtful))
    assert (first.provenance.host, first.provenance.start) == (
        'node7', '2026-05-03')


def rounds(name='t.py::test_a', **stats):
    return {'name': name, 'fullname': name, 'stats': {
        'rounds': 4, 'median': 0.5, 'min': 0.25, 'mean': 0.75, 'stddev': 0.5,
        **stats}}


def pytest_file(*entries, dirty=False):
    return {'machine_info': {'node': 'minibox'}, 'version': '5.0',
            'datetime': '2026-05-03', 'benchmarks': list(entries),
            'commit_info': {'id': 'abc123', 'dirty': dirty}}


def test_rounds_give_median_minimum_and_mean_with_its_error():
    assert values_of(pytest_file(rounds())) == {
        'pytest_benchmark:median:t.py::test_a': '0.5 s',
        'pytest_benchmark:min:t.py::test_a': '0.25 s',
        'pytest_benchmark:mean:t.py::test_a': '0.75 ± 0.25 s (n=4)'}


def test_one_round_has_no_uncertainty():
    assert values_of(pytest_file(rounds(rounds=1)))[
        'pytest_benchmark:mean:t.py::test_a'] == '0.75 s'


def test_machine_and_commit_are_told():
    [first, *_] = read_evidence(as_bytes(pytest_file(rounds(), dirty=True)))
    assert first.provenance.host == 'minibox'
    assert first.provenance.revision == 'abc123'
    assert 'in no commit' in told(pytest_file(rounds(), dirty=True))


@pytest.mark.parametrize('broken', [
    rounds('x', rounds=0), rounds('x', median=None), rounds('x', mean='1'),
    {'name': 'x'}, {'name': 'x', 'stats': []}])
def test_benchmark_without_its_numbers_is_told(broken):
    content = pytest_file(rounds(), broken)
    assert len(values_of(content)) == 3
    assert 'cannot be read: x.' in told(content)


def test_same_name_twice_is_not_read():
    content = pytest_file(rounds(), rounds(min=0.1), rounds('b'))
    assert {name[-2:] for name in values_of(content)} == {':b'}


@pytest.mark.parametrize('content', [
    google(), google(entry(real=None)), pytest_file(),
    {'context': {}, 'benchmarks': 5}, {'context': 1, 'benchmarks': [5]},
    {'machine_info': {}, 'benchmarks': {'a': 1}}])
def test_file_without_benchmarks_is_refused(content):
    assert refusal(content)


def test_file_of_aggregates_alone_is_refused_with_the_remedy():
    assert 'without --benchmark_report_aggregates_only' in refusal(google(
        entry('BM_fill/8_mean', run_type='aggregate')))


def test_benchmark_that_was_never_run_is_not_read():
    assert 'cannot be read: BM_fill/8' in refusal(google(entry(iterations=0)))
