"""What readiness tells of the launch, and of a stage's gate alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.known_issue import Concern, KnownIssue
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.readiness import readiness
from support.factories import ASKED, KEYS, moment, snapshot

NOW = moment(date(2026, 6, 5))
DAY = 86400 * 10**6


@pytest.fixture
def decision():
    """All is signed; there are a concern and a known issue."""
    found = snapshot(ASKED, others={KEYS[0]: (50,)})
    return decide(replace(found, state=replace(
        found.state,
        concerns=(Concern(1, 'eve', 0, 'x', 9, 'feature-freeze'),),
        known_issues=(KnownIssue(50, 'dora', 'Small.', date(2026, 6, 6),
                                 100, 2),))), NOW)


@pytest.mark.parametrize(('stage', 'number'), [('', 1), (KEYS[0], 0)])
def test_concerns_and_known_issues_are_of_the_launch(decision, stage, number):
    told = readiness(decision, stage)
    assert (len(told.concerns), len(told.issues)) == (number, number)
    assert not told.veiled


def test_json_has_the_forecast():
    told = readiness(decide(snapshot(pace={'anna': [DAY] * 3}), NOW))
    assert told.as_dict()['forecast'] == told.forecast.as_dict()
