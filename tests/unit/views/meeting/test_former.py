"""The forecast as it was at an earlier moment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain import ledger
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.forecast.result import Outlook
from prodworkflow.domain.ledger import creation
from prodworkflow.domain.ledger.replay import fold
from prodworkflow.domain.model.permissions import SignerFacts
from prodworkflow.domain.model.snapshot import Snapshot, TicketFacts
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.meeting import former
from prodworkflow.domain.views.meeting.former import (
    former_forecast,
    former_snapshot,
)
from support import factories
from support.factories import entry, requirement
from support.forecasts import DAY, NOW

FREEZE = 'feature-freeze'
FIRST = [k for k, (number, _) in factories.ASKED.items() if number == 1]
PACE = {'anna': [2 * DAY] * 3}
MADE = NOW - 10 * DAY


@pytest.fixture(autouse=True)
def nothing_kept():
    former._KEPT.clear()
    yield
    former._KEPT.clear()


def story(*found, **changes):
    """The ledger of a campaign made ten days ago, and (days, entry) after."""
    asked = [replace(requirement(k), ticket_time=MADE, seen=MADE, **changes)
             for k in factories.ASKED]
    plan = creation.plan_payload(factories.state(requirements=asked,
                                                 start=None))
    sealed = []
    for ago, each in ((10, entry('created', **plan)), *found):
        sealed.append(ledger.seal(sealed[-1] if sealed else None, replace(
            each, time=NOW - ago * DAY)))
    return sealed


def signed(key, ago):
    return ago, entry('approved', key, role='contact', contact='anna',
                      statement='Fine.', seen=NOW - ago * DAY, basis={})


def present(entries, pace=PACE):
    state = fold(entries)
    return decide(Snapshot(
        1, 1, state, {r.key: TicketFacts(
            'closed' if state.said_of(r.key) else 'new', '',
            state.stage(r.stage).milestone, r.seen)
            for r in state.requirements},
        dict.fromkeys(factories.KEYS, 0), head=entries[-1].hash,
        pace=pace), NOW)


def forecast(entries, ago, pace=PACE):
    return former_forecast(present(entries, pace), entries, NOW - ago * DAY)


def expected(found):
    """The expected days, as days from now."""
    return (found.median - day_of(NOW)).days


def test_forecast_is_of_the_moment_and_of_what_was_signed_until_then():
    entries = story(*[signed(k, 8) for k in FIRST])
    before, after = forecast(entries, 9), forecast(entries, 7)
    assert before.outlook is after.outlook is Outlook.EXPECTED
    # Three stages of two days each, one of which was waited for since a day;
    # then two stages.
    assert expected(before) == -9 - 1 + 6
    assert expected(after) == -7 - 1 + 4
    assert before.critical is None


def test_a_stage_that_was_closed_gave_the_turn_to_the_next():
    closing = 6, entry('stage-closed', stage=factories.KEYS[0])
    entries = story(*[signed(k, 8) for k in FIRST], closing)
    # The turn came with the closing, not with the last approval.
    assert expected(forecast(entries, 5.5)) == -6 + 4


def test_a_stage_that_was_reopened_is_not_closed():
    key = factories.KEYS[0]
    entries = story(*[signed(k, 8) for k in FIRST],
                    (7, entry('stage-closed', stage=key)),
                    (6.5, entry('stage-reopened', stage=key)))
    assert expected(forecast(entries, 6.25)) == expected(
        forecast(story(*[signed(k, 8) for k in FIRST]), 6.25))


def test_a_release_asks_again_from_its_own_time():
    release = 7, entry('released', release='V2', stale=FIRST, carried=[],
                       seen={}, waivers=[])
    entries = story(*[signed(k, 8) for k in FIRST], release,
                    release_bound=True)
    # Nothing is signed for the new release: three stages again.
    assert expected(forecast(entries, 6)) == -7 + 6


def test_a_missing_ticket_gives_no_days():
    entries = story((8, entry('ticket-missing', FREEZE)))
    assert forecast(entries, 7).outlook is Outlook.BLOCKED


def test_nothing_is_known_before_the_campaign_nor_of_days_to_come():
    entries = story()
    assert forecast(entries, 11) is None
    assert forecast(entries, -1) is None
    assert forecast(entries, 9, pace=None) is None


def test_a_moment_is_told_without_what_happens_in_it_up_to_now():
    entries = story(*[signed(k, 8) for k in FIRST])
    assert forecast(entries, 10) is None
    assert expected(forecast(entries, 8)) == -8 - 2 + 6
    assert forecast(entries, 0).asked == day_of(NOW)


def test_who_is_named_may_sign_then_whatever_trac_says_of_them_now():
    entries = story()
    found = present(entries)
    lost = SignerFacts(obstruction=lambda requirement, person: 'Gone.')
    found = decide(replace(found.snapshot, state=replace(
        found.snapshot.state, signers=lost)), NOW)
    assert former_forecast(found, entries, NOW - 9 * DAY).outlook is (
        Outlook.EXPECTED)


@pytest.mark.parametrize(('later', 'outlook'), [
    pytest.param(entry('abandoned', statement='Over.'), Outlook.ENDED,
                 id='over'),
    pytest.param(entry('held', reason='A leak.'), Outlook.ON_HOLD,
                 id='on hold')])
def test_a_campaign_that_takes_no_decision_is_told_of_the_day(later, outlook):
    found = forecast(story((8, later)), 7)
    assert (found.outlook, found.asked) == (outlook, day_of(NOW - 7 * DAY))


def test_what_trac_must_have_said_follows_from_the_ledger():
    one, other, _ = factories.KEYS
    entries = story(signed(FREEZE, 8), (6, entry('stage-closed', stage=one)))
    state = fold(entries)
    state = replace(state, requirements=tuple(
        replace(r, stage='gone') if r.key == 'physics-results' else r
        for r in state.requirements), stages=tuple(
            replace(s, closed=True) if s.key == other else s
            for s in state.stages))
    found = former_snapshot(7, entries, state)
    assert (found.id, found.revision, found.state) == (7, 3, state)
    assert found.milestones == {one: NOW - 6 * DAY, other: 0,
                                'pre-production': 0}
    assert found.tickets[FREEZE] == TicketFacts(
        'closed', '', '2011 Prod: 1. Software preparation', NOW - 8 * DAY)
    assert found.tickets['physics-results'] == TicketFacts(
        'closed', '', '', MADE)


def test_nothing_is_known_where_the_ledger_cannot_be_read():
    entries = story()
    broken = replace(entry('unheard-of'), time=NOW - 9 * DAY)
    assert former_forecast(present(entries), [*entries, broken],
                           NOW - 8 * DAY) is None


def test_what_was_found_is_kept_for_the_same_ledger_moment_and_pace(
        monkeypatch):
    entries = story()
    first = forecast(entries, 9)
    later = story(signed(FREEZE, 3))
    assert forecast(later, 9) is first
    assert forecast(later, 8) is not first
    assert forecast(later, 9, {'anna': [DAY] * 3}) is not first


def test_only_so_many_are_kept(monkeypatch):
    monkeypatch.setattr(former, 'MOST', 2)
    entries = story()
    for ago in (9, 8, 7):
        forecast(entries, ago)
    assert len(former._KEPT) == 1


@pytest.fixture
def worked(monkeypatch):
    """The ledgers folded and the snapshots decided on from now on."""
    found = {'fold': 0, 'decide': 0}

    def counting(name):
        really = getattr(former, name)

        def counted(*given):
            found[name] += 1
            return really(*given)
        return counted
    for name in found:
        monkeypatch.setattr(former, name, counting(name))
    return found


ENDED = entry('abandoned', statement='Over.')
HELD = entry('held', reason='A leak.')


@pytest.mark.parametrize(('later', 'work'), [
    pytest.param([], {'fold': 0, 'decide': 1}, id='nothing since then'),
    pytest.param([signed(FREEZE, 3)], {'fold': 1, 'decide': 1},
                 id='changed since then'),
    pytest.param([(8, ENDED)], {'fold': 0, 'decide': 0}, id='long over'),
    pytest.param([(8, HELD)], {'fold': 0, 'decide': 0}, id='long on hold'),
    pytest.param([(3, ENDED)], {'fold': 1, 'decide': 1}, id='over since then'),
])
def test_a_campaign_is_folded_and_decided_on_only_where_it_was_another_one(
        worked, later, work):
    entries = story(*later)
    found = forecast(entries, 7)
    assert worked == work
    former._KEPT.clear()  # and folded it comes to the same
    assert found == forecast(story(*later, signed('software-quality', 1)), 7)
