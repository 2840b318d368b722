"""What is told of values that are of too few, to the word and the number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.evidence import Evidence, ValueSpec
from prodworkflow.domain.rules.evidence import fault
from support.factories import signoff, state

QUALITY = 'software-quality'
RATE = ValueSpec('crash_rate', 'Crash rate', '%', at_most='1 %',
                 confidence='95 %')
GOOD = ValueSpec('good', 'Good jobs', '%', at_least='99 %',
                 confidence='95 %')
TIME = ValueSpec('time', 'Time', 's', at_most='13 s', confidence='95 %')
FEW = replace(RATE, minimum=200, confidence='')


def judged(value, text, estimate=''):
    said = [signoff(2, QUALITY, 'reported', evidence=(
        Evidence('value', value.name, estimate, '0'),))] if estimate else []
    return fault(value, text, state(said))


@pytest.mark.parametrize(('value', 'text', 'words'), [
    (RATE, '0.5 %', 'Crash rate is 0.5 %, not known well enough: 1 % at 95 % '
     'needs a count, like 3/149, or an uncertainty, like ± 0.3 (n=20)'),
    (replace(RATE, at_most='0 %'), '0/5000', 'Crash rate is 0/5000, of too '
     'few: no number of them is enough for 0 % at 95 %'),
    (GOOD, '20/20', 'Good jobs is 20/20, of too few: 99 % at 95 % needs 299 '
     'without a failure'),
    (TIME, '12.5 ± 0.1 s (n=1)', 'Time is 12.5 ± 0.1 s (n=1), too uncertain: '
     '13 s at 95 % needs the mean of several, for one does not show how they '
     'differ'),
    (TIME, '12.5 ± 0.3 s (n=2)', 'Time is 12.5 ± 0.3 s (n=2), too uncertain: '
     '13 s at 95 % needs the mean of 4'),
    (FEW, '0.5 %', 'Crash rate is 0.5 %, without a number: at least 200 are '
     'asked for, written like 3/149 or (n=20)'),
    (FEW, '1/149', 'Crash rate is 1/149, of 149 only: at least 200 are asked '
     'for'),
])
def test_value_of_too_few_is_told_with_what_would_be_enough(
        value, text, words):
    assert judged(value, text).words == words


def test_value_at_its_bound_without_any_doubt_is_within():
    assert judged(TIME, '13 ± 0 s (n=20)') is None


@pytest.mark.parametrize(('text', 'estimate', 'needed'), [
    pytest.param('10.5 ± 0.4 s', '10 s', 37, id='a sure estimate'),
    pytest.param('10.5 ± 0.4 s', '10 ± 0.1 s', 42, id='above it'),
    pytest.param('9.5 ± 0.4 s', '10 ± 0.1 s', 40, id='below it'),
])
def test_unsure_estimate_leaves_less_room_above_than_below(
        text, estimate, needed):
    """By 1.1 and by 0.9 times its own uncertainty, 0.165 s at 95 %."""
    value = replace(TIME, at_most='', compare_with=QUALITY, tolerance='10 %')
    found = judged(value, f'{text} (n=20)', estimate)
    assert found.needed == needed
    assert found.words == (
        f'Time is {text} (n=20), too uncertain: 10 % around {estimate} '
        f'(Software quality ok) at 95 % needs the mean of {needed}')


@pytest.mark.parametrize(('text', 'estimate', 'needed'), [
    pytest.param('20/500', '300/10000', (675, 20), id='above'),
    pytest.param('12/500', '100/5000', (699, 12), id='above fewer'),
    pytest.param('10/500', '300/10000', (503, 490), id='below'),
])
def test_share_is_compared_by_the_limits_on_its_own_side(
        text, estimate, needed):
    value = replace(RATE, at_most='', compare_with=QUALITY, tolerance='50 %')
    found = judged(value, text, estimate)
    assert (found.needed, found.failures) == needed


def test_lower_end_falls_as_far_as_its_estimate_surely_may_be_above():
    """A half of 30/1000 is sure to 0.5 %, as far as 10/500 is above it."""
    value = replace(RATE, at_most='', compare_with=QUALITY, tolerance='50 %')
    found = judged(value, '10/500', '30/1000')
    assert found.needed is None
    assert found.words.endswith('needs an estimate that is known better')
