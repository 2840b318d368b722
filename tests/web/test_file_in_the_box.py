"""A file of a tool in the sign-off box: it fills values, then one signs."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import unquote

import pytest
from trac.attachment import Attachment

from support.http_client import words_of
from support.policies import refuse_attachments
from support.reported import BAD_LOG, LOG, REPORTED, STABLE, suite

LEAK = b'{"size": "4 kB/event"}'


@pytest.fixture
def send(reported, client):
    """Sends the box with files, as somebody."""
    def sending(*files, user='anna', verdict='approved', **fields):
        return client(user).post_files(f'/campaign/{REPORTED}/sign', {
            'requirement': STABLE, 'verdict': verdict,
            'statement': 'Looked at it.', **fields},
            [('evidence_file', name, data) for name, data in files])
    return sending


@pytest.fixture
def given(system):
    """The values that are given, by name; the verbs of the ledger."""
    def found():
        answer = system.queries.decision(REPORTED).answer(STABLE)
        return ({line.name: line.proof.text for line in answer.evidence
                 if line.proof},
                [e.verb for e in system.queries.ledger(REPORTED)])
    return found


@pytest.fixture
def nothing_stays(env, reported, given):
    """Checks that neither values nor files are there."""
    def checking():
        folder = Path(env.attachments_dir)
        assert given() == ({}, ['created'])
        assert list(Attachment.select(env, 'ticket', reported)) == []
        assert [p for p in folder.rglob('*') if p.is_file()] == []
    return checking


def test_file_fills_its_values_and_is_kept_with_its_digest(
        reported, send, given, system, env):
    answer = send(('jobs.log', LOG), verdict='reported')
    assert answer.status == 200
    assert 'Reported.' in words_of(answer)
    assert given() == ({'crash_rate': '0/3'}, ['created', 'reported'])
    [line] = [e for e in system.queries.decision(REPORTED).answer(
        STABLE).evidence if e.proof]
    assert line.proof.read.digest == hashlib.sha256(LOG).hexdigest()
    [kept] = Attachment.select(env, 'ticket', reported)
    with kept.open() as file:
        assert (kept.filename, file.read()) == ('jobs.log', LOG)


def test_nobody_signs_values_that_they_have_not_seen(
        send, given, client, ticket, reported):
    answer = send(('jobs.log', LOG))
    words = words_of(answer)
    assert 'nothing is signed yet' in words
    assert '? older than the release V1: started 2026-04-09' in words
    assert '0/3 htcondor:crash_rate of jobs.log' in words
    assert 'value="Looked at it."' in answer.text
    assert given()[1] == ['created', 'reported']
    send(('tests.xml', suite()))
    send(('size.json', LEAK))
    assert send(('', b'')).status == 200
    assert given()[1] == ['created', *['reported'] * 3, 'approved']
    assert ticket(reported)['status'] == 'closed'


def test_rejection_comes_with_its_file(send, given):
    assert send(('jobs.log', BAD_LOG), verdict='rejected').status == 200
    assert given() == ({'crash_rate': '1/4'}, ['created', 'rejected'])


@pytest.mark.parametrize(('files', 'fields', 'words'), [
    pytest.param([('a.log', b'nothing to read')], {}, 'format',
                 id='unreadable'),
    pytest.param([('a.log', b'')], {}, 'empty', id='empty'),
    pytest.param([('a.json', b'{"other": "1 %"}')], {},
                 'what is asked for is', id='fills nothing'),
    pytest.param([('a.json', b'{"size": "-4 kB/event"}')], {}, 'below 0',
                 id='value that is none'),
    pytest.param([('a.log', LOG), ('b.log', LOG)], {}, 'Choose one file.',
                 id='two'),
    pytest.param([('a.log', LOG)], {'value:crash_rate': '0/9'},
                 'is in the file and typed as well', id='typed, too'),
    pytest.param([('a.log', LOG)], {'evidence_events': 'many'},
                 '"many" is no number of events.', id='no number'),
    pytest.param([('a.log', LOG + b' ' * 262144)], {},
                 'bytes; at most 262144 are taken', id='too large'),
])
def test_of_a_refused_file_nothing_stays_and_what_was_typed_does(
        send, nothing_stays, files, fields, words):
    answer = send(*files, **{'value:failures': '0/3', **fields})
    assert answer.status == 400
    assert words in words_of(answer)
    assert 'value="Looked at it."' in answer.text
    assert 'value="0/3"' in answer.text
    assert 'choose the files again' in words_of(answer)
    nothing_stays()


@pytest.mark.parametrize('user', ['eve', 'anonymous'])
def test_strangers_report_no_file(send, nothing_stays, user):
    assert send(('jobs.log', LOG), user=user).status in (403, 409)
    nothing_stays()


def test_who_may_not_attach_is_told_and_offered_no_field(
        send, nothing_stays, client, env, reported):
    refuse_attachments(env)
    page = client('anna').get(f'/ticket/{reported}')
    assert 'name="evidence_file"' not in page.text
    assert 'which you may not' in words_of(page)
    assert send(('jobs.log', LOG)).status == 403
    nothing_stays()


def test_field_says_what_a_file_fills(client, reported):
    page = client('anna').get(f'/ticket/{reported}')
    assert ('It fills Crash rate (htcondor:crash_rate), Failed tests '
            '(junit:failure_rate), Size (json:size).') in words_of(page)
    assert 'name="evidence_events"' in page.text
    assert 'name="evidence_file"' not in client('eve').get(
        f'/ticket/{reported}').text


def test_my_sign_offs_ask_what_the_box_asks(send, client):
    send(('jobs.log', LOG), verdict='reported')
    assert '? older than the release V1' in words_of(
        client('anna').get('/campaign'))


def test_statement_goes_to_the_page_and_not_beyond_it(send):
    answer = send(('jobs.log', LOG))
    assert 'statement=Looked' in unquote(answer.url)
