"""Which campaign is told first: by state, lateness, day and name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.readiness import readiness
from prodworkflow.domain.views.roadmap.urgency import urgency
from support.factories import moment, snapshot


def behind(day, **changes):
    """What orders a campaign behind its rank."""
    plain = snapshot()
    state = plain.state
    if changes.pop('without_days', False):
        state = replace(state, stages=tuple(
            replace(s, due=None) for s in state.stages))
    state = replace(state, campaign=replace(state.campaign, **changes))
    return urgency(readiness(decide(replace(plain, state=state),
                                    moment(day))))[1:]


@pytest.mark.parametrize(('day', 'changes', 'expected'), [
    pytest.param(date(2026, 5, 30), {}, (0, '2026-06-01', '2011 Prod'),
                 id='the day of its stage'),
    pytest.param(date(2026, 6, 3), {}, (-2, '2026-06-01', '2011 Prod'),
                 id='late'),
    pytest.param(date(2026, 5, 30), {'without_days': True},
                 (0, '2026-06-29', '2011 Prod'), id='the day of its start'),
])
def test_campaigns_stand_by_lateness_and_the_next_day(day, changes, expected):
    assert behind(day, **changes) == expected
