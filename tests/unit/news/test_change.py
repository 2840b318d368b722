"""Changes: what was before, and several as one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.news.change import (
    as_recorded,
    CampaignChange,
    DecidedChange,
    merged,
)
from support.changes import said
from support.factories import KEYS, snapshot

THERE = snapshot()


def change(first=THERE, last=THERE, *entries, **more):
    return CampaignChange(first, last, entries, **more)


def test_changes_of_one_campaign_are_one_from_the_first_to_the_last():
    one, two, three = (replace(THERE, revision=n) for n in (1, 2, 3))
    other = replace(THERE, id=2)
    first, last = said('held'), said('resumed')
    found = merged([change(one, two, first), change(other, other, first),
                    change(two, three, last, checked=True)])
    assert found == [change(one, three, first, last, checked=True),
                     change(other, other, first)]


def test_what_was_made_stays_made():
    found, = merged([change(None, THERE), change(THERE, THERE)])
    assert found == change(None, THERE)
    assert as_recorded(found) is None


def test_what_was_checked_first_stays_checked():
    found, = merged([change(checked=True), change()])
    assert found.checked


def closed(*numbers):
    return replace(THERE, state=replace(THERE.state, stages=tuple(
        replace(s, closed=s.number in numbers) for s in THERE.state.stages)))


@pytest.mark.parametrize(('was', 'milestones', 'expected'), [
    pytest.param(closed(), {KEYS[0]: 5, KEYS[1]: 0}, {KEYS[0]: 0, KEYS[1]: 0},
                 id='closed in Trac just now'),
    pytest.param(closed(1), {KEYS[0]: 0, KEYS[1]: 0},
                 {KEYS[0]: 1, KEYS[1]: 0}, id='reopened in Trac just now'),
    pytest.param(closed(1), {KEYS[0]: 5}, {KEYS[0]: 5},
                 id='closed, and others are gone'),
    pytest.param(closed(1), {'other': 5, 'more': 0},
                 {'other': 5, 'more': 0}, id='of no stage'),
])
def test_milestones_were_as_the_ledger_has_their_stages(was, milestones,
                                                        expected):
    found = as_recorded(change(replace(was, milestones=milestones)))
    assert found.milestones == expected


def moved(verb, ticket, stage=KEYS[0]):
    return said(verb, ticket=ticket, stage=stage)


@pytest.mark.parametrize(('others', 'entries', 'expected'), [
    pytest.param({KEYS[0]: (8,)}, [], {KEYS[0]: (8,)}, id='nothing'),
    pytest.param({}, [moved('ticket-left', 8)], {KEYS[0]: (8,)},
                 id='it has left'),
    pytest.param({KEYS[0]: (8,)}, [moved('ticket-left', 8)],
                 {KEYS[0]: (8,)}, id='it was read before it left'),
    pytest.param({KEYS[0]: (8, 9)}, [moved('ticket-entered', 8)],
                 {KEYS[0]: (9,)}, id='it came in'),
    pytest.param({KEYS[0]: (8,)}, [moved('ticket-noted', 8)],
                 {KEYS[0]: ()}, id='it was noted'),
    pytest.param({KEYS[0]: (8,)}, [moved('ticket-turned-away', 8)],
                 {KEYS[0]: ()}, id='it was turned away'),
    pytest.param({}, [moved('ticket-entered', 8)], {KEYS[0]: ()},
                 id='it was read before it came in'),
    pytest.param({KEYS[0]: ()}, [moved('ticket-entered', 8),
                                 moved('ticket-left', 8)], {KEYS[0]: ()},
                 id='it came and left'),
    pytest.param({KEYS[1]: (8,)}, [moved('ticket-left', 8),
                                   moved('ticket-entered', 8, KEYS[1])],
                 {KEYS[0]: (8,), KEYS[1]: ()}, id='from stage to stage'),
    pytest.param({}, [said('ticket-moved', ticket=8)], {},
                 id='another entry'),
])
def test_open_tickets_were_where_the_entries_say(others, entries, expected):
    found = as_recorded(change(replace(THERE, others=others), THERE,
                               *entries))
    assert found.others == expected


def test_entries_are_found_by_their_verbs():
    entries = said('held'), said('resumed'), said('held')
    found = DecidedChange(None, None, entries)
    assert found.of('held') == (entries[0], entries[2])
    assert found.of('held', 'resumed') == entries
    assert found.of('launched') == ()
