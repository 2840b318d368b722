"""What people are told of a decision, and what is kept from them."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.known_issue import Concern
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.objections.concerns import concern_dict
from prodworkflow.domain.views.readiness import readiness
from support.factories import (
    ASKED,
    facts,
    KEYS,
    requirement,
    signoff,
    snapshot,
    stage,
    state,
)

JUNE_10 = 1781049600 * 10**6


@pytest.fixture(params=['EAST-14', 'WEST+12'])
def server_time_zone(request, monkeypatch):
    """The server stands where it is another day."""
    with monkeypatch.context() as there:
        there.setenv('TZ', request.param)
        time.tzset()
        yield
    time.tzset()


def told(signed=(), gate='', hidden=(), stages=(), **changes):
    return readiness(decide(snapshot(signed, **changes), JUNE_10), gate,
                     frozenset(hidden), frozenset(stages))


def everything(leave=False, **changes):
    """The state of a campaign that is signed; with `leave`, but for one."""
    signed = [signoff(n, k) for n, k in enumerate(ASKED, 2)]
    if leave:
        signed[0] = replace(signed[0], verdict='waived', waiver=Waiver(
            'awaiting', date(2026, 6, 30)))
    return state(signed, **changes)


VERDICTS = [
    pytest.param({}, 'Not ready: 7 of 7 sign-offs missing; next: '
                 '#1 Feature Freeze, anna.', id='nothing signed'),
    pytest.param({'signed': list(ASKED)[:6]}, 'Not ready: 1 of 7 sign-offs '
                 'missing; next: #7 Physics results ok, anna.', id='one left'),
    pytest.param({'signed': ASKED}, 'Ready: all 7 sign-offs are given.',
                 id='ready'),
    pytest.param({'signed': ASKED, 'milestones': dict.fromkeys(KEYS, 1)},
                 'Ready: all 7 sign-offs are given, all stages are closed.',
                 id='closed'),
    pytest.param({'signed': ASKED, 'others': {KEYS[0]: (12,)}},
                 'Not ready: #12 is open in 2011 Prod: 1. Software '
                 'preparation.', id='open ticket'),
    pytest.param({'state': state(enforcement='advisory')},
                 'Not ready: 7 of 7 sign-offs missing; next: #1 Feature '
                 'Freeze, anna (advisory: nothing is blocked).',
                 id='advisory'),
    pytest.param({'state': state(requirements=[
        requirement(k, contacts=()) for k in ASKED])},
        'Not ready: 7 of 7 sign-offs missing; next: #1 Feature Freeze, which '
        'has no contacts.', id='no contacts'),
    pytest.param({'hidden': [1]}, 'Not ready: 6 of 6 sign-offs missing; '
                 'next: #2 Software quality ok, anna.', id='first hidden'),
    pytest.param({'hidden': range(8)}, 'Not ready: it waits for something '
                 'that you may not see: ask a holder of CAMPAIGN_ADMIN.',
                 id='all hidden'),
    pytest.param({'signed': ASKED, 'hidden': [3]},
                 'Ready: all sign-offs are given.', id='ready, one hidden'),
    pytest.param({'state': state(requirements=[
        requirement(k, contacts=('anna', 'bruno')) for k in ASKED])},
        'Not ready: 7 of 7 sign-offs missing; next: #1 Feature Freeze, anna '
        'or bruno.', id='two contacts'),
    pytest.param({'state': everything(held_since=5, held_by='anna',
                                      held_because='crashes')},
                 'On hold by anna: crashes.', id='on hold'),
    pytest.param({'state': everything(held_since=5, held_by='anna',
                                      held_because='crashes'), 'gate': '3'},
                 'Ready: all 7 sign-offs are given.',
                 id='on hold, a stage asked'),
    pytest.param({'state': state(held_since=5, held_by='anna',
                                 held_because='crashes')},
                 'On hold by anna: crashes; 7 of 7 sign-offs missing; next: '
                 '#1 Feature Freeze, anna.', id='on hold and unsigned'),
    pytest.param({'state': state(held_since=5), 'gate': '1'},
                 'Not ready: 3 of 3 sign-offs missing; next: #1 Feature '
                 'Freeze, anna.', id='on hold, an unsigned stage asked'),
    pytest.param({'state': everything(held_since=5, held_by='anna',
                                      held_because='crashes'),
                  'others': {KEYS[0]: (12, 13)}},
                 'On hold by anna: crashes; #12 is open in 2011 Prod: 1. '
                 'Software preparation; #13 is open in 2011 Prod: 1. '
                 'Software preparation.', id='on hold, open tickets'),
    pytest.param({'state': everything(held_since=5, held_by='anna',
                                      held_because='crashes'),
                  'others': {KEYS[0]: (12,)}},
                 'On hold by anna: crashes; #12 is open in 2011 Prod: 1. '
                 'Software preparation.', id='on hold, one open ticket'),
    pytest.param({'state': everything(launched=5, phase='launched')},
                 'Launched: all 7 sign-offs are given.', id='launched'),
    pytest.param({'state': everything(phase='abandoned')},
                 'Abandoned: nothing changes any more.', id='ended'),
    pytest.param({'state': everything(phase='abandoned'), 'gate': '3'},
                 'Ready: all 7 sign-offs are given.',
                 id='ended, a stage asked'),
    pytest.param({'state': everything(leave=True)},
                 'Ready: all 7 sign-offs are given (1 of them waived).',
                 id='one waived'),
    pytest.param({'signed': list(ASKED)[:3], 'gate': '1'},
                 'Ready: all 3 sign-offs are given.', id='first gate'),
]


@pytest.mark.parametrize(('given', 'verdict'), VERDICTS)
def test_the_verdict_is_one_sentence(given, verdict):
    if 'state' in given and given['state'].signoffs:
        given = {'tickets': {k: facts(k, 'closed') for k in ASKED}, **given}
    assert told(**given).verdict == verdict


@pytest.mark.parametrize('given', [
    pytest.param({'hidden': [3]}, id='a ticket'),
    pytest.param({'hidden': [3], 'others': {KEYS[0]: (3,)}}, id='another'),
    pytest.param({'stages': [KEYS[0]]}, id='a stage'),
    pytest.param({'stages': [KEYS[0]], 'milestones': {}}, id='a lost stage'),
])
def test_readiness_tells_nothing_of_a_hidden_ticket(given):
    found = told(**given)
    text = json.dumps(found.as_dict()) + found.as_text()
    for word in ('#3', 'Resources estimate', 'resources-estimate'):
        assert word not in text
    if 'stages' in given:
        assert 'Software preparation' not in text
    assert found.veiled
    more = ('there may be more that you may not see: ask a holder of '
            'CAMPAIGN_ADMIN')
    assert found.reasons()[-1] == more
    assert f'  - {more}' in found.as_text()
    assert not found.open


SHUT = 'Production should stop: the launch gate is shut'
EXPIRED = 'the waiver of #1 Feature Freeze expired with 2026-06-09'


def passed(until, **changes):
    """A campaign that was launched with a waiver until that day in June."""
    found = everything(True, launched=5, **{'phase': 'launched', **changes})
    first, *others = found.signoffs
    leave = replace(first, waiver=Waiver('awaiting', date(2026, 6, until)))
    return replace(found, signoffs=(leave, *others))


@pytest.mark.parametrize(('state_', 'alarm'), [
    pytest.param(passed(10), '', id='in force'),
    pytest.param(passed(9), f'{SHUT}; {EXPIRED}', id='expired'),
    pytest.param(passed(9, enforcement='advisory'), '', id='advisory'),
    pytest.param(passed(9, held_since=6, held_by='dora'), '', id='held'),
    pytest.param(passed(9, phase='closed'), '', id='closed'),
    pytest.param(everything(leave=True), '', id='not launched'),
])
def test_a_production_that_goes_on_behind_a_shut_gate_is_told(state_, alarm):
    assert told(ASKED, state=state_).alarm == alarm


def test_every_gate_tells_that_production_should_stop():
    found = told(ASKED, state=passed(9))
    assert found.verdict.startswith(
        f'{SHUT}; {EXPIRED}; 1 of 7 sign-offs missing; next: #1 ')
    assert told(ASKED, state=passed(9),
                gate='pre-production').alarm == found.alarm
    veiled = told(ASKED, state=passed(9), hidden=[1])
    assert (veiled.alarm, veiled.veiled) == (SHUT, True)


def test_days_late_are_counted_until_a_stage_is_closed():
    assert [s.late for s in told().stages] == [9, 8, 7]
    closed = told(milestones={KEYS[0]: 1, KEYS[1]: 0, KEYS[2]: 0})
    assert [s.late for s in closed.stages] == [0, 8, 7]


def test_stage_is_due_when_its_milestone_is_in_trac():
    """The first is due on another day, the second never; one is gone."""
    found = told(dues={KEYS[0]: JUNE_10 - 1, KEYS[1]: 0}).stages
    assert [(s.stage.due, s.late) for s in found] == [
        (date(2026, 6, 9), 1), (None, 0), (date(2026, 6, 3), 7)]
    assert [s.as_dict()['due'] for s in found] == ['2026-06-09', None,
                                                   '2026-06-03']


@pytest.mark.parametrize(('signed', 'given', 'late'), [
    pytest.param(list(ASKED)[:3], {}, [0, 8, 7], id='all of a stage signed'),
    pytest.param(list(ASKED)[3:], {}, [9, 0, 0], id='done before its turn'),
    pytest.param(list(ASKED), {}, [0, 0, 0], id='all signed'),
    pytest.param(list(ASKED)[:2], {}, [9, 8, 7], id='one is missing'),
    pytest.param(list(ASKED)[:3], {'others': {KEYS[0]: (12,)}}, [9, 8, 7],
                 id='a ticket is open'),
    pytest.param((), {'state': state(phase='abandoned')}, [0, 0, 0],
                 id='abandoned'),
    pytest.param((), {'state': state(phase='closed')}, [0, 0, 0],
                 id='closed'),
])
def test_late_is_not_said_of_what_is_done(signed, given, late):
    assert [s.late for s in told(signed, **given).stages] == late


def test_readiness_as_text_names_the_gate_and_every_reason():
    lines = told(list(ASKED)[:6], 'pre-production').as_text().splitlines()
    assert lines[:2] == ['2011 Prod, pre-production gate: shut',
                         'Not ready: 1 of 7 sign-offs missing; next: '
                         '#7 Physics results ok, anna.']
    assert lines[2:] == ['  - #7 Physics results ok awaits anna']
    assert told(ASKED).as_text() == (
        '2011 Prod, launch gate: open\nReady: all 7 sign-offs are given.\n')


def test_readiness_of_one_gate_leaves_later_stages_out():
    assert [s.stage.number for s in told(gate='2').stages] == [1, 2]
    with pytest.raises(KeyError):
        told(gate='9')


def plain(found):
    """The answer as JSON brings it to a reader."""
    return json.loads(json.dumps(found.as_dict()))


def test_readiness_is_plain_data():
    first = list(ASKED)[:3]
    found = plain(told(first, '1', milestones={KEYS[0]: 5},
                       doubts=('who knows',)))
    stages = found.pop('stages')
    assert found == {
        'campaign': '2011 Prod', 'release': 'V1', 'start': '2026-06-29',
        'enforcement': 'standard', 'revision': 1,
        'asked': '2026-06-10T00:00:00+00:00', 'gate': KEYS[0],
        'open': False, 'passes': False, 'phase': 'underway',
        'launched': None, 'held': None,
        'notes': [], 'verdict': 'Not ready: who knows.',
        'reasons': ['who knows'], 'veiled': False, 'forecast': None,
            'known_issues': [], 'concerns': []}
    assert [a['key'] for a in stages[0].pop('requirements')] == first
    assert stages == [{
        'key': KEYS[0], 'number': 1, 'title': 'Software preparation',
        'milestone': '2011 Prod: 1. Software preparation',
        'due': '2026-06-01', 'days_late': 0, 'open': False, 'closed': True,
        'signed': 3, 'waived': 0, 'needed': 3, 'missing': 0, 'groups': [],
        'dropped': [], 'obstacles': []}]


def test_a_stage_tells_its_own_requirements_and_obstacles():
    found = plain(told(milestones=dict.fromkeys(KEYS[1:], 0)))['stages']
    assert [[o['kind'] for o in s['obstacles']] for s in found] == [
        ['milestone-missing'], [], []]
    assert [s['days_late'] for s in found] == [9, 8, 7]
    assert [len(s['requirements']) for s in found] == [3, 2, 2]


def test_stage_without_due_date_is_told_without_one():
    undated = replace(state(start=None), stages=tuple(
        stage(n, due=None) for n in (1, 2, 3)))
    found = plain(told(state=undated))
    assert found['start'] is None
    assert [(s['due'], s['days_late']) for s in found['stages']] == [
        (None, 0)] * 3


SECOND = 10**6
LAST = 253402300800 * 10**6 - 1  # of the year 9999: no float is so exact


def test_readiness_tells_times_in_utc_to_the_second(server_time_zone):
    found = plain(told(state=state(
        launched=JUNE_10 + 5 * SECOND - 1, held_since=JUNE_10 + 86399 * SECOND,
        held_by='anna', held_because='crashes')))
    assert found['launched'] == '2026-06-10T00:00:04+00:00'
    assert found['held'] == {'by': 'anna', 'because': 'crashes',
                             'since': '2026-06-10T23:59:59+00:00'}


@pytest.mark.parametrize(('moment', 'late'), [
    pytest.param(JUNE_10 - 1, 8, id='the day before'),
    pytest.param(JUNE_10, 9, id='first moment'),
    pytest.param(JUNE_10 + 86400 * SECOND - 1, 9, id='last moment'),
    pytest.param(LAST, (date(9999, 12, 31) - date(2026, 6, 1)).days,
                 id='last moment of all'),
    pytest.param(0, 0, id='in time')])
def test_stage_is_a_day_late_from_midnight_in_utc(moment, late,
                                                  server_time_zone):
    found = readiness(decide(snapshot(), moment))
    assert found.stages[0].late == late


NOTES = [
    pytest.param('advisory', 'standard', 'lowered', id='lowered'),
    pytest.param('standard', 'strict', 'lowered', id='lowered by one'),
    pytest.param('strict', 'advisory', 'raised', id='raised'),
    pytest.param('standard', 'lenient', 'set', id='unknown before'),
]


@pytest.mark.parametrize(('word', 'was', 'way'), NOTES)
def test_changed_enforcement_is_told_while_it_lasts(word, was, way,
                                                    server_time_zone):
    change = Change('coordinator', JUNE_10 - 1, was, 'haste')
    found = told(state=state(enforcement=word, changed=change))
    assert found.notes == [f'enforcement {way} to {word} by coordinator on '
                           '2026-06-09: “haste”']


def test_changed_enforcement_is_told_by_its_day():
    change = Change('coordinator', LAST, 'standard', 'haste')
    assert told(state=state(enforcement='strict', changed=change)).notes == [
        'enforcement raised to strict by coordinator on 9999-12-31: “haste”']


def test_changed_contacts_are_told_until_their_stage_is_closed():
    change = Change('coordinator', JUNE_10, 'anna', 'holidays')
    asked = [requirement(k, changed=change if n == 0 else None)
             for n, k in enumerate(ASKED)]
    assert told(state=state((), asked)).notes == [
        'who signs #1 Feature Freeze changed by coordinator on 2026-06-10: '
        '“holidays” (before: anna)']
    assert told(state=state((), asked),
                milestones=dict.fromkeys(KEYS, 1)).notes == []


def test_an_advisory_gate_as_text_says_that_it_lets_pass():
    shut = told(['feature-freeze'], 'pre-production').as_text()
    assert shut.startswith('2011 Prod, pre-production gate: shut\n')
    passing = told(state=state(enforcement='advisory')).as_text()
    assert passing.startswith('2011 Prod, launch gate: shut, but lets pass '
                              '(advisory; it is recorded)\n')


def test_what_was_found_after_the_launch_is_told_as_json():
    found = state(phase='launched', launched=5)
    concern = Concern(8, 'eve', JUNE_10, 'odd', 9)
    told_ = replace(told(state=found), concerns=(concern,)).as_dict()
    assert told_['concerns'] == [concern_dict(concern)]
    assert told_['forecast'] is None
