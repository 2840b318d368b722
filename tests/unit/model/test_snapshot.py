"""What Trac says of tickets and milestones at one moment."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.model.snapshot import CLOSED, TicketFacts
from support.factories import KEYS, moment, snapshot, stage


def test_a_reopened_ticket_is_open_and_keeps_its_milestone():
    done = TicketFacts('verified', 'fixed', 'One', 5,
                       frozenset({'closed', 'verified'}))
    assert done.closed
    again = done.reopened(9)
    assert again == TicketFacts('reopened', '', 'One', 9, CLOSED)
    assert not again.closed


@pytest.mark.parametrize(('dues', 'due'), [
    pytest.param({}, date(2026, 6, 1), id='no milestone: as planned'),
    pytest.param({KEYS[1]: 0}, date(2026, 6, 1), id='of another stage'),
    pytest.param({KEYS[0]: 0}, None, id='no date in Trac'),
    pytest.param({KEYS[0]: moment(date(2026, 7, 2))}, date(2026, 7, 2),
                 id='another day in Trac'),
])
def test_a_stage_is_due_when_its_milestone_is(dues, due):
    assert snapshot(dues=dues).due(stage(1)) == due
