"""Reported evidence: values by name and files, all of it or nothing."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from trac.attachment import Attachment

from prodworkflow.api import (
    EvidenceReport,
    FormRevision,
    GateShut,
    InvalidRequest,
    NoSuchCampaign,
    ReleaseRequest,
    SignOffRequest,
    UnreadableEvidence,
    Verdict,
)
from support.campaigns import ADMIN, ANNA, BRUNO, EVE
from support.reported import BAD_LOG, LOG, REPORTED, STABLE, suite, TEXT


@pytest.fixture
def on_disk(env):
    """How many files of attachments there are on the disk."""
    return lambda: sum(p.is_file()
                       for p in Path(env.attachments_dir).rglob('*'))


@pytest.fixture
def answer(system):
    """The present answer about the requirement that asks for values."""
    return lambda name=REPORTED: system.queries.decision(name).answer(STABLE)


@pytest.fixture
def entries(system):
    return lambda: system.queries.ledger(REPORTED)


def lines(answer):
    return {line.name: line for line in answer.evidence}


def test_file_fills_the_value_and_becomes_an_attachment(
        reported, env, answer, report_file, entries, ticket):
    readings = report_file(ANNA)
    assert 'htcondor:crash_rate' in [r.name for r in readings]
    line = lines(answer())['crash_rate']
    assert (line.proof.text, line.proof.read.file) == ('0/3', 'jobs.log')
    kept = Attachment(env, 'ticket', reported, 'jobs.log')
    assert (kept.author, kept.description) == (
        'anna', 'HTCondor event log')
    with kept.open() as file:
        assert hashlib.sha256(file.read()).hexdigest() == \
            line.proof.read.digest
    last = entries()[-1]
    assert (last.verb, last.payload['role']) == ('reported', 'contact')
    assert last.payload['evidence'][0]['read']['source'] == \
        'htcondor:crash_rate'
    assert not answer().met
    assert ticket(reported)['status'] == 'new'


def test_file_and_values_come_in_one_entry(reported, answer, report_file,
                                           entries):
    before = len(entries())
    report_file(ANNA, size='4.6 kB/event')
    assert len(entries()) == before + 1
    assert lines(answer())['size'].proof.text == '4.6 kB/event'


def test_approval_rests_on_the_file(reported, system, answer, report_file):
    report_file(ANNA, size='4 kB/event')
    report_file(ANNA, suite(), 'tests.xml')
    system.record(REPORTED, STABLE, ANNA, SignOffRequest(
        Verdict.APPROVED, 'Fine.'))
    assert answer().met
    report_file(ANNA, LOG + b'\n', 'jobs.log')
    assert answer().reason.value == 'evidence-changed'
    assert lines(answer())['crash_rate'].proof.read.file == 'jobs.2.log'


@pytest.mark.parametrize(('content', 'values', 'error', 'words'), [
    pytest.param(b'nonsense', {}, UnreadableEvidence, 'No reader knows',
                 id='nothing can be read'),
    pytest.param(LOG, {'size': '4600 per 1000 events'}, InvalidRequest,
                 'Size', id='a value is wrong'),
    pytest.param(LOG, {'other': '1'}, InvalidRequest, 'asks for no value',
                 id='not asked for'),
    pytest.param(LOG, {'crash_rate': '0/3'}, InvalidRequest, 'give it once',
                 id='given twice'),
    pytest.param(b'{"crash_rate": "0/3"}', {}, InvalidRequest,
                 'what is asked for is htcondor:crash_rate',
                 id='nothing that is asked for'),
    pytest.param(b'{"size": "5 rad"}', {}, InvalidRequest,
                 'Size from json:size: ', id='of another dimension'),
    pytest.param(None, {}, InvalidRequest, 'nothing to report',
                 id='nothing at all')])
def test_report_is_refused_whole(reported, env, report_file, entries, on_disk,
                                 content, values, error, words):
    before = len(entries())
    with pytest.raises(error, match=words):
        report_file(ANNA, content, **values)
    assert len(entries()) == before
    assert on_disk() == 0
    assert list(Attachment.select(env, 'ticket', reported)) == []


def test_requirement_whose_values_have_no_source_takes_no_file(
        reported, system):
    with pytest.raises(InvalidRequest, match='names no source'):
        system.evidence.report(REPORTED, 'plain', BRUNO, EvidenceReport(
            content=LOG))
    with pytest.raises(NoSuchCampaign, match='no requirement "nil"'):
        system.evidence.report(REPORTED, 'nil', BRUNO, EvidenceReport(
            content=LOG))


def test_only_who_may_sign_and_administrators_report(
        reported, report_file, entries, answer, on_disk):
    for person in (BRUNO, EVE):
        with pytest.raises(GateShut, match='only anna may sign'):
            report_file(person)
    assert on_disk() == 0
    report_file(ADMIN)
    assert entries()[-1].payload['role'] == 'administrator'
    assert lines(answer())['crash_rate'].given.signoff.signer == 'coordinator'


def test_file_that_trac_would_not_take_is_refused(reported, env, report_file):
    env.config.set('attachment', 'max_size', '100')
    with pytest.raises(UnreadableEvidence, match='attachments of at most'):
        report_file(ANNA)


@pytest.mark.parametrize(('filename', 'name'), [
    ('../../etc/passwd', 'passwd'), ('C:\\logs\\jobs.log', 'jobs.log'),
    ('', 'evidence'), ('a\x00b\n.log', 'ab.log'),
    ('x' * 300 + '.log', 'x' * 96 + '.log'), ('..', 'evidence')])
def test_name_of_the_attachment_is_short_and_has_no_path(
        reported, report_file, answer, filename, name):
    report_file(ANNA, filename=filename)
    assert lines(answer())['crash_rate'].proof.read.file == name


def test_report_of_an_older_revision_is_refused(reported, system, report_file):
    revision = system.queries.decision(REPORTED).snapshot.revision
    report = EvidenceReport({'size': '4 kB/event'},
                            revision=FormRevision(revision, strict=True))
    system.evidence.report(REPORTED, STABLE, ANNA, report)
    with pytest.raises(GateShut, match='others were faster'):
        system.evidence.report(REPORTED, STABLE, ANNA, report)


def test_file_that_is_replaced_or_removed_shuts_the_gate(
        reported, env, system, answer, report_file):
    report_file(ANNA, size='4 kB/event')
    report_file(ANNA, suite(), 'tests.xml')
    system.record(REPORTED, STABLE, ANNA, SignOffRequest(
        Verdict.APPROVED, 'Fine.'))
    with system.doors.attachments_at_once():
        Attachment(env, 'ticket', reported, 'jobs.log').delete()
    assert answer().reason.value == 'evidence-changed'
    assert 'jobs.log' in answer().words


def test_questions_are_those_of_the_campaigns_before(
        make_reported, system, answer, report_file):
    make_reported('2010 Prod')
    report_file(ANNA, name='2010 Prod')
    report_file(ANNA, suite(4), 'tests.xml', name='2010 Prod')
    make_reported()
    report_file(ANNA)
    report_file(ANNA, suite(3), 'tests.xml', REPORTED)
    found = lines(answer())
    assert 'same bytes as in 2010 Prod' in found['crash_rate'].questions
    assert any(q.startswith('older than the release V1')
               for q in found['crash_rate'].questions)
    assert found['failures'].questions == ('fewer tests than in 2010 Prod',)
    system.release(REPORTED, ADMIN, ReleaseRequest(
        'V2', reason='Next.'))
    report_file(ANNA)
    assert 'same bytes as for V1' in lines(answer())['crash_rate'].questions


def test_state_is_that_of_the_ledger(reported, system, report_file):
    report_file(ANNA, BAD_LOG)
    report_file(ANNA, suite(), 'tests.xml')
    decision = system.queries.decision(REPORTED)
    assert decision.snapshot.doubts == ()
    assert system.check(REPORTED, False, 'x') == []
    assert [replace(f) for f in system.check(REPORTED, True, 'x')] == []


def test_comment_of_the_ticket_names_the_file(reported, ticket, report_file):
    report_file(ANNA)
    comments = [new for *_, field, _old, new, _n in ticket(
        reported).get_changelog() if field == 'comment']
    assert comments[-1] == (
        'Reported.\n * crash_rate: 0/3, htcondor:crash_rate of '
        '[attachment:"jobs.log"]')


AUTOMATIC = TEXT.replace('release_bound', 'automatic = true\nrelease_bound')


def test_automatic_requirement_is_met_by_reports_and_follows_them(
        make_reported, system, answer, report_file, ticket, entries):
    number = make_reported(text=AUTOMATIC)
    report_file(ADMIN, size='4 kB/event')
    assert answer().words == 'lacks Failed tests; awaits a report of evidence'
    report_file(ADMIN, suite(), 'tests.xml')
    assert answer().met
    assert ticket(number)['status'] == 'closed'
    assert 'signed' not in answer().words
    report_file(ADMIN, BAD_LOG, 'more.log')
    assert answer().reason.value == 'out-of-bounds'
    assert ticket(number)['status'] != 'closed'
    report_file(ADMIN, LOG)
    assert ticket(number)['status'] == 'closed'
    system.record(REPORTED, STABLE, ANNA, SignOffRequest(
        Verdict.REJECTED, 'The jobs were too short.'))
    assert answer().reason.value == 'rejected'
    report_file(ADMIN, LOG)
    assert answer().reason.value == 'rejected'
    assert ticket(number)['status'] != 'closed'
    system.record(REPORTED, STABLE, ANNA, SignOffRequest(
        Verdict.APPROVED, 'Long enough after all.'))
    assert answer().met
    assert system.queries.decision(REPORTED).snapshot.doubts == ()
    system.release(REPORTED, ADMIN, ReleaseRequest('V2', reason='Next.'))
    assert answer().reason.value == 'evidence-missing'
    assert ticket(number)['status'] != 'closed'
    assert 'reported' in {e.verb for e in entries()}


def test_automatic_requirement_does_not_outlive_its_file(
        make_reported, env, system, answer, report_file, ticket):
    """The bytes that a gate was opened by are there to be looked at."""
    number = make_reported(text=AUTOMATIC)
    report_file(ADMIN, size='4 kB/event')
    report_file(ADMIN, suite(), 'tests.xml')
    report_file(ADMIN, LOG)
    assert answer().met
    Attachment(env, 'ticket', number, 'tests.xml').delete()
    assert answer().words == (
        'lacks Failed tests, as its file tests.xml is gone or another one; '
        'awaits a report of evidence')
    assert ticket(number)['status'] != 'closed'
    report_file(ADMIN, suite(), 'tests.xml')
    assert answer().met
    assert ticket(number)['status'] == 'closed'
