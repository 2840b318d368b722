"""Due days that moved with the start."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.news.kinds.moved_days import moved_notices
from support.changes import changed, said, signed, standing, TODAY
from support.factories import requirement

FREEZE, VALIDATED = 'feature-freeze', 'release-validated'
ASKED = [requirement(FREEZE), requirement(VALIDATED, contacts=(
    'bruno', 'carlo')), requirement('runtime-performance')]
LATER = date(2026, 8, 1)
MOVED = said('rescheduled', by='eve', reason='The disks are late.')


def moved(snapshot, *numbers, start=LATER):
    """The same with these stages due later."""
    state = snapshot.state
    return replace(snapshot, state=replace(
        state, campaign=replace(state.campaign, start=start),
        stages=tuple(replace(s, due=LATER) if s.number in numbers else s
                     for s in state.stages)))


BEFORE = standing(ASKED)
HEAD = 'eve has moved the start to 2026-08-01: “The disks are late.”'


@pytest.mark.parametrize(('before', 'after', 'expected'), [
    pytest.param(BEFORE, moved(BEFORE, 1, 2), [
        (FREEZE, ('anna',), 'was due on 2026-06-01'),
        (VALIDATED, ('bruno', 'carlo'), 'was due on 2026-06-02')],
        id='two stages'),
    pytest.param(BEFORE, moved(BEFORE), [], id='no due day'),
    pytest.param(signed(ASKED, FREEZE), moved(signed(ASKED, FREEZE), 1), [],
                 id='what is signed'),
    pytest.param(BEFORE, moved(standing(ASKED, deputies=(Deputy(
        'dora', 'anna', TODAY, TODAY),)), 1), [
        (FREEZE, ('dora',), 'was due on 2026-06-01')], id='one is away'),
    pytest.param(standing(ASKED[1:]), moved(BEFORE, 1), [],
                 id='what is new'),
    pytest.param(None, moved(BEFORE, 1), [], id='creation'),
])
def test_who_can_help_is_told_of_each_new_day(before, after, expected):
    found = list(moved_notices(changed(before, after, MOVED)))
    assert [(n.line.requirement, n.contacts, n.line.words)
            for n in found] == expected
    for notice in found:
        assert (notice.kind.value, notice.head, notice.subject) == (
            'reminders', HEAD, 'due days moved')
        assert notice.line.due == LATER


def test_a_start_that_is_taken_away_says_so():
    found = list(moved_notices(changed(BEFORE, moved(BEFORE, 1, start=None),
                                       MOVED)))
    assert [n.head for n in found] == [
        'eve has taken the planned start away: “The disks are late.”']


def test_what_had_no_day_has_no_former_one():
    none = replace(BEFORE, state=replace(BEFORE.state, stages=tuple(
        replace(s, due=None) for s in BEFORE.state.stages)))
    notice, = moved_notices(changed(none, moved(none, 1), MOVED))
    assert (notice.line.words, notice.line.due) == ('', LATER)


def test_a_start_that_moves_twice_is_told_once():
    first = said('rescheduled', by='dora', reason='A typing error.')
    found = list(moved_notices(changed(BEFORE, moved(BEFORE, 1), first,
                                       MOVED)))
    assert [n.head for n in found] == [HEAD]


def test_days_that_change_without_the_start_are_not_told():
    assert list(moved_notices(changed(BEFORE, moved(BEFORE, 1)))) == []
