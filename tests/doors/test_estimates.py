"""Estimates are a series; to revise one asks again what rested on it."""

from __future__ import annotations

import json

import pytest
from trac.ticket.model import Ticket

from prodworkflow.api import (
    EvidenceInput,
    InvalidRequest,
    SignOffRequest,
    Verdict,
)
from support.campaigns import ANNA, BRUNO, FULL, FULL_CONTACTS
from support.http_client import words_of

ESTIMATE, MEASURED = 'resources-estimate', 'runtime-performance'
REVISED = 'revised from 100 TB to 110 TB after 100 TB was measured'


@pytest.fixture
def revise(system):
    """Gives the estimate of the disk space, or approves with it."""
    def revising(value, statement='The detector grew.',
                 verdict=Verdict.REPORTED):
        system.record(FULL, ESTIMATE, ANNA, SignOffRequest(
            verdict, statement, EvidenceInput({'disk_total': value})))
    return revising


@pytest.fixture
def measured(full, sign_full):
    """All of the campaign is signed: 100 TB estimated, 100 TB measured."""
    sign_full(*FULL_CONTACTS)
    return full


def reason(system, key):
    found = system.queries.decision(FULL).answer(key).reason
    return found and found.value


def test_a_revision_after_the_measurement_asks_both_again(
        measured, system, revise, gate, env):
    assert gate(name=FULL)
    revise('110 TB')
    assert reason(system, ESTIMATE) == 'evidence-changed'
    answer = system.queries.decision(FULL).answer(MEASURED)
    assert answer.reason.value == 'evidence-changed'
    assert answer.words == (
        'was approved by bruno for other evidence: the estimate of Disk '
        f'space in all (#{measured[ESTIMATE]}) was 100 TB and is 110 TB, '
        'given by anna after 100 TB was measured; the approval of bruno is '
        'asked again; awaits bruno')
    assert not gate(name=FULL)
    for key in (ESTIMATE, MEASURED):
        assert Ticket(env, measured[key])['status'] == 'reopened'


def test_both_approved_anew_open_the_gate(measured, system, revise, gate):
    revise('110 TB', verdict=Verdict.APPROVED)
    assert reason(system, ESTIMATE) is None
    assert reason(system, MEASURED) == 'evidence-changed'
    system.record(FULL, MEASURED, BRUNO,
                  SignOffRequest(Verdict.APPROVED, 'Still fine.'))
    assert gate(name=FULL)


def test_an_estimate_put_back_needs_nobody(measured, system, revise, gate):
    revise('110 TB')
    revise('100 TB', 'A typing error.')
    assert reason(system, ESTIMATE) is None
    assert reason(system, MEASURED) is None
    assert gate(name=FULL)


def test_a_revision_says_why(measured, system, revise):
    before = len(system.queries.ledger(FULL))
    with pytest.raises(InvalidRequest) as refused:
        revise('110 TB', ' ')
    assert f'Say why Disk space in all is {REVISED}' in str(refused.value)
    assert len(system.queries.ledger(FULL)) == before
    revise('100 TB', '')


def test_every_face_says_that_it_was_revised_after_the_measurement(
        measured, revise, client, admin, env):
    revise('110 TB')
    _, shown, _ = admin('campaign', 'show', FULL)
    line = next(x for x in shown.splitlines()
                if x.strip().startswith('Disk space in all: 100 TB, by bruno'))
    assert 'estimate 110 TB (first 100 TB by anna on ' in line
    assert f'{REVISED} by anna on ' in line
    assert '“The detector grew.”' in line
    assert 'within 20 % of the estimate' in line
    assert 'Disk space in all 110 TB, revised from 100 TB after 100 TB was ' \
        'measured' in shown
    for key in (ESTIMATE, MEASURED):
        page = words_of(client('bruno').get(f'/ticket/{measured[key]}'))
        assert REVISED in page
    answer = json.loads(client('bruno').get(f'/campaign/{FULL}/gate').text)
    told = {e['name']: e for s in answer['stages']
            for r in s.get('requirements', s.get('answers', ()))
            if r['key'] == MEASURED for e in r['evidence']}
    assert [e['value'] for e in told['disk_total']['estimates']] == [
        '100 TB', '110 TB']
    assert told['disk_total']['estimates'][1]['measured'] == '100 TB'
    comment = list(Ticket(env, measured[ESTIMATE]).get_changelog())
    assert any('disk_total: 110 TB (revised from 100 TB to 110 TB)'
               in str(c[4]) for c in comment)
