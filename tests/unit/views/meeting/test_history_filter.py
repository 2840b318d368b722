"""Filter of a campaign's history."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.ledger.history import history
from prodworkflow.domain.views.meeting.history_filter import (
    HistoryFilter,
    kinds,
    people,
)
from prodworkflow.domain.views.meeting.kinds import Kind
from support.factories import entry, requirement, state

EVENTS = history([
    replace(entry('approved', 'feature-freeze'), number=1, time=10),
    replace(entry('rejected', 'release-validated'), number=2, time=20,
            actor='Bruno'),
    replace(entry('held', reason='x'), number=3, time=30, actor='dora')],
    state(requirements=[requirement('feature-freeze', item='cnaf'),
                        requirement('release-validated')]))


@pytest.mark.parametrize(('wish', 'numbers'), [
    pytest.param({}, [3, 2, 1], id='all, newest first'),
    pytest.param({'what': Kind.REJECTED}, [2], id='what'),
    pytest.param({'who': 'anna'}, [1], id='who'),
    pytest.param({'stage': 'release-validation'}, [2], id='stage'),
    pytest.param({'item': 'cnaf'}, [1], id='item'),
    pytest.param({'start': 20}, [3, 2], id='from a moment on'),
    pytest.param({'who': 'anna', 'what': Kind.HOLDS}, [], id='none'),
])
def test_history_is_filtered(wish, numbers):
    found = HistoryFilter(**wish).chosen(EVENTS)
    assert [e.number for e in found] == numbers


def test_choices_are_what_there_is():
    assert people(EVENTS) == ['anna', 'Bruno', 'dora']
    assert kinds(EVENTS) == [Kind.SIGNED, Kind.REJECTED, Kind.HOLDS]
    assert [kind.words for kind in kinds(EVENTS)] == [
        'signed', 'rejected', 'holds and launch']
