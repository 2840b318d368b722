"""HTCondor event log: who never terminates has failed."""

from __future__ import annotations

import pytest

from prodworkflow.evidence_readers.choice import read_evidence
from support.evidence_files import refusal, told, values_of

NORMAL = '\n\t(1) Normal termination (return value 0)'
TEXTS = {0: 'Job submitted from host: <10.0.0.7:9618?addrs=x>',
         1: 'Job executing on host: <10.0.0.8:9618>', 4: 'Job was evicted.',
         5: 'Job terminated.', 7: 'Shadow exception!', 9: 'Job was aborted.',
         12: 'Job was held.\n\tMemory\n\tCode 34 Subcode 0',
         13: 'Job was released.', 22: 'Job disconnected',
         24: 'Job reconnection failed', 28: 'Job ad information event'}


def event(job, code, more='', day='2026-04-09', hour=0):
    return (f'{code:03} ({job}.000) {day} {hour:02}:44:53 '
            f'{TEXTS[code]}{more}\n...\n')


def job(name, *codes, end=None):
    """The events of a job; `end` is what its termination says."""
    written = ''.join(event(name, code) for code in (0, *codes))
    return written + (event(name, 5, end) if end else '')


GOOD = job('7.000', 1, end=NORMAL)


@pytest.mark.parametrize(('log', 'rate', 'cause'), [
    pytest.param(job('8.000', 1, end=NORMAL), '0/2', '', id='passed'),
    pytest.param(job('8.000', 1, end='\n\t(1) Normal termination '
                     '(return value 65)'), '1/2', 'exit code: 1',
                 id='exit code'),
    pytest.param(job('8.000', 1, end='\n\t(0) Abnormal termination '
                     '(signal 11)'), '1/2', 'signal: 1', id='signal'),
    pytest.param(job('8.000', 1, end='\n\t(0) Abnormal termination '
                     '(signal 6)\n\t(1) Corefile in: /x/(1) Normal '
                     'termination (return value 0)'), '1/2', 'signal: 1',
                 id='signal with an odd path'),
    pytest.param(job('8.000', 1, 12), '1/2', 'held: 1', id='held'),
    pytest.param(job('8.000', 1, 4), '1/2', 'evicted: 1',
                 id='evicted and not run again'),
    pytest.param(job('8.000', 1, 4, 1, end=NORMAL), '0/2', '',
                 id='evicted and run again'),
    pytest.param(job('8.000', 9), '1/2', 'removed: 1', id='aborted'),
    pytest.param(job('8.000', 1, 12, 9), '1/2', 'removed: 1',
                 id='held and removed'),
    pytest.param(job('8.000', 1, 7), '1/2', 'shadow exception: 1',
                 id='shadow exception'),
    pytest.param(job('8.000', 1, 22, 24), '1/2', 'lost: 1', id='lost'),
    pytest.param(job('8.000', 1, 12, 13), '0/1', '', id='released, waits'),
    pytest.param(job('8.000', 1), '0/1', '', id='running'),
    pytest.param(job('8.000', 1, 4, 1), '0/1', '', id='running again'),
    pytest.param(job('8.000', 28), '0/1', '', id='waiting'),
    pytest.param(event('8.-01', 0), '0/1', '', id='whole cluster'),
    pytest.param(event('8.000', 5, NORMAL), '0/2', '', id='log cut before')])
def test_crash_rate_is_over_the_jobs_that_ended(log, rate, cause):
    readings = read_evidence((GOOD + log).encode())
    found = {each.name: each for each in readings}['htcondor:crash_rate']
    assert found.value == rate
    assert cause in found.counted


def test_jobs_that_have_not_ended_are_told():
    assert 'Jobs that have not ended: 2 of 3 (8.000, 9.000).' in told(
        GOOD + job('8.000', 1) + job('9.000')).replace(' and ', ', ')


def test_log_in_which_nothing_has_ended_is_refused():
    assert 'No job in the file has ended' in refusal(job('8.000', 1))


def test_lost_starts_of_jobs_that_passed_at_last_are_a_reading():
    log = job('8.000', 1, 4, 1, 4, 1, end=NORMAL)
    assert values_of(log)['htcondor:crash_rate'] == '0/1'
    assert values_of(log)['htcondor:lost_starts'] == '2/3'


def test_largest_memory_of_any_job_is_in_kib():
    log = GOOD.replace('(return value 0)', '(return value 0)\n\t9  -  '
                       'ResidentSetSize of job (KB)\n\t2048  -  '
                       'ResidentSetSize of job (KB)')
    assert values_of(log)['htcondor:peak_memory'] == '2048 KiB'


