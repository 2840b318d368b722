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


def held(reason):
    """A job that waits for a reason."""
    return new(2) | {'state': {'current': ['PENDING'], 'reason': reason}}


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
    pytest.param(new(2, ('CANCELLED', 'REQUEUED')), '1/2',
                 id='requeued and not run again'),
    pytest.param(new(2, ('FAILED', 'COMPLETING')), '1/2',
                 id='failed, being cleaned up'),
    pytest.param(new(2, ('COMPLETED', 'COMPLETING')), '0/1',
                 id='passed, being cleaned up'),
    pytest.param(new(2, ('PENDING', 'REQUEUE_HOLD')), '1/2',
                 id='held after a failure'),
    pytest.param(new(2, ('PENDING', 'SPECIAL_EXIT')), '1/2',
                 id='held by itself'),
    pytest.param(old(2, 'RESV_DEL_HOLD'), '1/2', id='held, old'),
    pytest.param(held('JobHeldAdmin'), '1/2', id='held by an administrator'),
    pytest.param(held('JobHoldMaxRequeue'), '1/2', id='requeued too often'),
    pytest.param(held('launch failed requeued held'), '1/2',
                 id='held because it cannot start'),
    pytest.param(held('Priority'), '0/1', id='waits'),
    pytest.param(old(2, 'CANCELLED by 4711'), '1/2', id='cancelled by'),
    pytest.param(old(2) | {'state': 'NODE_FAIL'}, '1/2', id='bare state')])
def test_job_counts_by_its_states_and_exit_code(job, rate):
    assert values_of(sacct(old(), job))['slurm:crash_rate'] == rate


def test_requeued_job_counts_by_what_was_started_last():
    first, last = old(2, 'NODE_FAIL'), old(2, time={'start': 10**9 + 50})
    assert values_of(sacct(first, last))['slurm:crash_rate'] == '0/1'
    assert values_of(sacct(last, first))['slurm:crash_rate'] == '0/1'


@pytest.mark.parametrize(('again', 'rate'), [
    pytest.param(old(2, 'PENDING', time={'start': 0}), '0/1', id='waits'),
    pytest.param(new(2, ('PENDING',), time={'start': UNSET}), '0/1',
                 id='waits, new'),
    pytest.param(old(2, 'CANCELLED', time={'start': 0}), '1/2',
                 id='cancelled before its start'),
    pytest.param(old(2, 'NODE_FAIL'), '1/2', id='started at once')])
def test_last_record_counts_also_where_it_was_never_started(again, rate):
    assert values_of(sacct(old(), old(2), again))['slurm:crash_rate'] == rate
    assert values_of(sacct(old(), again, old(2)))['slurm:crash_rate'] == rate


def test_each_cluster_numbers_its_jobs():
    content = sacct(old(), old(state='FAILED', cluster='beluga'),
                    old(2, 'RUNNING'))
    assert values_of(content)['slurm:crash_rate'] == '1/2'
    assert 'not ended: 1 of 3 (cedar:2)' in told(content)
    assert 'started again' not in told(content)


@pytest.mark.parametrize(('tasks', 'count'), [
    ('5-9', 5), ('[5-9,12]', 6), ('0-98:2%4', 50), ('7', 1), ('0x3E0', 5),
    ('', 1), (None, 1), ('5-5:0', 1)])
def test_tasks_that_were_never_started_count_each(tasks, count):
    rest = new(2, ('CANCELLED',), array={'job_id': 2, 'task_id': UNSET,
                                         'task': tasks})
    assert values_of(sacct(new(), rest))['slurm:crash_rate'] == (
        f'{count}/{count + 1}')


def test_tasks_that_wait_are_told():
    rest = new(2, ('PENDING',), array={'task': '1-40'})
    assert 'not ended: 40 of 41 (2).' in told(sacct(new(), rest))


def test_many_arrays_are_counted_and_not_written_out():
    rest = [new(i, ('CANCELLED',), array={'task': '0-99999'})
            for i in range(1, 501)]
    assert values_of(sacct(*rest))['slurm:crash_rate'] == (
        '50000000/50000000')


@pytest.mark.parametrize('tasks', ['9-5', 'all', '1;2', '0-9999999', '0x0'])
def test_tasks_that_cannot_be_counted_refuse_the_file(tasks):
    rest = new(2, ('CANCELLED',), array={'task': tasks})
    assert f'tasks of an array: "{tasks}"' in refusal(sacct(new(), rest))


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


def test_job_that_completed_over_a_step_that_failed_by_its_state_is_told():
    killed = {**step(5), 'state': ['OUT_OF_MEMORY']}
    assert 'a step of them failed: 1 (2).' in told(
        sacct(new(), new(2, steps=[step(5), killed])))
