"""Evidence laid out, and the account of waivers."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.rules.evidence_report import exhibits
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.waivers import account
from support.factories import requirement, signoff, snapshot, state

ESTIMATED, MEASURED = 'resources-estimate', 'runtime-performance'
CPU = {'name': 'cpu', 'title': 'CPU time', 'unit': 'h'}
DAY = date(2026, 6, 10)


def value(text, name='cpu'):
    return Evidence('value', name, text, 'a' * 64)


def laid_out(estimate, measured):
    signoffs = []
    if estimate:
        signoffs.append(signoff(2, ESTIMATED, evidence=(value(estimate),)))
    if measured:
        signoffs.append(signoff(3, MEASURED, evidence=(value(measured),)))
    found = state(signoffs, [
        requirement(ESTIMATED, asks=EvidenceSpec((ValueSpec(**CPU),))),
        requirement(MEASURED, asks=EvidenceSpec((ValueSpec(
            **CPU, at_most='20 h', compare_with=ESTIMATED,
            tolerance='20 %'),), ('pt',), ('report',)))])
    return exhibits(found.requirement(MEASURED), found)


ASKED = '(at most 20 h, within 20 % of the estimate)'


@pytest.mark.parametrize(('estimate', 'measured', 'difference', 'words'), [
    pytest.param('', '', '', f'not given yet; estimate not given yet {ASKED}',
                 id='nothing'),
    pytest.param('10 h', '', '', f'not given yet; estimate 10 h {ASKED}',
                 id='estimate only'),
    pytest.param('', '10 h', '',
                 f'10 h, by anna; estimate not given yet {ASKED}',
                 id='measured only'),
    pytest.param('10 h', '46800 s', '+30 %', '46800 s, by anna; estimate 10 '
                 f'h, measured +30 % {ASKED}', id='more'),
    pytest.param('10 h', '9.5 h', '-5 %', 'measured -5 %', id='less'),
    pytest.param('10 h', '600 min', 'as estimated', 'measured as estimated',
                 id='the same in another unit'),
    pytest.param('0 h', '1 h', '', '1 h, by anna; estimate 0 h (',
                 id='of nothing'),
    pytest.param('10 furlong', '1 h', '', 'estimate 10 furlong (',
                 id='an estimate that cannot be read'),
])
def test_evidence_line_shows_measurement_and_estimate(
        estimate, measured, difference, words):
    cpu, plot, link = laid_out(estimate, measured)
    assert cpu.difference == difference
    assert words in cpu.words
    assert (plot.words, link.words) == ('not given yet', 'not given yet')


def test_evidence_line_as_plain_data():
    cpu, plot, link = laid_out('10 h', '13 h')
    assert cpu.as_dict() == {
        'kind': 'value', 'name': 'cpu', 'title': 'CPU time',
        'asked': 'at most 20 h, within 20 % of the estimate',
        'given': '13 h', 'sha256': 'a' * 64, 'reference': None,
        'reference_sha256': None, 'by': 'anna', 'release': 'V1', 'entry': 3,
        'estimate': '10 h', 'estimate_of': ESTIMATED, 'tolerance': '20 %',
        'difference': '+30 %', 'fault': 'CPU time is 13 h, more than 20 % '
        'away from 10 h (Resources estimate)',
        'estimates': [{'value': '10 h', 'was': None, 'measured': None,
                       'by': 'anna', 'at': '1970-01-01T00:00:00+00:00',
                       'because': 'Fine.', 'release': 'V1'}],
        'fault_reason': 'out-of-bounds', 'needed': None, 'enough': None,
        'failed': None, 'total': None, 'limit': None, 'confidence': None,
        'minimum': None, 'read': None, 'questions': [],
        'approved_otherwise': []}
    assert plot.as_dict()['given'] is None
    assert link.as_dict()['asked'] == 'a link'


def test_plots_are_told_with_their_digests():
    proof = Evidence('plot', 'pt', 'new.png', 'a' * 64, 'old.png', 'b' * 64)
    found = state([signoff(2, MEASURED, evidence=(proof,))],
                  [requirement(MEASURED, asks=EvidenceSpec((), ('pt',)))])
    line, = exhibits(found.requirement(MEASURED), found)
    assert line.words == (f'new.png (SHA-256 {"a" * 64}) beside old.png '
                          f'(SHA-256 {"b" * 64}), by anna')
    assert line.as_dict()['reference_sha256'] == 'b' * 64


def test_an_answer_shows_its_evidence():
    asks = EvidenceSpec((ValueSpec(**CPU),))
    found = state([signoff(2, ESTIMATED, evidence=(value('3 h'),))],
                  [requirement(ESTIMATED, asks=asks),
                   requirement(MEASURED)])
    decision = decide(snapshot(state=found), 0)
    evidence = decision.answer(ESTIMATED).as_dict()['evidence']
    assert [e['given'] for e in evidence] == ['3 h']
    assert decision.answer(MEASURED).evidence == ()


def waived(number, until=DAY, most='5 h'):
    return signoff(number, ESTIMATED, 'waived', 'dora', 'administrator',
                   waiver=Waiver('out-of-bounds', until,
                                 (Bound('cpu', '', most),)),
                   statement='Small.')


@pytest.mark.parametrize(('later', 'day', 'ended'), [
    pytest.param((), DAY, 'in force, today is its last day', id='in force'),
    pytest.param((), date(2026, 6, 11), 'it expired with 2026-06-10',
                 id='expired'),
    pytest.param((signoff(4, ESTIMATED, 'reported',
                          evidence=(value('6 h'),)),), DAY,
                 'cpu was measured at 6 h since', id='left its bound'),
    pytest.param((signoff(4, ESTIMATED, 'rejected'),), DAY,
                 'anna has rejected since', id='rejected since'),
])
def test_waivers_are_accounted_for(later, day, ended):
    asks = EvidenceSpec((ValueSpec(**CPU, at_most='1 h'),))
    found = state([signoff(2, ESTIMATED, evidence=(value('4 h'),)),
                   waived(3), *later],
                  [requirement(ESTIMATED, asks=asks)])
    only, = account(found, day)
    assert only.words == ('out-of-bounds, cpu up to 5 h, until 2026-06-10, '
                          f'by dora: “Small.”; {ended}')
    assert only.requirement.key == ESTIMATED


def test_a_waiver_that_covers_too_little_is_not_in_force():
    asks = EvidenceSpec((ValueSpec(**CPU, at_most='1 h'),))
    found = state([signoff(2, ESTIMATED, evidence=(value('4 h'),)),
                   waived(3, most='2 h'), waived(4)],
                  [requirement(ESTIMATED, asks=asks)])
    assert [(a.signoff.number, a.ended) for a in account(found, DAY)] == [
        (4, ''), (3, 'it does not cover what was measured')]


def revised(*values):
    """A line of a measurement whose estimate had these values in turn.

    'measured' stands for the measurement, 13 h.
    """
    signoffs = [signoff(n, MEASURED, 'reported', evidence=(value('13 h'),))
                if text == 'measured' else
                signoff(n, ESTIMATED, 'reported', signer='carla',
                        statement=f'Reason {n}.', evidence=(value(text),))
                for n, text in enumerate(values, 2)]
    found = state(signoffs, [
        requirement(ESTIMATED, asks=EvidenceSpec((ValueSpec(**CPU),))),
        requirement(MEASURED, asks=EvidenceSpec((ValueSpec(
            **CPU, compare_with=ESTIMATED, tolerance='+20 %'),)))])
    return [exhibits(found.requirement(key), found)[0]
            for key in (MEASURED, ESTIMATED)]


SERIES = [
    pytest.param(['10 h', 'measured'], '', id='never revised'),
    pytest.param(['10 h', '10 h'], '', id='the same again'),
    pytest.param(['10 h', '12 h', 'measured'],
                 'first 10 h by carla on 1970-01-01: “Reason 2.”; revised '
                 'from 10 h to 12 h by carla on 1970-01-01: “Reason 3.”',
                 id='revised before the measurement'),
    pytest.param(['10 h', 'measured', '12 h'],
                 'first 10 h by carla on 1970-01-01: “Reason 2.”; revised '
                 'from 10 h to 12 h after 13 h was measured by carla on '
                 '1970-01-01: “Reason 4.”', id='revised after it'),
    pytest.param(['10 h', '11 h', 'measured', '11 h', '12 h'],
                 'first 10 h by carla on 1970-01-01: “Reason 2.”; revised '
                 'from 10 h to 11 h by carla on 1970-01-01: “Reason 3.”; '
                 'revised from 11 h to 12 h after 13 h was measured by carla '
                 'on 1970-01-01: “Reason 6.”', id='three steps'),
]


@pytest.mark.parametrize(('values', 'words'), SERIES)
def test_an_estimate_is_a_series_with_who_when_and_why(values, words):
    for line in revised(*values):
        assert line.revisions == words
        assert words in line.words


def test_estimate_revisions_measurement_and_bound_stand_on_one_line():
    line, estimate = revised('10 h', 'measured', '12 h')
    assert line.words == (
        '13 h, by anna; estimate 12 h (first 10 h by carla on 1970-01-01: '
        '“Reason 2.”; revised from 10 h to 12 h after 13 h was measured by '
        'carla on 1970-01-01: “Reason 4.”), measured +8.33 % (at most 20 % '
        'above the estimate)')
    assert line.as_dict()['estimates'][1] == {
        'value': '12 h', 'was': '10 h', 'measured': '13 h', 'by': 'carla',
        'at': '1970-01-01T00:00:00+00:00', 'because': 'Reason 4.',
        'release': 'V1'}
    assert estimate.limits == 'a value in h'


def test_a_fault_names_the_revision_that_came_after_the_measurement():
    line, _ = revised('10 h', 'measured', '9 h')
    assert line.fault == (
        'CPU time is 13 h, more than 20 % above 9 h (Resources estimate, '
        'revised from 10 h to 9 h after 13 h was measured)')
