"""sacct --json: the state decides, whatever the exit code says."""

from __future__ import annotations

import pytest

from prodworkflow.evidence_readers.choice import read_evidence
from support.evidence_files import as_bytes, refusal, told, values_of


def number(value):
    return {'set': True, 'infinite': False, 'number': value}


UNSET = {'set': False, 'infinite': False, 'number': 0}


def old(job_id=1, state='COMPLETED', code=0, status='SUCCESS', **more):
    """A job as data parser v0.0.37 writes it."""
    return {'job_id': job_id, 'cluster': 'cedar',
            'state': {'current': state, 'reason': 'None'},
            'exit_code': {'status': status, 'return_code': code},
            'time': {'start': 10**9}, 'steps': [], **more}


def new(job_id=1, state=('COMPLETED',), code=0, status='SUCCESS', **more):
    """A job as data parsers since v0.0.40 write it."""
    return {'job_id': job_id, 'cluster': 'cedar',
            'state': {'current': list(state), 'reason': 'None'},
            'exit_code': {'status': [status], 'return_code': number(code)},
            'time': {'start': number(10**9)}, 'steps': [], **more}


def sacct(*jobs):
    return {'meta': {'Slurm': {'release': '21.08.8-2'}}, 'errors': [],
            'jobs': list(jobs)}


def step(size):
    return {'tres': {'requested': {'max': [
        {'type': 'cpu', 'count': 1}, {'type': 'mem', 'count': size}]}}}


@pytest.mark.parametrize('job', [old, new])
@pytest.mark.parametrize('state', [
    'NODE_FAIL', 'TIMEOUT', 'CANCELLED', 'OUT_OF_MEMORY', 'FAILED',
    'PREEMPTED', 'BOOT_FAIL', 'DEADLINE', 'REVOKED', 'SPECIAL_EXIT'])
def test_state_fails_with_exit_code_zero(job, state):
    given = state if job is old else (state,)
    content = sacct(job(), job(2, given))
    assert values_of(content)['slurm:crash_rate'] == '1/2'


@pytest.mark.parametrize('state', [
    'REQUEUED', 'PENDING', 'RUNNING', 'SUSPENDED', 'COMPLETING'])
def test_job_that_has_not_ended_is_no_pass(state):
    content = sacct(old(), old(2, state))
    assert values_of(content)['slurm:crash_rate'] == '0/1'
    assert 'not ended: 1 of 2 (2)' in told(content)
    assert 'No job in the file has ended' in refusal(sacct(old(2, state)))


@pytest.mark.parametrize(('job', 'rate'), [
    pytest.param(old(2, code=1, status='ERROR'), '1/2', id='old exit code'),
    pytest.param(new(2, code=1), '1/2', id='new exit code'),
    pytest.param(new(2, status='SIGNALED'), '1/2', id='signal'),
    pytest.param(new(2) | {'exit_code': {'status': ['SUCCESS'],
                                         'return_code': UNSET}}, '1/2',
                 id='exit code not set'),
    pytest.param(new(2) | {'exit_code': None}, '1/2', id='no exit code'),
    pytest.param(new(2) | {'exit_code': {
        'status': ['SUCCESS'], 'return_code': number(0),
        'signal': {'id': number(9), 'name': 'KILL'}}}, '1/2',
        id='new signal'),
    pytest.param(old(2) | {'exit_code': {
        'status': 'SUCCESS', 'return_code': 0,
        'signal': {'signal_id': 9, 'name': 'KILL'}}}, '1/2',
        id='old signal'),
    pytest.param(new(2) | {'exit_code': {
        'status': ['SUCCESS'], 'return_code': number(0),
        'signal': {'id': UNSET, 'name': ''}}}, '0/2', id='no signal'),
    pytest.param(new(2, ('CANCELLED', 'COMPLETED')), '1/2', id='two states'),
    pytest.param(new(2, ('CANCELLED', 'REQUEUED')), '0/1', id='goes on'),
    pytest.param(old(2, 'CANCELLED by 4711'), '1/2', id='cancelled by'),
    pytest.param(old(2) | {'state': 'NODE_FAIL'}, '1/2', id='bare state')])
def test_job_counts_by_its_states_and_exit_code(job, rate):
    assert values_of(sacct(old(), job))['slurm:crash_rate'] == rate


def test_requeued_job_counts_by_what_was_started_last():
    first, last = old(2, 'NODE_FAIL'), old(2, time={'start': 10**9 + 50})
    assert values_of(sacct(first, last))['slurm:crash_rate'] == '0/1'
    assert values_of(sacct(last, first))['slurm:crash_rate'] == '0/1'


def test_memory_is_that_of_the_steps_and_missing_is_not_zero():
    content = sacct(old(steps=[step(5), step(3 * 2**40)]), old(2),
                    new(3, steps=[step(number(7)), step(UNSET)]))
    assert values_of(content)['slurm:peak_memory'] == f'{3 * 2**40} B'
    assert 'none in their steps: 1.' in told(content)
    assert set(values_of(sacct(old(steps=[step(0), {}, 5])))) == {
        'slurm:crash_rate'}


def test_origin_is_told():
    [first, *_] = read_evidence(as_bytes(sacct(new())))
    assert first.provenance.tool == 'Slurm 21.08.8-2'
    assert first.provenance.host == 'cedar'
    assert first.provenance.start == '2001-09-09T01:46:40+00:00'


@pytest.mark.parametrize(('content', 'words'), [
    pytest.param(sacct(old(2, 'WONDERFUL')), '"WONDERFUL"', id='state'),
    pytest.param(sacct(old(2, None)), 'unknown state', id='no state'),
    pytest.param(sacct(old(None)), 'no job_id', id='no id'),
    pytest.param(sacct(), 'No job in the file', id='no job'),
    pytest.param({'meta': {}, 'jobs': {'1': {}}}, 'at jobs', id='no list'),
    pytest.param({**sacct(old()), 'errors': [{'error': 'db down'}]},
                 'Slurm tells errors', id='errors')])
def test_file_that_does_not_tell_is_refused(content, words):
    assert words in refusal(content)


def test_job_that_was_started_again_is_asked_about():
    first, last = old(2, 'NODE_FAIL'), old(2, time={'start': 10**9 + 50})
    assert ('started again, of which the last start counts: 1 (2).'
            in told(sacct(old(), first, last)))
    assert 'started again' in told(sacct(new(restart_cnt=2)))
    assert 'started again' not in told(sacct(new(restart_cnt=0)))


def test_job_that_completed_over_a_failed_step_is_asked_about():
    hidden = {'derived_exit_code': {'status': ['ERROR'],
                                    'return_code': number(1)}}
    assert ('completed although a step of them failed: 1 (2).'
            in told(sacct(new(), new(2, **hidden), new(3, ('FAILED',),
                                                       **hidden))))
