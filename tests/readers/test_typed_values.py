"""Readings are written as people type values, in the units of their kind."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.readings.reading import kind_of
from prodworkflow.domain.quantities import known, typed_value
from prodworkflow.evidence_readers.choice import (
    BUILT_IN,
    kinds_of,
    read_evidence,
)
from support.evidence_files import as_bytes

KINDS = kinds_of(BUILT_IN)
LINES = '\n'.join(f'{i}\t{i * 60}\t{5000 + 7 * i}\t{i % 3}' for i in range(40))
FILES = [
    pytest.param('<testsuite><testcase name="x"/></testsuite>', None,
                 id='junit'),
    pytest.param('<valgrindoutput><tool>memcheck</tool><status><state>'
                 'FINISHED</state></status></valgrindoutput>', None,
                 id='memcheck'),
    pytest.param(f'Time\twtime\tpss\tutime\n{LINES}\n', None, id='by hour'),
    pytest.param(f'Time\twtime\tpss\tutime\n{LINES}\n', 900, id='by event'),
    pytest.param([{'ClusterId': 1, 'ProcId': 0, 'JobStatus': 4, 'ExitCode': 0,
                   'ResidentSetSize_RAW': 7}], None, id='condor_history'),
    pytest.param({'context': {}, 'benchmarks': [
        {'name': 'b', 'real_time': time, 'cpu_time': 1e-9, 'time_unit': 'us'}
        for time in (1, 2.5)]}, None, id='Google Benchmark'),
    pytest.param({'machine_info': {}, 'benchmarks': [
        {'name': 'b', 'stats': {'rounds': 9710, 'median': 2.2e-7,
                                'min': 2.1e-7, 'mean': 2.6e-7,
                                'stddev': 2.6e-7}}]}, None,
                 id='pytest-benchmark')]


@pytest.mark.parametrize('kind', KINDS, ids=lambda kind: kind.name)
def test_units_of_a_kind_are_in_the_vocabulary(kind):
    for unit in kind.units:
        known(unit)


@pytest.mark.parametrize(('content', 'events'), FILES)
def test_value_is_one_that_people_may_type(content, events):
    readings = read_evidence(as_bytes(content), events=events)
    assert readings
    for reading in readings:
        units = kind_of(reading.name, KINDS).units
        fitting = [unit for unit in units if '/' not in unit
                   or reading.value.split(' (')[0].endswith(unit)]
        assert fitting
        for unit in fitting:
            assert typed_value(reading.value, unit, signed=True)
