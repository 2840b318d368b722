"""What waits in all campaigns: its number in words, and which is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.waiting_signoffs import (
    next_after,
    waiting_signoffs,
    WaitingCount,
    WaitingSignOff,
)
from support.factories import (
    ASKED,
    facts,
    KEYS,
    moment,
    requirement,
    snapshot,
    state,
)

DAY = date(2026, 6, 2)


def waits(ticket, item='', late=False, due=DAY):
    return WaitingSignOff('2011 Prod', f'Title {ticket}', ticket, 'M', late,
                          due, item)


@pytest.mark.parametrize(('late', 'words'), [
    pytest.param([], 'nothing waits for you', id='nothing'),
    pytest.param([False], '1 sign-off waits for you', id='one'),
    pytest.param([True], '1 sign-off waits for you, 1 late', id='one late'),
    pytest.param([False] * 3, '3 sign-offs wait for you', id='three'),
    pytest.param([False, True, False], '3 sign-offs wait for you, 1 late',
                 id='one of three late'),
    pytest.param([True] * 2, '2 sign-offs wait for you, 2 late', id='all'),
])
def test_number_of_what_waits_is_told_in_a_sentence(late, words):
    count = WaitingCount.of([waits(1, late=each) for each in late])
    assert (count.total, count.late) == (len(late), sum(late))
    assert count.words == words


def test_what_waits_is_what_is_late_and_what_has_its_turn():
    asked = [requirement(k) for k in ASKED]
    asked[1] = replace(asked[1], item='cnaf')
    asked[2] = replace(asked[2], ticket=None)
    decision = decide(snapshot(state=state([], asked), tickets={
        k: facts(k, 'new') for k in ASKED}, milestones=dict.fromkeys(
            KEYS, 0)), moment(date(2026, 6, 3)))
    late = [WaitingSignOff(
        '2011 Prod', ASKED[r.key][1], r.ticket,
        decision.snapshot.state.stage(r.stage).milestone, True,
        date(2026, 6, ASKED[r.key][0]), r.item)
        for r in asked if r.ticket and ASKED[r.key][0] < 3]
    assert list(waiting_signoffs(decision, Person('anna'))) == late
    assert list(waiting_signoffs(decision, Person('bruno'))) == []


EARLIER, LATER = date(2026, 6, 1), date(2026, 6, 9)


@pytest.mark.parametrize(('waiting', 'expected'), [
    pytest.param([], None, id='nothing'),
    pytest.param([waits(1)], None, id='only itself'),
    pytest.param([waits(1), waits(2)], 2, id='another one'),
    pytest.param([waits(2, late=True), waits(3, 'cnaf')], 3,
                 id='the same site before what is late'),
    pytest.param([waits(2, 'ral'), waits(3, late=True)], 3,
                 id='another site after what is late'),
    pytest.param([waits(2), waits(3, late=True, due=LATER)], 3,
                 id='what is late first'),
    pytest.param([waits(2, due=LATER), waits(3, due=EARLIER)], 3,
                 id='what is due first'),
    pytest.param([waits(2, due=None), waits(3, due=LATER)], 3,
                 id='without a day last'),
    pytest.param([waits(2, 'cnaf'), waits(3, 'cnaf', late=True)], 3,
                 id='late at the same site'),
])
def test_next_is_the_same_site_then_what_is_late_then_what_is_due(
        waiting, expected):
    signed = requirement('feature-freeze', item='cnaf')
    found = next_after(signed, waiting)
    assert (found and found.ticket) == expected


def test_what_is_about_no_item_has_no_item_in_common():
    signed = requirement('feature-freeze')
    assert next_after(signed, [waits(2, 'ral', due=LATER),
                               waits(3, due=LATER), waits(4, 'ral', True)]
                      ).ticket == 4
    assert next_after(signed, [waits(3, due=LATER),
                               waits(2, 'ral', due=EARLIER)]).ticket == 2