@pytest.mark.parametrize(('log', 'words'), [
    pytest.param(GOOD + job('8.000', 1)[:-4], 'event that begins at line 10',
                 id='last event without end'),
    pytest.param(GOOD + '001 (8.0', 'event that begins at line 8',
                 id='last event cut'),
    pytest.param(GOOD + 'garbage\n...\n', 'Line 8 is no event', id='garbage'),
    pytest.param(GOOD + '...\n', 'Line 8 is no event', id='empty event'),
    pytest.param(GOOD + GOOD, 'Job 7.000 is submitted twice', id='twice'),
    pytest.param(job('8.000', 1, end=' '), 'tells no return value',
                 id='no return value')])
def test_broken_log_is_refused_with_its_line(log, words):
    assert words in refusal(log)


JSON_EVENT = ('{\n  "MyType": "SubmitEvent",\n  "EventTypeNumber": 0,\n'
              '  "Cluster": 7,\n  "Proc": 0\n}\n')
XML_EVENT = ('<c>\n    <a n="MyType"><s>SubmitEvent</s></a>\n'
             '    <a n="EventTypeNumber"><i>0</i></a>\n</c>\n')


@pytest.mark.parametrize(('log', 'form'), [
    pytest.param(JSON_EVENT, 'JSON', id='one JSON event'),
    pytest.param(JSON_EVENT * 2, 'JSON', id='JSON events'),
    pytest.param(f'[{JSON_EVENT}]', 'JSON', id='list of JSON events'),
    pytest.param(XML_EVENT, 'XML', id='one XML event'),
    pytest.param(XML_EVENT * 2, 'XML', id='XML events'),
    pytest.param('<?xml version="1.0"?>\n<!DOCTYPE classads SYSTEM '
                 f'"classads.dtd">\n<classads>\n{XML_EVENT}', 'XML',
                 id='XML events in a document')])
def test_log_in_another_form_is_told_what_to_send_instead(log, form):
    said = refusal(log)
    assert f'an event log of HTCondor as {form}' in said
    assert '"condor_history -json"' in said


def test_values_named_like_an_event_are_values():
    assert values_of('{"eventtypenumber": 3}') == {
        'json:eventtypenumber': '3'}


def test_stamps_without_a_year_are_of_no_year():
    old = GOOD.replace('2026-04-09', '04/09')
    [first, *_] = read_evidence(old.encode())
    assert (first.value, first.provenance.start) == ('0/1', '')
    assert 'have no year' in told(old)


def test_start_and_host_are_told():
    [first, *_] = read_evidence(GOOD.encode())
    assert first.provenance.start == '2026-04-09 00:44:53'
    assert first.provenance.host == '10.0.0.7'
    assert told(GOOD) == ''


def test_log_that_begins_late_tells_whose_beginning_it_lacks():
    rotated = GOOD + event('8.000', 5, NORMAL)
    assert values_of(rotated)['htcondor:crash_rate'] == '0/2'
    assert ('submitted before the log begins: 1 (8.000). Put the older log '
            'before it.') in told(rotated)


def cluster(code, words, more=''):
    """An event of a cluster whose jobs are submitted one by one."""
    return (f'{code:03} (7.-01.-01) 2026-04-09 10:00:00 Cluster {words}'
            f'{more}\n...\n')


WHOLE = '\n\tMaterialized 1 jobs from 1 items.\n\tComplete'


@pytest.mark.parametrize('events', [
    pytest.param(cluster(35, 'submitted'), id='still going on'),
    pytest.param(cluster(35, 'submitted') + cluster(37, 'paused'),
                 id='paused'),
    pytest.param(cluster(37, 'paused') + cluster(38, 'resumed'),
                 id='resumed'),
    pytest.param(cluster(35, 'submitted') + cluster(
        36, 'removed', WHOLE.replace('Complete', 'Incomplete')),
        id='removed before')])
def test_cluster_that_has_not_submitted_all_jobs_is_told(events):
    assert told(GOOD + events) == (
        'Clusters of which not all jobs were submitted: 1 (7).')
    assert told(GOOD + events + cluster(36, 'removed', WHOLE)) == ''


@pytest.mark.parametrize('head', [
    pytest.param('008 (000.000.000) 2026-04-09 10:00:00 Global JobLog: '
                 'ctime=1 id=x sequence=1\n...\n', id='global log'),
    pytest.param(cluster(35, 'submitted') + cluster(36, 'removed', WHOLE),
                 id='cluster'),
    pytest.param(cluster(36, 'removed', WHOLE).replace('-01.-01', '-1.-1'),
                 id='cluster without zeros')])
def test_events_of_the_log_or_of_a_cluster_are_of_no_job(head):
    assert told(head + GOOD) == ''
    assert values_of(head + GOOD) == values_of(GOOD)
