"""What is missing is counted as it is needed, and once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.readiness import readiness
from support.groups import grouped

NOW = 20000 * 86400 * 10**6


def counts(met, text):
    told = readiness(decide(grouped(met, text), NOW))
    stage, = told.stages
    return stage.signed, stage.needed, stage.blocking, str(told.verdict)


@pytest.mark.parametrize(('met', 'text', 'numbers'), [
    pytest.param((), 'all', (1, 5, 4), id='all'),
    pytest.param((), 'at_least = 2', (1, 3, 2), id='two of four'),
    pytest.param((3,), 'at_least = 2', (2, 3, 1), id='one more'),
    pytest.param((0, 1, 2), 'at_least = 2', (4, 4, 0), id='more than enough'),
    pytest.param((), 'weight >= 0.9', (1, 4, 3), id='three carry enough'),
    pytest.param((3,), 'weight >= 0.9', (2, 5, 3), id='the lightest is in'),
    pytest.param((0, 1, 2), 'weight >= 0.9', (4, 4, 0), id='enough weight'),
    pytest.param((0,), 'nonsense', (2, 5, 3), id='a rule that is none'),
])
def test_of_a_group_only_what_its_rule_asks_for_is_missing(
        met, text, numbers):
    *found, verdict = counts(met, text)
    assert tuple(found) == numbers
    if numbers[2]:
        assert f'{numbers[2]} of {numbers[1]} sign-offs missing' in verdict
    else:
        assert verdict.startswith('Ready')


def test_of_hidden_members_no_more_are_missing_than_are_seen():
    decision = decide(grouped((), 'all'), NOW)
    told = readiness(decision, hidden_tickets=frozenset({2, 3, 4}))
    assert (told.stages[0].needed, told.stages[0].blocking) == (2, 1)
    assert told.veiled


def test_a_shut_group_without_a_number_still_misses_one():
    decision = decide(grouped((0, 1, 2, 3), 'all'), NOW)
    coverage = replace(decision.gates[0].groups[0], reached=False,
                       answers=decision.gates[0].groups[0].answers)
    assert coverage.missing == 0
    shut = decide(grouped((0,), 'all'), NOW).gates[0].groups[0]
    assert replace(shut, lacking=0).missing == 1
