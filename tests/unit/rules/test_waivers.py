"""Which waivers are in force, and the words of those that are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.rules.answers import Answer, Lift, Reason
from prodworkflow.domain.rules.waivers import (
    covers,
    expiries,
    lapsed,
    live,
    unlifted,
)
from support.factories import requirement, signoff, state

FREEZE = 'feature-freeze'
TODAY = date(2026, 6, 10)
LEAK = ValueSpec('leak', 'Leak', 'kB/event', at_most='1 kB/event')
PEAK = ValueSpec('peak', 'Peak', 'GB', at_most='2 GB')
BOUND = Bound('leak', at_most='5 kB/event')
WIDE = Bound('peak', at_most='9 GB')
BEYOND = Reason.OUT_OF_BOUNDS


def waived(number, *bounds, reason=BEYOND.value, until=TODAY, **changes):
    return signoff(number, verdict='waived', **changes,
                   waiver=Waiver(reason, until, bounds))


def measured(number, **texts):
    return signoff(number, verdict='reported', evidence=tuple(
        Evidence('value', name, text, '0') for name, text in texts.items()))


def asked(**changes):
    return requirement(FREEZE,
                       **{'asks': EvidenceSpec((LEAK, PEAK)), **changes})


def in_force(*said, reason=BEYOND, **changes):
    """The number of the waiver that lifts the reason today, or None."""
    found = live(asked(**changes), state(said, [asked(**changes)]), reason,
                 TODAY)
    return found and found.number


OVER = measured(2, leak='3 kB/event')
FORCE = [
    pytest.param([OVER, waived(3, BOUND)], 3, id='one'),
    pytest.param([OVER, waived(3, BOUND), waived(4, BOUND)], 4,
                 id='the latest of two'),
    pytest.param([OVER, waived(4, BOUND), waived(3, BOUND)], 4,
                 id='the latest by number'),
    pytest.param([OVER, waived(3, BOUND), waived(4, BOUND, until=date(
        2026, 6, 9))], 3, id='the latest has expired'),
    pytest.param([OVER, waived(3, WIDE)], None, id='a bound of another'),
    pytest.param([OVER, waived(3, WIDE, BOUND)], 3, id='two bounds'),
    pytest.param([measured(2, leak='6 kB/event'), waived(3, BOUND)], None,
                 id='measured beyond it before'),
    pytest.param([measured(2, leak='3 kB/event', peak='3 GB'),
                  waived(3, BOUND)], None, id='one of two covered'),
    pytest.param([measured(2, leak='3 kB/event', peak='3 GB'),
                  waived(3, BOUND, WIDE)], 3, id='both covered'),
    pytest.param([OVER, waived(3, BOUND, reason='awaiting')], None,
                 id='another reason'),
    pytest.param([OVER, signoff(3, waiver=waived(3, BOUND).waiver)], None,
                 id='another verdict'),
    pytest.param([OVER, waived(3, BOUND, key='software-quality')], None,
                 id='another requirement'),
    pytest.param([OVER, signoff(3, verdict='waived')], None, id='no waiver'),
]


@pytest.mark.parametrize(('said', 'number'), FORCE)
def test_a_waiver_is_in_force_or_not(said, number):
    assert in_force(*said) == number


def test_value_out_of_bounds_ends_no_waiver_of_another_reason():
    assert in_force(OVER, waived(3, reason='awaiting'),
                    reason=Reason.AWAITING) == 3
    assert covers(asked(), state([OVER], [asked()]),
                  Waiver('awaiting', TODAY))


FEW = Reason.NOT_ENOUGH_STATISTICS
RATE = ValueSpec('rate', 'Crash rate', '%', at_most='1 %', confidence='95 %')
TIME = ValueSpec('time', 'Time', 's', at_most='13 s', confidence='95 %')
CRASHES = Bound('rate', at_most='6 %')
SLOW = Bound('time', at_most='15 s')
OF_FEW = [
    pytest.param([measured(2, rate='3/149'), waived(3, CRASHES)], RATE, BEYOND,
                 3, id='worse than the bound, surely within the waiver'),
    pytest.param([measured(2, rate='1/149'), waived(3, CRASHES)], RATE, FEW,
                 3, id='better, and of too few'),
    pytest.param([measured(2, rate='3/149'), waived(3, CRASHES),
                  measured(4, rate='1/149')], RATE, FEW, 3,
                 id='better since'),
    pytest.param([measured(2, rate='0/20'), waived(3, CRASHES)], RATE, FEW,
                 None, id='too few for the waiver, too'),
    pytest.param([measured(2, rate='0.1 %'), waived(3, CRASHES)], RATE, FEW,
                 None, id='no count'),
    pytest.param([measured(2, rate='1/149'), waived(3, CRASHES)],
                 replace(RATE, minimum=200), FEW, None,
                 id='fewer than the minimum'),
    pytest.param([measured(2, rate='1/149'), waived(3, SLOW)], RATE, FEW,
                 None, id='a bound of another value'),
    pytest.param([measured(2, rate='1/149'), waived(3, CRASHES,
                                                    reason='awaiting')],
                 RATE, FEW, None, id='a waiver of another reason'),
    pytest.param([measured(2, rate='1/149'), waived(3, reason=FEW.value)],
                 RATE, FEW, 3, id='a waiver of its own'),
    pytest.param([measured(2, rate='3/149'), waived(3, reason=FEW.value)],
                 RATE, BEYOND, None, id='lifts nothing out of bounds'),
    pytest.param([measured(2, rate='1/149', time='12.5 ± 0.4 s'),
                  waived(3, CRASHES)], (RATE, TIME), FEW, None,
                 id='one of two of too few'),
    pytest.param([measured(2, rate='1/149', time='12.5 ± 0.4 s'),
                  waived(3, CRASHES, SLOW)], (RATE, TIME), FEW, 3,
                 id='both of too few'),
]


@pytest.mark.parametrize(('said', 'values', 'reason', 'number'), OF_FEW)
def test_a_waiver_of_what_is_out_lifts_what_is_better(said, values, reason,
                                                      number):
    values = values if isinstance(values, tuple) else (values,)
    asks = asked(asks=EvidenceSpec(values))
    assert in_force(*said, reason=reason, asks=asks.asks) == number
    left = unlifted(asks, state(said, [asks]), TODAY)
    assert bool(left) is (number is None)


def test_values_that_no_waiver_lifts_are_told_the_gravest_first():
    asks = asked(asks=EvidenceSpec((TIME, RATE)))
    said = [measured(2, rate='3/149', time='12.5 ± 0.4 s')]
    assert [f.name for f in unlifted(asks, state(said, [asks]), TODAY)] == [
        'rate', 'time']


LAPSED = [
    pytest.param(waived(5), {}, '', id='in force'),
    pytest.param(signoff(5), {}, 'it was given for a ticket that is gone',
                 id='no waiver'),
    pytest.param(waived(5), {'since': 5},
                 'it was given for a ticket that is gone', id='lost ticket'),
    pytest.param(waived(5), {'since': 4}, '', id='ticket made before'),
    pytest.param(waived(5, until=date(2026, 6, 9)), {},
                 'it expired with 2026-06-09', id='expired'),
    pytest.param(waived(5), {'released': 5}, 'it was given for release V1',
                 id='release'),
    pytest.param(waived(5), {'released': 4}, '', id='release before'),
    pytest.param(waived(5), {'stale': 5}, 'it was given for release V1',
                 id='asked again'),
    pytest.param(waived(5), {'stale': 4}, '', id='asked again before'),
    pytest.param(waived(5, release=''), {'released': 6},
                 'it was given for release unnamed', id='unnamed release'),
    pytest.param(waived(5), {'said': [signoff(6, verdict='rejected')]},
                 'anna has rejected since', id='rejected since'),
    pytest.param(waived(5), {'said': [signoff(4, verdict='rejected')]}, '',
                 id='rejected before'),
    pytest.param(waived(5, BOUND), {'said': [measured(6, leak='6')]},
                 'leak was measured at 6 since', id='beyond its bound'),
    pytest.param(waived(5, BOUND), {'said': [measured(6, leak='5')]}, '',
                 id='at its bound'),
    pytest.param(waived(5, BOUND), {'said': [measured(4, leak='6')]}, '',
                 id='beyond before'),
    pytest.param(waived(5, BOUND), {'said': [measured(6, peak='99')]}, '',
                 id='another value'),
    pytest.param(waived(5, Bound('rate', at_most='1 %')),
                 {'said': [measured(6, rate='0.9 %')]}, '',
                 id='a value not asked for, within'),
    pytest.param(waived(5, Bound('rate', at_most='1 %')),
                 {'said': [measured(6, rate='1.1 %')]},
                 'rate was measured at 1.1 % since',
                 id='a value not asked for, beyond'),
]


@pytest.mark.parametrize(('leave', 'given', 'words'), LAPSED)
def test_a_waiver_tells_why_it_has_lapsed(leave, given, words):
    of = asked(since=given.get('since', 0), stale=given.get('stale', 0))
    found = state([*given.get('said', ()), leave], [of],
                  released=given.get('released', 0))
    assert lapsed(of, found, leave, TODAY) == words


def test_value_measured_in_the_entry_of_the_waiver_is_not_later_than_it():
    leave = waived(5, BOUND, evidence=(Evidence('value', 'leak', '6', '0'),))
    assert lapsed(asked(), state([leave], [asked()]), leave, TODAY) == ''


@pytest.mark.parametrize(('said', 'told'), [
    pytest.param([], [], id='no waiver'),
    pytest.param([waived(3, until=TODAY)], [], id='in force'),
    pytest.param([waived(3, until=date(2026, 6, 9))], ['2026-06-09'],
                 id='expired'),
    pytest.param([waived(3, until=date(2026, 6, 1)),
                  waived(4, until=date(2026, 6, 9)),
                  waived(5, until=date(2026, 6, 8))], ['2026-06-09'],
                 id='the last day of several'),
    pytest.param([waived(3, reason='awaiting', until=date(2026, 6, 9))], [],
                 id='of another reason'),
])
def test_an_unmet_sign_off_tells_the_waiver_that_expired(said, told):
    answer = Answer(asked(), BEYOND, 'too much')
    assert expiries([answer], state(said, [asked()]), TODAY) == [
        f'the waiver of #1 Feature Freeze expired with {day}' for day in told]


@pytest.mark.parametrize(('lifted', 'resolution'), [
    pytest.param((), 'fixed', id='no waiver'),
    pytest.param((BEYOND,), 'tolerable', id='beyond its bounds'),
    pytest.param((Reason.AWAITING,), 'waived', id='another reason'),
    pytest.param((BEYOND, Reason.AWAITING), 'tolerable',
                 id='the first reason, beyond its bounds'),
    pytest.param((Reason.AWAITING, BEYOND), 'waived',
                 id='the first reason, another one'),
])
def test_a_ticket_is_closed_with_the_resolution_of_the_first_lifted_reason(
        lifted, resolution):
    lifts = tuple(Lift(reason, 'lifted', waived(2, reason=reason.value))
                  for reason in lifted)
    answer = Answer(asked(), lifted[0] if lifted else None, '',
                    waived=bool(lifted), lifts=lifts)
    assert answer.closing == resolution
