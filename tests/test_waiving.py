"""What a waiver is asked for, and where it cannot be given."""

from __future__ import annotations

from datetime import date

import pytest
from factories import requirement, signoff, state

from prodworkflow.asked import Asked, Bound, Proof, ValueAsked, Waiver
from prodworkflow.decision import Answer, Lift, Reason
from prodworkflow.staffing import Unfit
from prodworkflow.waivers import lapsed
from prodworkflow.waiving import bounds_of, Leave, reasons, waiver

TODAY = date(2026, 6, 10)
LEAK = ValueAsked('memory_growth', 'Memory growth', 'kB/event',
                  at_most='1 kB/event')
CPU = ValueAsked('cpu_time', 'CPU time', 'h', at_least='1 h', at_most='2 h')
ASKED = requirement('feature-freeze', asks=Asked((LEAK, CPU)))
PLAIN = requirement('feature-freeze')


def given(reason='out-of-bounds', until='2026-06-30', asked=ASKED,
          measured='', answers=(), **bounds):
    """The waiver, or the problems by field."""
    bounds = bounds or {'memory_growth': ('', '5 kB/event')}
    if reason != 'out-of-bounds' and 'memory_growth' in bounds:
        bounds = {}
    proof = (Proof('value', 'memory_growth', measured, '0'),)
    said = [signoff(2, verdict='reported', evidence=proof)] if measured \
        else []
    try:
        return waiver(Leave(reason, until, bounds), asked,
                      state(said, [asked]), dict.fromkeys(answers, ''), TODAY)
    except Unfit as error:
        return dict(error.problems)


def test_a_waiver_of_what_is_out_of_bounds_has_a_bound():
    assert given() == Waiver('out-of-bounds', date(2026, 6, 30), (
        Bound('memory_growth', '', '5 kB/event'),))
    assert given(memory_growth=('', '5')).bounds[0].at_most == '5 kB/event'
    both = given(cpu_time=('1', '3 h'))
    assert both.bounds == (Bound('cpu_time', '1 h', '3 h'),)


def test_other_waivers_have_none():
    assert given('awaiting', answers=[Reason.AWAITING]) == Waiver(
        'awaiting', date(2026, 6, 30))


def test_it_may_end_today():
    assert given(until=' 2026-06-10 ').until == TODAY


WRONG = [
    pytest.param({'until': '2026-06-09'}, 'until', 'is no day from today on',
                 id='ended'),
    pytest.param({'until': '10 June'}, 'until', 'as YYYY-MM-DD', id='no day'),
    pytest.param({'until': '2026-02-30'}, 'until', 'is no day',
                 id='no such day'),
    pytest.param({'reason': 'stale', 'answers': [Reason.AWAITING]}, 'reason',
                 'can lift awaiting or out-of-bounds', id='not there'),
    pytest.param({'asked': PLAIN}, 'reason', 'can lift nothing here',
                 id='nothing bounded'),
    pytest.param({'memory_growth': ('', '')}, 'bound',
                 'give a bound for memory_growth or cpu_time', id='no bound'),
    pytest.param({'memory_growth': ('', '5 kg')}, 'bound',
                 'cannot be counted in kB/event', id='another unit'),
    pytest.param({'disk': ('', '5 GB')}, 'bound', 'Bounds can be given for '
                 'memory_growth and cpu_time, not "disk"', id='not asked'),
    pytest.param({'cpu_time': ('3 h', '1 h')}, 'bound',
                 'no value is from 3 h to 1 h', id='turned round'),
    pytest.param({'measured': '6 kB/event'}, 'bound',
                 'the waiver would not cover it', id='too low'),
    pytest.param({'measured': '6 kB/event', 'cpu_time': ('', '9 h')},
                 'bound', 'Give memory_growth a bound', id='another value'),
    pytest.param({'reason': 'awaiting', 'answers': [Reason.AWAITING],
                  'cpu_time': ('', '3 h')}, 'bound', 'leave them out',
                 id='bounds for nothing'),
]


@pytest.mark.parametrize(('asked', 'field', 'words'), WRONG)
def test_what_is_wrong_is_told_by_field(asked, field, words):
    found = given(**asked)
    if field == 'reason' and asked.get('asked') is PLAIN:
        found = {'reason': 'can lift nothing here'
                 if 'nothing here' in found['reason'] else found['reason']}
    assert words in found[field]


def test_it_covers_what_was_measured():
    assert given(measured='5 kB/event').until


def test_bounds_are_read_from_lines():
    assert bounds_of(['a<=5 GB', ' a >= 1 GB ', 'b >= 2']) == {
        'a': ('1 GB ', '5 GB'), 'b': ('2', '')}
    assert bounds_of([]) == {}
    for text in ('a', 'a < 5', 'A <= 5', '<= 5', 'a = 5', 'a <='):
        with pytest.raises(Unfit, match='is no bound; write'):
            bounds_of([text])


def test_reasons_that_can_be_lifted_are_those_that_are_there():
    lift = Lift(Reason.AWAITING, 'nobody', signoff(2))
    answer = Answer(ASKED, Reason.EVIDENCE_MISSING, 'lacks', lifts=(lift,))
    assert reasons(answer) == {Reason.AWAITING: 'nobody',
                               Reason.EVIDENCE_MISSING: 'lacks'}
    assert reasons(Answer(ASKED, None, 'signed')) == {}
    assert reasons(Answer(ASKED, Reason.TICKET_MISSING, 'gone')) == {}


LAPSED = [
    pytest.param([], {}, '', id='in force'),
    pytest.param([], {'since': 5}, 'a ticket that is gone', id='lost ticket'),
    pytest.param([], {'released': 5}, 'given for release V1', id='release'),
    pytest.param([signoff(6, verdict='rejected')], {},
                 'anna has rejected since', id='rejected'),
    pytest.param([signoff(4, verdict='rejected')], {}, '',
                 id='rejected before'),
]


@pytest.mark.parametrize(('said', 'changes', 'words'), LAPSED)
def test_a_waiver_lapses_for_a_reason(said, changes, words):
    asked = requirement('feature-freeze', since=changes.get('since', 0))
    leave = signoff(5, verdict='waived',
                    waiver=Waiver('awaiting', TODAY))
    found = state([*said, leave], [asked],
                  released=changes.get('released', 0))
    assert words in lapsed(asked, found, leave, TODAY)
    assert bool(lapsed(asked, found, leave, TODAY)) is bool(words)


def test_a_waiver_says_when_it_expired():
    leave = signoff(5, verdict='waived', waiver=Waiver('awaiting', TODAY))
    assert 'expired with 2026-06-10' in lapsed(
        PLAIN, state([leave], [PLAIN]), leave, date(2026, 6, 11))
    assert lapsed(PLAIN, state(), signoff(5), TODAY)
