"""Values are judged with their uncertainty where a confidence is asked for."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.signoff import Bound
from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.rules.evidence import (
    fault,
    faults,
    shortfalls,
    within,
)
from prodworkflow.domain.rules.values.confidence import surely
from support.factories import requirement, signoff, state

FREEZE, QUALITY = 'feature-freeze', 'software-quality'
OUT = Reason.OUT_OF_BOUNDS.value
FEW = Reason.NOT_ENOUGH_STATISTICS.value
RATE = ValueSpec('crash_rate', 'Crash rate', '%', at_most='1 %',
                 confidence='95 %')
GOOD = ValueSpec('good', 'Good jobs', '%', at_least='99 %',
                 confidence='95 %')
TIME = ValueSpec('time', 'Time', 's', at_most='13 s', confidence='95 %')
LIKE = ValueSpec('time', 'Time', 's', compare_with=QUALITY, tolerance='10 %',
                 confidence='95 %')
FAILURES = replace(RATE, name='failures')
NEARLY = '99.99999999999999999 %'


def judged(value, text, estimate=''):
    """The reason against a value, the total needed, and the words."""
    said = [signoff(2, QUALITY, 'reported', evidence=(
        Evidence('value', value.name, estimate, '0'),))] if estimate else []
    found = fault(value, text, state(said))
    return (found.reason.value, found.needed, found.words) if found else None


CASES = [
    pytest.param(RATE, '0/299', None, id='enough without a crash'),
    pytest.param(RATE, '0 of 299 jobs', None, id='in words'),
    pytest.param(RATE, '1/473', None, id='enough with one'),
    pytest.param(RATE, '0/298', (FEW, 299, 'needs 299 without a crash'),
                 id='one too few'),
    pytest.param(RATE, '0 of 20 jobs', (FEW, 299, 'Crash rate is 0 of 20 '
                 'jobs, of too few: 1 % at 95 % needs 299 without a crash'),
                 id='much too few'),
    pytest.param(RATE, '1/149', (FEW, 473, 'needs 473 with 1'), id='one'),
    pytest.param(FAILURES, '0/20', (FEW, 299, 'needs 299 without a failure'),
                 id='no crash'),
    pytest.param(RATE, '3/149', (OUT, None, 'more than 1 %'), id='beyond'),
    pytest.param(RATE, '0.5 %', (FEW, None, 'needs a count'), id='bare'),
    pytest.param(RATE, '0/1', (FEW, 299, 'needs 299'), id='one job'),
    pytest.param(replace(RATE, at_most='0 %'), '0/5000', (
        FEW, None, 'no number of them is enough'), id='never any'),
    pytest.param(GOOD, '299/299', None, id='all good'),
    pytest.param(GOOD, '20/20', (FEW, 299, 'needs 299 without a failure'),
                 id='all of few'),
    pytest.param(GOOD, '148/149', (FEW, 473, 'needs 473 with 1'),
                 id='all but one'),
    pytest.param(GOOD, '140/149', (OUT, None, 'less than 99 %'), id='bad'),
    pytest.param(TIME, '12.5 ± 0.3 s', None, id='a mean'),
    pytest.param(TIME, '12.5 ± 0.31 s', (
        FEW, None, 'needs a smaller uncertainty'), id='uncertain'),
    pytest.param(TIME, '12.5 ± 0.28 s (n=20)', None, id='of 20'),
    pytest.param(TIME, '12.5 ± 0.3 s (n=20)', (
        FEW, 22, 'needs the mean of 22'), id='of too few'),
    pytest.param(TIME, '12.5 ± 0.1 s (n=1)', (
        FEW, None, 'the mean of several'), id='of one'),
    pytest.param(TIME, '12.5 s (n=20)', (FEW, None, 'needs a count'),
                 id='of a number alone'),
    pytest.param(TIME, '12.5 ± 0 s', (FEW, None, 'needs a count'),
                 id='certain'),
    pytest.param(TIME, '12.5 ± 0 s (n=20)', None, id='always the same'),
    pytest.param(TIME, '13 ± 0.1 s (n=20)', (
        FEW, None, 'needs a smaller uncertainty'), id='at the bound'),
    pytest.param(TIME, '14 ± 9 s', (OUT, None, 'more than 13 s'),
                 id='beyond by itself'),
    pytest.param(replace(RATE, confidence=''), '0.5 %', None,
                 id='no confidence asked'),
    pytest.param(replace(RATE, minimum=200, confidence=''), '1/149', (
        FEW, 200, 'of 149 only: at least 200'), id='below the minimum'),
    pytest.param(replace(RATE, minimum=200, confidence=''), '1/200', None,
                 id='the minimum'),
    pytest.param(replace(RATE, minimum=200, confidence=''), '0.5 %', (
        FEW, 200, 'without a number'), id='of nobody knows how many'),
    pytest.param(replace(RATE, minimum=200), '0/20', (FEW, 299, '299'),
                 id='what needs more is told'),
    pytest.param(replace(RATE, minimum=400), '0/20', (FEW, 400, '400'),
                 id='a high minimum'),
    pytest.param(replace(RATE, confidence=NEARLY), '1/5000', (
        FEW, None, 'no number of them'), id='level that rounds to certainty'),
    pytest.param(replace(TIME, confidence=NEARLY), '12 ± 0.1 s', (
        FEW, None, 'smaller uncertainty'), id='nearly certain mean'),
    pytest.param(replace(TIME, confidence=NEARLY), '12 ± 0.1 s (n=9)', (
        FEW, None, 'smaller uncertainty'), id='nearly certain mean of 9'),
    pytest.param(replace(TIME, confidence=NEARLY), '12 ± 0 s (n=9)', None,
                 id='nearly certain, always the same'),
    pytest.param(replace(TIME, confidence='1 %'), '12.9 ± 5 s (n=9)', None,
                 id='a level below one half asks for the value alone'),
    pytest.param(replace(RATE, confidence='0.01 %'), '1/150', None,
                 id='a low level of a count'),
    pytest.param(replace(GOOD, confidence='0.01 %'), '149/150', None,
                 id='a low level of good ones'),
    pytest.param(replace(TIME, at_most='2e-99 s'), '1e-99 ± 1e99 s (n=5)', (
        FEW, None, 'smaller uncertainty'), id='enormous uncertainty'),
    pytest.param(TIME, '5 GB', (OUT, None, 'cannot be compared'),
                 id='of another kind'),
]


@pytest.mark.parametrize(('value', 'text', 'told'), CASES)
def test_a_value_is_within_out_or_of_too_few(value, text, told):
    found = judged(value, text)
    if told is None:
        assert found is None
    else:
        assert found[:2] == told[:2]
        assert told[2] in found[2]


COMPARED = [
    pytest.param('10 ± 0.1 s', '10 ± 0.1 s', None, id='both are sure'),
    pytest.param('10 ± 0.1 s', '10 s', None, id='an estimate of no error'),
    pytest.param('10.5 ± 0.2 s', '10 s', None, id='sure by itself'),
    pytest.param('10.5 ± 0.2 s', '10 ± 0.3 s', (FEW, None), id='not by both'),
    pytest.param('9.5 ± 0.2 s', '10 ± 0.4 s', (FEW, None), id='below'),
    pytest.param('10.5 ± 0.4 s (n=20)', '10 s', (FEW, 37), id='of more'),
    pytest.param('10 s', '10 s', (FEW, None), id='not known well'),
    pytest.param('10 ± 0.1 s (n=9)', '10 ± 0.9 s', (FEW, None),
                 id='the estimate is not known well'),
    pytest.param('11.5 ± 0.1 s', '10 ± 9 s', (OUT, None), id='too far'),
]


@pytest.mark.parametrize(('text', 'estimate', 'told'), COMPARED)
def test_a_comparison_uses_both_uncertainties(text, estimate, told):
    found = judged(LIKE, text, estimate)
    assert (found and found[:2]) == told
    if told and told[0] == FEW:
        assert f'10 % around {estimate} (Software quality ok)' in found[2]


@pytest.mark.parametrize(('text', 'needed'), [
    ('20/1000', None), ('20/500', 'more'), ('10/500', 'more')])
def test_shares_are_compared_with_shares(text, needed):
    value = ValueSpec('rate', 'Rate', '%', compare_with=QUALITY,
                      tolerance='50 %', confidence='95 %')
    found = judged(value, text, '300/10000' if needed else '200/10000')
    assert (found is None) is (needed is None)
    if needed:
        assert found[0] == FEW
        assert found[1] > 500


def test_no_number_of_jobs_mends_an_estimate_that_is_not_known_well():
    value = ValueSpec('rate', 'Rate', '%', compare_with=QUALITY,
                      tolerance='10 %', confidence='95 %')
    for level in ('95 %', NEARLY):
        reason, needed, words = judged(
            replace(value, confidence=level), '3/149', '3/149')
        assert (reason, needed) == (FEW, None)
        assert 'needs an estimate that is known better' in words


def test_estimate_of_one_is_not_known_at_all():
    found = judged(LIKE, '10 ± 0 s (n=9)', '10 ± 0.1 s (n=1)')
    assert found[:2] == (FEW, None)
    assert 'needs an estimate that is known better' in found[2]


def test_faults_and_shortfalls_are_told_apart():
    asked = requirement(FREEZE, asks=EvidenceSpec((RATE, TIME)))
    said = [signoff(2, FREEZE, 'reported', evidence=(
        Evidence('value', 'crash_rate', '0/20', '0'),
        Evidence('value', 'time', '14 s', '0')))]
    assert [f.name for f in faults(asked, state(said, [asked]))] == ['time']
    assert [f.name for f in shortfalls(asked, state(said, [asked]))] == [
        'crash_rate']


@pytest.mark.parametrize(('most', 'held'), [('5 %', False), ('6 %', True)])
def test_a_waivers_bound_is_kept_surely(most, held):
    assert within(Bound('crash_rate', at_most=most), '3/149', RATE) is held


@pytest.mark.parametrize(('value', 'text', 'upper', 'limit'), [
    (replace(RATE, confidence=''), '1/100', True, 1),
    (TIME, '12.5 ± 0.3 s', True, 12.5 + 0.3 * 1.644854),
    (TIME, '12.5 ± 0.3 s', False, 12.5 - 0.3 * 1.644854),
    (RATE, '0/299', True, 0.996907)])
def test_a_limit_is_what_a_value_surely_keeps(value, text, upper, limit):
    found = surely(value, value.measurement(text), upper)
    assert isinstance(found, Fraction)
    assert float(found) == pytest.approx(limit, abs=1e-4)


@pytest.mark.parametrize('text', ['12.5 s', '12.5 ± 1 s (n=1)'])
def test_what_is_not_known_well_has_no_limit(text):
    assert surely(TIME, TIME.measurement(text), True) is None


NUMBERS = st.sampled_from(['0', '5', '1e-99', '9e99', '3/149', '0/20', '20/20',
                           '0.5 ± 0', '1 ± 9e99', '1e-99 ± 1e-99', '2 ± 1'])
NUMBERED = st.sampled_from(['', ' (n=1)', ' (n=2)', ' (n=99999999)'])
LEVELS = st.sampled_from(['', '1 %', '50 %', '95 %', NEARLY, '1e-90 %'])
ENDS = st.sampled_from(['', '0 %', '1e-99 %', '1 %', '100 %', '9e99 %'])


@example('0.5 ± 0', ' (n=2)', NEARLY, '', '', '1 ± 9e99', '-100 %')
@example('0.5 ± 0', ' (n=2)', '95 %', '', '', '3/149', '1e90 %')
@example('3/149', '', '95 %', '', '', '3/149', '1e90 %')
@given(NUMBERS, NUMBERED, LEVELS, ENDS, ENDS, NUMBERS,
       st.sampled_from(['0 %', '10 %', '+5 %', '-100 %', '1e90 %']))
def test_whatever_is_judged_gets_an_answer(number, numbered, level, least,
                                           most, estimate, tolerance):
    """No number, however odd, and no level ends in a traceback."""
    text = number if '/' in number else f'{number} %{numbered}'
    value = ValueSpec('rate', 'Rate', '%', least, most, QUALITY, tolerance,
                      confidence=level)
    other = estimate if '/' in estimate else f'{estimate} %'
    found = judged(value, value.typed(text), value.typed(other))
    assert found is None or found[0] in (OUT, FEW)
