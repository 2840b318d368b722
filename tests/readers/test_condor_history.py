"""condor_history -json: expressions and missing exit codes are no passes."""

from __future__ import annotations

import pytest

from prodworkflow.evidence_readers.choice import read_evidence
from support.evidence_files import as_bytes, refusal, told, values_of

EXPRESSION = '/Expr(((ResidentSetSize + 1023) / 1024))/'


def ad(process=0, **attributes):
    return {'ClusterId': 12, 'ProcId': process, 'JobStatus': 4, 'ExitCode': 0,
            'ExitBySignal': False, 'NumJobStarts': 1, 'JobStartDate': 10**9,
            'GlobalJobId': 'sched01.example.org#12.0#1000000000',
            'ResidentSetSize_RAW': 2041, 'ResidentSetSize': 2500,
            'MemoryUsage': EXPRESSION, **attributes}


@pytest.mark.parametrize(('attributes', 'rate'), [
    pytest.param({}, '0/2', id='passed'),
    pytest.param({'ExitCode': 1}, '1/2', id='exit code'),
    pytest.param({'ExitBySignal': True, 'ExitCode': 0}, '1/2', id='signal'),
    pytest.param({'JobStatus': 5, 'ExitCode': None}, '1/2', id='held'),
    pytest.param({'JobStatus': 3}, '1/2', id='removed'),
    pytest.param({'JobStatus': 1, 'ExitCode': None}, '0/1', id='idle'),
    pytest.param({'JobStatus': 2}, '0/1', id='running'),
    pytest.param({'JobStatus': 6}, '0/1', id='transferring output'),
    pytest.param({'JobStatus': 7}, '0/1', id='suspended')])
def test_job_counts_by_its_status(attributes, rate):
    content = [ad(), ad(1, **attributes)]
    assert values_of(content)['condor_history:crash_rate'] == rate


@pytest.mark.parametrize('attributes', [
    pytest.param({'ExitCode': None}, id='no exit code'),
    pytest.param({'ExitBySignal': 'true'}, id='signal as text'),
    pytest.param({'ExitBySignal': 0}, id='signal as a number'),
    pytest.param({'ExitCode': '/Expr(x)/'}, id='exit code by expression'),
    pytest.param({'ExitCode': False}, id='exit code of another type'),
    pytest.param({'JobStatus': None}, id='no status'),
    pytest.param({'JobStatus': '4'}, id='status as text'),
    pytest.param({'JobStatus': 17}, id='unknown status'),
    pytest.param({'JobStatus': True}, id='status of another type'),
    pytest.param({'ProcId': None}, id='no process')])
def test_job_that_does_not_tell_how_it_ended_refuses_the_file(attributes):
    assert 'Ask for all attributes' in refusal([ad(), ad(1, **attributes)])


def test_signal_counts_where_nothing_says_that_there_was_one():
    died = {name: value for name, value in ad(1, ExitSignal=11).items()
            if name != 'ExitBySignal'}
    assert values_of([ad(), died])['condor_history:crash_rate'] == '1/2'


def test_starts_that_were_lost_are_a_reading():
    values = values_of([ad(NumJobStarts=4), ad(1)])
    assert values['condor_history:crash_rate'] == '0/2'
    assert values['condor_history:lost_starts'] == '3/5'


def test_memory_is_the_exact_one_and_where_it_misses_that_is_told():
    content = [ad(), ad(1, ResidentSetSize_RAW=None)]
    assert values_of(content)['condor_history:peak_memory'] == '2041 KiB'
    assert 'ResidentSetSize_RAW: 1.' in told(content)
    rounded = [ad(ResidentSetSize_RAW=EXPRESSION)]
    assert 'condor_history:peak_memory' not in values_of(rounded)


def test_origin_is_told():
    [first, *_] = read_evidence(as_bytes([ad()]))
    assert first.provenance.host == 'sched01.example.org'
    assert first.provenance.start == '2001-09-09T01:46:40+00:00'


def test_same_job_twice_is_refused():
    assert 'Job 12.0 is in the file twice' in refusal([ad(), ad()])


def test_jobs_that_are_no_objects_are_refused():
    assert 'jobs[1]' in refusal([ad(), 5])


def test_no_job_that_ended_is_refused():
    assert 'No job in the file has ended' in refusal([ad(JobStatus=1)])
