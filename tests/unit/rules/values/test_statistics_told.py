"""Programs are told how well a value is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.rules.evidence_report import exhibits
from prodworkflow.domain.rules.values import statistics_dict
from support.factories import requirement, signoff, state

RATE = ValueSpec('crash_rate', 'Crash rate', '%', at_most='1 %',
                 confidence='95 %')
GOOD = replace(RATE, name='good', at_most='', at_least='99 %')
PLAIN = replace(RATE, confidence='')


@pytest.mark.parametrize(('value', 'text', 'told'), [
    pytest.param(RATE, '0/20', (0, 20, '13.91 %'), id='count'),
    pytest.param(GOOD, '299/300', (299, 300, '98.43 %'), id='lower limit'),
    pytest.param(PLAIN, '0/20', (0, 20, None), id='no confidence'),
    pytest.param(RATE, '0.5 %', (None, None, None), id='bare'),
    pytest.param(RATE, 'furlong', (None, None, None), id='unreadable'),
    pytest.param(RATE, '', (None, None, None), id='not given'),
    pytest.param(None, 'plot.png', (None, None, None), id='no value'),
])
def test_count_and_limit(value, text, told):
    found = statistics_dict(value, text)
    assert (found['failed'], found['total'], found['limit']) == told


@pytest.mark.parametrize(('text', 'enough'), [
    pytest.param('0/20', {'total': 299, 'failures': 0}, id='no crash'),
    pytest.param('1/149', {'total': 473, 'failures': 1}, id='one'),
    pytest.param('0/299', None, id='enough'),
    pytest.param('9/149', None, id='beyond'),
])
def test_what_would_be_enough(text, enough):
    key = 'feature-freeze'
    proof = Evidence('value', 'crash_rate', text, '0')
    found = state([signoff(2, key, 'reported', evidence=(proof,))],
                  [requirement(key, asks=EvidenceSpec((RATE,)))])
    [line] = exhibits(found.requirement(key), found)
    assert line.as_dict()['enough'] == enough


def test_limit_of_what_is_bounded_on_both_sides_is_the_upper_one():
    both = replace(RATE, at_least='0.1 %')
    assert statistics_dict(both, '0/20')['limit'] == '13.91 %'
