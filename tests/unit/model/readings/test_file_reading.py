"""Readings of files, as the ledger and the tables keep them."""

from __future__ import annotations

import json

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.ledger.payloads import with_messages
from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.readings.file_reading import FileReading
from prodworkflow.domain.text import Message

READ = FileReading(
    'junit:failure_rate', 'report.xml', 'a' * 64, 'pytest', 'lxplus1',
    '2026-05-01T00:00:00', 'V1', Message('%(n)s tests', n=3),
    ('One case.',), (Message('Suppressed by %(file)s.', file='s.supp'),),
    3, 17, ('2010 Prod',), '2010 Prod')
PROOF = Evidence('value', 'rate', '0/3', 'b' * 64, read=READ)


def test_reading_comes_back_with_its_messages():
    stored = json.loads(json.dumps(with_messages(plain(PROOF))))
    back = Evidence.of(stored)
    assert back == PROOF
    assert back.read.counted.msgid == '%(n)s tests'
    assert back.read.questions[0].params == {'file': 's.supp'}
    assert type(back.read.unread[0]) is str


def test_reading_without_messages_is_english():
    back = Evidence.of(json.loads(json.dumps(plain(PROOF))))
    assert back == PROOF
    assert type(back.read.counted) is str


def test_message_that_does_not_fit_its_text_is_not_taken():
    stored = with_messages(plain(PROOF))
    stored['read']['questions'] = ['Something else.']
    assert type(Evidence.of(stored).read.questions[0]) is str


def test_evidence_from_before_files_were_read_has_none():
    assert Evidence.of({'kind': 'value', 'name': 'v', 'text': '1 s',
                        'digest': 'x'}).read is None


def test_reading_as_json():
    assert READ.as_dict() == {
        'source': 'junit:failure_rate', 'file': 'report.xml',
        'sha256': 'a' * 64, 'tool': 'pytest', 'host': 'lxplus1',
        'start': '2026-05-01T00:00:00', 'revision': 'V1',
        'counted': '3 tests', 'unread': ['One case.']}
    assert FileReading('x', 'f', 'd').as_dict() == {
        'source': 'x', 'file': 'f', 'sha256': 'd', 'tool': None, 'host': None,
        'start': None, 'revision': None, 'counted': None, 'unread': []}


def test_files_are_asked_for_by_plots_and_sources():
    value = ValueSpec('v', 'V', 's', source='time:wall_time')
    assert EvidenceSpec((value,)).files
    assert EvidenceSpec((), ('plot',)).files
    assert not EvidenceSpec((ValueSpec('v', 'V', 's'),)).files


def test_what_was_not_stored_of_a_reading_is_empty():
    assert FileReading.of({'source': 'x', 'file': 'f', 'digest': 'd'}) == (
        FileReading('x', 'f', 'd'))
