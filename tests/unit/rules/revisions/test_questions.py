"""Questions to the signer, and values whose file is not what was approved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    FileFact,
    ValueSpec,
)
from prodworkflow.domain.model.readings.file_reading import FileReading
from prodworkflow.domain.model.submission import basis, present_files
from prodworkflow.domain.rules.eligibility import (
    for_other_evidence,
    for_release,
)
from prodworkflow.domain.rules.evidence_report import exhibits
from prodworkflow.domain.rules.revisions.questions import started
from support.factories import requirement, signoff, state

KEY = 'software-quality'
RATE = ValueSpec('rate', 'Failure rate', '%', source='junit:failure_rate')
FIRST, SECOND = 'a' * 64, 'b' * 64
READ = FileReading('junit:failure_rate', 'one.xml', FIRST, 'pytest',
                   tests=149)


def rate(text='0/149', **read):
    return Evidence('value', 'rate', text, text,
                    read=replace(READ, **read) if read is not None else None)


def said(number, proof, verdict='reported', **more):
    return signoff(number, KEY, verdict, evidence=(proof,), **more)


def having(*signoffs, files=()):
    found = state(signoffs, [requirement(KEY, asks=EvidenceSpec((RATE,)))])
    return found.having(replace(found.requirement(KEY), files=files))


def line(found):
    asked = found.requirement(KEY)
    [line] = exhibits(asked, found, for_other_evidence(
        for_release(asked, found), asked, found))
    return line


def asked(*signoffs):
    return list(line(having(*signoffs)).questions)


MAY = 1_777_593_600_000_000  # 2026-05-01, in µs UTC
QUESTIONS = [
    pytest.param({}, [], id='nothing odd'),
    pytest.param({'same': ('2010 Prod', 'Other')}, [
        'same bytes as in 2010 Prod', 'same bytes as in Other'], id='same'),
    pytest.param({'start': '2026-04-30T23:59:59Z', 'since': MAY}, [
        'older than the release V1: started 2026-04-30T23:59:59Z'],
        id='older'),
    pytest.param({'start': '2026-05-01T00:00:00', 'since': MAY}, [],
                 id='not older'),
    pytest.param({'start': 'yesterday', 'since': MAY}, [], id='no time'),
    pytest.param({'revision': 'V0'}, [
        'another release inside: V0, not V1'], id='other release'),
    pytest.param({'revision': 'exp-V1-12'}, [], id='the release'),
    pytest.param({'more_in': '2010 Prod'}, [
        'fewer tests than in 2010 Prod'], id='fewer than in another'),
    pytest.param({'more_in': '2010 Prod', 'tests': None}, [], id='no tests'),
    pytest.param({'questions': ('Suppressed by s.supp.',),
                  'unread': ('One case.',)}, [
        'Suppressed by s.supp', 'One case'], id='of the reader'),
]


@pytest.mark.parametrize(('read', 'questions'), QUESTIONS)
def test_what_is_odd_about_a_file_is_asked(read, questions):
    assert asked(said(2, rate(**read))) == questions


def test_value_that_was_typed_is_asked_about_and_none_without():
    typed = Evidence('value', 'rate', '0/149', 'x')
    assert asked(said(2, typed)) == ['typed, not read from a file']
    assert asked() == []
    plain = state([said(2, typed)], [requirement(KEY, asks=EvidenceSpec(
        (replace(RATE, source=''),)))])
    assert line(plain).questions == ()


def test_last_time_is_compared_with():
    before = said(2, rate(host='one', digest=SECOND))
    assert asked(before, said(3, rate('0/148', tests=148, host='two'))) == [
        'fewer tests than last time: 148, 149 before',
        'another host inside: two, one before']
    assert asked(before, said(3, rate(host='one'))) == []
    assert asked(before, said(3, rate(more_in='2010 Prod'))) == []


def test_same_bytes_for_another_release_are_asked_about_once():
    before = [said(2, rate(), release='V0'), said(3, rate(), release='')]
    assert asked(*before, said(4, rate())) == ['same bytes as for no release']
    assert asked(before[0], said(4, rate())) == ['same bytes as for V0']
    assert asked(said(2, rate()), said(3, rate())) == []


def test_questions_stand_in_words_and_json():
    shown = line(having(said(2, rate(same=('2010 Prod',)))))
    assert shown.words == (
        '0/149, by anna (a value in %); to be looked at: same bytes as in '
        '2010 Prod')
    assert shown.as_dict()['questions'] == ['same bytes as in 2010 Prod']
    assert shown.as_dict()['read']['file'] == 'one.xml'


def test_approval_is_for_the_file_too():
    before = said(2, rate(), verdict='approved')
    found = having(before, said(3, rate(digest=SECOND, file='two.xml'),
                                signer='bruno'))
    assert basis(found.requirement(KEY), found) == (
        ('file:rate', SECOND), ('value:rate', '0/149'))
    [change] = line(found).changes
    assert change.words == (
        'the file of Failure rate was one.xml (SHA-256 aaaaaaaaaaaa…) and is '
        'two.xml (SHA-256 bbbbbbbbbbbb…), reported by bruno')


def test_file_that_changed_in_its_place_is_told():
    found = having(said(2, rate(), verdict='approved'),
                   files=(FileFact('one.xml', SECOND, 'eve'),))
    asked_ = found.requirement(KEY)
    assert present_files(asked_, found) == {'one.xml': SECOND}
    [change] = line(found).changes
    assert (change.kind, change.by, change.attached) == ('file', 'eve', True)
    assert 'replaced by eve' in change.words


def test_value_that_changed_is_told_beside_its_file():
    found = having(said(2, rate(), verdict='approved'), said(3, rate(
        '1/149', digest=SECOND), signer='bruno'))
    assert [c.words for c in line(found).changes] == [
        'the file of Failure rate was one.xml (SHA-256 aaaaaaaaaaaa…) and is '
        'one.xml (SHA-256 bbbbbbbbbbbb…), reported by bruno',
        'Failure rate was 0/149 and is 1/149, reported by bruno']


@pytest.mark.parametrize(('text', 'time'), [
    ('2026-05-01', MAY), ('2026-05-01T02:00:00+02:00', MAY),
    (' 2026-05-01T00:00:00Z', MAY), ('', None), ('May 1st', None)])
def test_start_is_read_as_iso_8601(text, time):
    assert started(text) == time


def test_release_inside_is_compared_with_that_of_the_campaign():
    assert asked(said(2, rate(revision='V0'), release='')) == [
        'another release inside: V0, not V1']
    assert asked(said(2, rate(revision='V1'), release='')) == []


def test_what_a_file_lacked_is_looked_for_in_those_before_it():
    first = said(2, rate(host='one'))
    assert asked(first, said(3, rate(tests=None)), said(
        4, rate('0/148', tests=148, host='two'))) == [
        'fewer tests than last time: 148, 149 before',
        'another host inside: two, one before']


def test_files_of_other_values_are_not_those_before_it():
    other = replace(rate(host='one', tests=999), name='time')
    assert asked(said(2, other), said(3, rate(host='two'))) == []
