"""Which sign-offs a gate waits for: the fewest that would be enough."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.readiness import readiness
from prodworkflow.domain.views.waits.needed import needed_keys
from support.factories import moment, snapshot
from support.groups import grouped


@pytest.mark.parametrize(('met', 'rule', 'expected'), [
    pytest.param((), 'weight >= 0.9', '0 1 2', id='the heaviest'),
    pytest.param((0,), 'weight >= 0.6', '1', id='one more is enough'),
    pytest.param((0, 1, 2), 'weight >= 0.9', '', id='reached'),
    pytest.param((0,), 'all', '1 2 3', id='all'),
    pytest.param((0,), 'at_least = 3', '1 2 3', id='any of them'),
    pytest.param((0,), 'nonsense', '1 2 3', id='unreadable'),
])
def test_needed_are_the_fewest(met, rule, expected):
    told = readiness(decide(grouped(met, rule), moment(date(2026, 6, 5))))
    assert ' '.join(sorted(
        key[-1] for key in needed_keys(told.answers, told.groups)
        if key.startswith('sites'))) == expected


def test_a_requirement_outside_of_groups_is_needed():
    told = readiness(decide(snapshot(), moment(date(2026, 6, 5))))
    assert 'feature-freeze' in needed_keys(told.answers, told.groups)
