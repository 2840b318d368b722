"""What is made of a value: within or out, by how much, and how near."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from prodworkflow.domain.model.evidence import Evidence, ValueSpec
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.model.submission import SubmittedEvidence
from prodworkflow.domain.rules.answers import Answer, Lift, Reason
from prodworkflow.domain.rules.evidence_report import EvidenceLine
from prodworkflow.domain.views.numbers.judgement import judgement, strain
from support.factories import requirement, signoff


def line(text='', estimate='', fault='', other=None, **asked):
    given = SubmittedEvidence(Evidence('value', 'rss', text, ''),
                              signoff(2)) if text else None
    return EvidenceLine('value', 'rss', 'RSS', ValueSpec(
        'rss', 'RSS', 'GB', **asked), given, other or (
            requirement('resources-estimate') if estimate else None),
        estimate, fault=fault)


ANSWER = Answer(requirement('runtime-performance'), None, 'met')
SIDES = {'compare_with': 'x', 'tolerance': '10 %'}
ABOVE = {'compare_with': 'x', 'tolerance': '+10 %'}
CASES = [
    pytest.param(line(), 'not measured yet', -1, id='not measured'),
    pytest.param(line('1 GB'), '', 0, id='no bound'),
    pytest.param(line('1 GB', at_most='2 GB'), 'within', '1/2', id='within'),
    pytest.param(line('4 GB', at_least='2 GB'), 'within', '1/2',
                 id='above the least'),
    pytest.param(line('3 GB', fault='x', at_most='2 GB'), 'above 2 GB',
                 '3/2', id='above'),
    pytest.param(line('1 GB', fault='x', at_least='2 GB'), 'below 2 GB', 2,
                 id='below'),
    pytest.param(line('2 GB', '2 GB', **SIDES), 'within, as estimated', 0,
                 id='as estimated'),
    pytest.param(line('2.1 GB', '2 GB', **SIDES),
                 'within, 5 % above the estimate', '1/2', id='a bit above'),
    pytest.param(line('1.9 GB', '2 GB', **SIDES),
                 'within, 5 % below the estimate', '1/2', id='a bit below'),
    pytest.param(line('1 GB', '2 GB', **ABOVE),
                 'within, 50 % below the estimate', 0, id='free below'),
    pytest.param(line('2.5 GB', '2 GB', 'x', **SIDES),
                 '25 % above the estimate, allowed 10 %', '5/2',
                 id='far above'),
    pytest.param(line('1.333 GB', '2 GB', 'x', **SIDES),
                 '33.4 % below the estimate, allowed 10 %', '667/200',
                 id='far below'),
    pytest.param(line('2 GB', other=requirement('resources-estimate'),
                      **SIDES), 'not compared yet', 0, id='no estimate'),
    pytest.param(replace(line('1 GB', fault='of too few', at_most='2 GB'),
                         reason='not-enough-statistics'),
                 'of too few', '1/2', id='of too few'),
    pytest.param(line('3 apples', at_most='2 GB', fault='unreadable'),
                 'unreadable', 2, id='unreadable'),
    pytest.param(line('1 GB', '0 GB', **SIDES), '', 0, id='zero estimate'),
    pytest.param(line('2.1 GB', '2 GB', at_most='4 GB'),
                 'within, 5 % above the estimate', '21/40',
                 id='an estimate without a tolerance'),
    pytest.param(line('2.1 GB', '2 GB', **ABOVE),
                 'within, 5 % above the estimate', '1/2',
                 id='one side, a bit above'),
    pytest.param(line('3 GB', '2 GB', 'x', at_most='3 GB', **ABOVE),
                 '50 % above the estimate, allowed 10 %', 5,
                 id='far above, just at the bound'),
    pytest.param(line('1 GB', '2 GB', 'x', at_least='1 GB', **SIDES),
                 '50 % below the estimate, allowed 10 %', 5,
                 id='far below, just at the bound'),
    pytest.param(EvidenceLine('link', 'log', 'log'), 'not measured yet', -1,
                 id='no value'),
]


@pytest.mark.parametrize(('given', 'words', '_strain'), CASES)
def test_judgement_says_by_how_much(given, words, _strain):
    assert judgement(given, ANSWER) == words


@pytest.mark.parametrize(('given', '_words', 'expected'), CASES)
def test_strain_is_above_1_where_a_value_is_out(given, _words, expected):
    assert strain(given) == Fraction(expected)


@pytest.mark.parametrize(('name', 'reason', 'words'), [
    ('rss', Reason.OUT_OF_BOUNDS, 'within the waiver: up to 4 GB'),
    ('other', Reason.OUT_OF_BOUNDS, 'above 2 GB'),
    ('rss', Reason.STALE, 'above 2 GB')])
def test_a_waiver_says_up_to_where(name, reason, words):
    waived = signoff(3, verdict='waived', waiver=Waiver(
        reason.value, date(2026, 6, 9), (Bound(name, '', '4 GB'),)))
    answer = Answer(requirement('runtime-performance'), reason, 'out', (),
                    True, (Lift(reason, 'out', waived),))
    assert judgement(line('3 GB', fault='x', at_most='2 GB'), answer) == words
