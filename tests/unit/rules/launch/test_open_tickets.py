"""The launch gate is downstream of every stage, but for known issues."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from prodworkflow.domain.model.known_issue import KnownIssue
from prodworkflow.domain.rules.answers import Obstacle
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.launch.open_tickets import TicketHelp
from prodworkflow.domain.views.readiness import readiness
from support.factories import ASKED, facts, KEYS, snapshot

NOON = int(datetime(2026, 6, 10, 12,
                    tzinfo=timezone.utc).timestamp()) * 10**6
TODAY, YESTERDAY = date(2026, 6, 10), date(2026, 6, 9)


def known(ticket=12, until=TODAY, **changes):
    return replace(KnownIssue(ticket, 'dora', 'Cosmetic.', until, 500, 9),
                   **changes)


def decided(*issues, signed=ASKED, campaign=(), **changes):
    found = snapshot(signed, **changes)
    state = replace(found.state, known_issues=issues, campaign=replace(
        found.state.campaign, **dict(campaign)))
    return decide(replace(found, state=state), NOON)


LAUNCHES = [
    pytest.param([], {}, True, id='nothing is open'),
    *(pytest.param([], {'others': {key: (12,)}}, False,
                   id=f'open in stage {n}') for n, key in enumerate(KEYS, 1)),
    *(pytest.param([known()], {'others': {key: (12,)}}, True,
                   id=f'known, open in stage {n}')
      for n, key in enumerate(KEYS, 1)),
    pytest.param([known()], {'others': {KEYS[2]: (12, 13)}}, False,
                 id='another is open beside it'),
    pytest.param([known(), known(13)],
                 {'others': {KEYS[0]: (12,), KEYS[2]: (13,)}}, True,
                 id='two, both known'),
    pytest.param([known(until=YESTERDAY)], {'others': {KEYS[2]: (12,)}},
                 False, id='its day is over'),
    pytest.param([known()], {'others': {KEYS[2]: (12,)},
                             'begun': {12: 501}}, False,
                 id='another ticket that got its number'),
    pytest.param([known()], {'others': {KEYS[2]: (12,)},
                             'begun': {12: 500}}, True,
                 id='made when it was tolerated'),
    pytest.param([known()], {'others': {KEYS[2]: (12,)},
                             'crowded': frozenset(KEYS[2:])}, False,
                 id='more are open than are named'),
    pytest.param([known()], {'others': {KEYS[2]: (12,)}, 'signed': list(
        ASKED)[1:]}, False, id='known, but a sign-off is missing'),
    pytest.param([known(6)], {'signed': [k for k in ASKED if k !=
                                         'runtime-performance']}, False,
                 id='a sign-off ticket is no known issue'),
    pytest.param([known()], {'others': {KEYS[2]: (12,)}, 'doubts': ('?',)},
                 False, id='known, but in doubt'),
    pytest.param([known()], {'others': {KEYS[2]: (12,)}, 'milestones': {}},
                 False, id='known, but a milestone is missing'),
    pytest.param([known()], {'others': {KEYS[2]: (12,)}, 'campaign': {
        'held_since': 5, 'held_by': 'anna', 'held_because': 'x'}}, False,
                 id='known, but on hold'),
]


@pytest.mark.parametrize(('issues', 'given', 'opened'), LAUNCHES)
def test_open_ticket_of_any_stage_shuts_the_launch_gate_unless_known(
        issues, given, opened):
    assert decided(*issues, **given).launch.open is opened


@pytest.mark.parametrize('issues', [[], [known()]], ids=['unknown', 'known'])
@pytest.mark.parametrize(('stage', 'opened'), [
    (KEYS[0], [True, False, False]), (KEYS[1], [True, True, False]),
    (KEYS[2], [True, True, True])])
def test_gates_of_stages_count_a_known_issue_as_any_open_ticket(
        issues, stage, opened):
    found = decided(*issues, others={stage: (12,)})
    assert [g.open for g in found.gates] == opened


@pytest.mark.parametrize(('given', 'closed', 'keys'), [
    pytest.param({}, [], KEYS, id='all'),
    pytest.param({}, KEYS[:1], KEYS[1:], id='one is closed already'),
    pytest.param({'others': {KEYS[0]: (12,)}}, [], KEYS[:1],
                 id='known issue in the first stage'),
    pytest.param({'others': {KEYS[2]: (12,)}}, [], KEYS,
                 id='known issue in the last stage'),
    pytest.param({'others': {KEYS[0]: (12,)},
                  'campaign': {'enforcement': 'advisory'}}, [], KEYS,
                 id='advisory closes behind a shut gate, too'),
])
def test_a_launch_closes_in_order_the_stages_that_may_be_closed(
        given, closed, keys):
    done = {k: 5 if k in closed else 0 for k in KEYS}
    found = decided(known(), milestones=done, **given)
    assert [s.key for s in found.closed_by_launch] == list(keys)


def test_known_issues_are_named_in_the_decision_as_plain_data():
    found = decided(known(), known(13, YESTERDAY), known(14),
                    others={KEYS[0]: (13,), KEYS[2]: (12,)})
    assert [(i.issue.ticket, i.in_force) for i in found.issues] == [
        (13, False), (12, True)]
    lapsed, tolerated = found.issues
    assert tolerated.as_dict() == {
        'ticket': 12, 'stage': KEYS[2], 'by': 'dora', 'because': 'Cosmetic.',
        'until': '2026-06-10', 'entry': 9, 'in_force': True,
        'words': 'known issue #12, open in 2011 Prod: 3. pre-production, '
                 'tolerated by dora until 2026-06-10: “Cosmetic.”'}
    assert lapsed.words == (
        '#13, open in 2011 Prod: 1. Software preparation, is tolerated no '
        'more: its leave by dora ended with 2026-06-09: “Cosmetic.”')


def test_readiness_names_known_issues_of_the_launch_gate_alone():
    found = decided(known(), others={KEYS[2]: (12,)})
    told = readiness(found)
    assert told.open
    assert told.verdict == ('Ready: all 7 sign-offs are given, with the '
                            'known issue #12.')
    assert told.notes == [found.issues[0].words]
    assert told.as_dict()['known_issues'] == [found.issues[0].as_dict()]
    assert readiness(found, '3').as_dict()['known_issues'] == []


def test_hidden_known_issue_is_not_told_but_that_there_is_more():
    found = decided(known(), others={KEYS[2]: (12,)})
    told = readiness(found, hidden_tickets=frozenset({12}))
    assert (told.open, told.veiled, told.issues) == (True, True, ())
    assert '12' not in str({**told.as_dict(), 'stages': [], 'asked': ''})
    by_stage = readiness(found, hidden_stages=frozenset(KEYS[2:]))
    assert (by_stage.veiled, by_stage.issues) == (True, ())


def test_alarm_after_the_launch_tells_of_a_known_issue_that_lapsed():
    found = decided(known(until=YESTERDAY), others={KEYS[2]: (12,)},
                    campaign={'phase': 'launched', 'launched': 5})
    assert readiness(found).alarm == (
        'Production should stop: the launch gate is shut; the toleration of '
        '#12 ended with 2026-06-09')


def test_open_tickets_are_obstacles_of_their_stage():
    found = decided(others={KEYS[2]: (12,)}, crowded=frozenset(KEYS[1:]))
    assert found.launch.obstacles == (
        Obstacle('open-ticket',
                 'more tickets are open in 2011 Prod: 2. Release validation',
                 stage=KEYS[1]),
        Obstacle('open-ticket', '#12 is open in 2011 Prod: 3. pre-production',
                 12, KEYS[2]),
        Obstacle('open-ticket',
                 'more tickets are open in 2011 Prod: 3. pre-production',
                 stage=KEYS[2]))


def test_each_open_ticket_is_told_once_for_all_gates_that_it_shuts():
    found = decided(others={KEYS[0]: (12,)}, crowded=frozenset(KEYS[:1]))
    once = {id(o) for g in (*found.gates, found.launch) for o in g.obstacles}
    assert len(once) == 2
    assert [len(g.obstacles) for g in (*found.gates, found.launch)] == [
        0, 2, 2, 2]


def test_answers_are_found_in_every_stage():
    found = decided()
    assert [found.answer(key).requirement.key for key in ASKED] == list(ASKED)


HELP = [
    pytest.param(TicketHelp(), ' ', ' ', id='nobody'),
    pytest.param(TicketHelp(('dora',)), ' (dora can close it)',
                 ' (dora can close it)', id='its owner'),
    pytest.param(TicketHelp((), ('carlo',)), ' (carlo can tolerate it)', ' ',
                 id='one who tolerates'),
    pytest.param(TicketHelp(('dora', 'Doe, Jane'), ('a', 'b', 'c', 'd')),
                 ' (dora or "Doe, Jane" can close it, or a, b, c or 1 more '
                 'tolerate it)', ' (dora or "Doe, Jane" can close it)',
                 id='many'),
    pytest.param(TicketHelp(('dora',), ('dora',)),
                 ' (dora can close or tolerate it)', ' (dora can close it)',
                 id='the same'),
]


@pytest.mark.parametrize(('known', 'launch', 'stage'), HELP)
def test_who_can_close_or_tolerate_an_open_ticket_is_named(known, launch,
                                                           stage):
    found = decide(snapshot(others={KEYS[0]: (12, 13)}), NOON)
    told = found.naming_help({12: known})
    where = 'is open in 2011 Prod: 1. Software preparation'
    assert [o.words for o in told.launch.obstacles if o.ticket] == [
        f'#12 {where}{launch}'.rstrip(), f'#13 {where}']
    assert [o.words for o in told.gates[1].obstacles if o.ticket] == [
        f'#12 {where}{stage}'.rstrip(), f'#13 {where}']


def test_nothing_changes_where_nobody_is_named():
    found = decide(snapshot(others={KEYS[0]: (12,)}), NOON)
    assert found.naming_help({}) is found
    moved = decide(snapshot(tickets={'feature-freeze': facts(
        'feature-freeze', milestone='Other')}), NOON)
    assert moved.naming_help({1: TicketHelp(('dora',))}) == moved
