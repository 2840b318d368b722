"""What a waiver is asked for, and where it cannot be given."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ValueSpec,
)
from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.rules.answers import Answer, Lift, Reason
from prodworkflow.domain.rules.waivers import lapsed
from prodworkflow.domain.rules.waivers.requests import (
    bounds_of,
    liftable,
    reasons,
    waiver,
    WaiverRequest,
)
from support.factories import campaign, requirement, signoff, state

TODAY = date(2026, 6, 10)
LEAK = ValueSpec('memory_growth', 'Memory growth', 'kB/event',
                 at_most='1 kB/event')
CPU = ValueSpec('cpu_time', 'CPU time', 'h', at_least='1 h', at_most='2 h')
ASKED = requirement('feature-freeze', asks=EvidenceSpec((LEAK, CPU)))
PLAIN = requirement('feature-freeze')


def given(reason='out-of-bounds', until='2026-06-30', asked=ASKED,
          measured='', answers=(), **bounds):
    """The waiver, or the problems by field."""
    bounds = bounds or {'memory_growth': ('', '5 kB/event')}
    if reason != 'out-of-bounds' and 'memory_growth' in bounds:
        bounds = {}
    proof = (Evidence('value', 'memory_growth', measured, '0'),)
    said = [signoff(2, verdict='reported', evidence=proof)] if measured \
        else []
    try:
        return waiver(WaiverRequest(reason, until, bounds), asked,
                      state(said, [asked]), dict.fromkeys(answers, ''), TODAY)
    except InvalidRequest as error:
        return dict(error.problems)


def test_a_waiver_of_what_is_out_of_bounds_has_a_bound():
    assert given() == Waiver('out-of-bounds', date(2026, 6, 30), (
        Bound('memory_growth', '', '5 kB/event'),))
    assert given(memory_growth=('', '5')).bounds[0].at_most == '5 kB/event'
    both = given(cpu_time=('1', '3 h'))
    assert both.bounds == (Bound('cpu_time', '1 h', '3 h'),)


def test_waiver_of_another_reason_has_no_bound():
    assert given('awaiting', answers=[Reason.AWAITING]) == Waiver(
        'awaiting', date(2026, 6, 30))


def test_waiver_may_end_today():
    assert given(until=' 2026-06-10 ').until == TODAY


AGAIN = ('is no day from today on; write the last day of the waiver as '
         'YYYY-MM-DD, for it must end (UTC).')
HOLDS = 'Memory growth is 6 kB/event, more than 1 kB/event'
WRONG = [
    pytest.param({'until': '2026-06-09'}, 'until', f'"2026-06-09" {AGAIN}',
                 id='ended'),
    pytest.param({'until': '10 June'}, 'until', f'"10 June" {AGAIN}',
                 id='no day'),
    pytest.param({'until': '2026-02-30'}, 'until', f'"2026-02-30" {AGAIN}',
                 id='no such day'),
    pytest.param({'until': '20260630'}, 'until', f'"20260630" {AGAIN}',
                 id='written otherwise'),
    pytest.param({'until': '٢٠٢٦-٠٦-٣٠'}, 'until',
                 f'"٢٠٢٦-٠٦-٣٠" {AGAIN}', id='other digits'),
    pytest.param({'until': 'x' * 99}, 'until', f'"{"x" * 64}" {AGAIN}',
                 id='no day, long'),
    pytest.param({'until': ''}, 'until', f'"" {AGAIN}', id='no end'),
    pytest.param({'reason': 'stale', 'answers': [Reason.AWAITING]}, 'reason',
                 '"stale" does not stand against Feature Freeze; a waiver '
                 'can lift awaiting or out-of-bounds.', id='not there'),
    pytest.param({'reason': 'x' * 99, 'asked': PLAIN}, 'reason',
                 f'"{"x" * 64}" does not stand against Feature Freeze; a '
                 'waiver can lift nothing here.', id='nothing to lift'),
    pytest.param({'memory_growth': ('', '')}, 'bound',
                 'Say up to what it is tolerable: give a bound for '
                 'memory_growth or cpu_time.', id='no bound'),
    pytest.param({'memory_growth': ('', '5 kg')}, 'bound',
                 'Memory growth: "5 kg" cannot be counted in kB/event; write '
                 'a number with a unit, like "5 kB/event".',
                 id='another unit'),
    pytest.param({'disk': ('', '5 GB')}, 'bound', 'Bounds can be given for '
                 'memory_growth and cpu_time, not "disk".', id='not asked'),
    pytest.param({'d' * 99: ('', '5 GB')}, 'bound', 'Bounds can be given for '
                 f'memory_growth and cpu_time, not "{"d" * 64}".',
                 id='not asked, long'),
    pytest.param({'cpu_time': ('3 h', '1 h')}, 'bound',
                 'CPU time: no value is from 3 h to 1 h.', id='turned round'),
    pytest.param({'measured': '6 kB/event'}, 'bound',
                 f'{HOLDS}; the waiver would not cover it. Give '
                 'memory_growth a bound that does.', id='too low'),
    pytest.param({'measured': '6 kB/event', 'cpu_time': ('', '9 h')},
                 'bound', f'{HOLDS}; the waiver would not cover it. Give '
                 'memory_growth a bound that does.', id='another value'),
    pytest.param({'measured': '6 kB/event', 'disk': ('', '5 GB')},
                 'bound', 'Bounds can be given for memory_growth and '
                 'cpu_time, not "disk".', id='covered by what is wrong'),
    pytest.param({'reason': 'awaiting', 'answers': [Reason.AWAITING],
                  'cpu_time': ('', '3 h')}, 'bound', 'Only a waiver of '
                 '"out-of-bounds" has bounds; leave them out.',
                 id='bounds for nothing'),
]


@pytest.mark.parametrize(('asked', 'field', 'words'), WRONG)
def test_each_mistake_of_a_waiver_request_is_told_by_field(
        asked, field, words):
    assert given(**asked) == {field: words}


def test_all_mistakes_of_a_waiver_request_are_told_at_once():
    assert given(until='', asked=PLAIN) == {
        'until': f'"" {AGAIN}', 'reason': '"out-of-bounds" does not stand '
        'against Feature Freeze; a waiver can lift nothing here.',
        'bound': 'Bounds can be given for nothing, not "memory_growth".'}


def test_waiver_may_tolerate_a_single_value():
    assert given(cpu_time=('3 h', '180 min')).bounds == (
        Bound('cpu_time', '3 h', '180 min'),)
    assert given(cpu_time=(' ', '3')).bounds == (
        Bound('cpu_time', '1 h', '3 h'),)


def test_waiver_request_must_cover_what_was_measured():
    assert given(measured='5 kB/event').until


def test_bounds_of_a_waiver_are_read_from_lines():
    assert bounds_of(['a<=5 GB', ' a >= 1 GB ', 'b >= 2']) == {
        'a': ('1 GB ', '5 GB'), 'b': ('2', '')}
    assert bounds_of(['a >= 1', 'a <= 5']) == {'a': ('1', '5')}
    assert bounds_of(['c <= 5']) == {'c': ('', '5')}
    assert bounds_of([]) == {}
    for text in ('a', 'a < 5', 'A <= 5', '<= 5', 'a = 5', 'a <=', 'x' * 99):
        with pytest.raises(InvalidRequest) as error:
            bounds_of([text])
        assert error.value.problems == ((
            'bound', f'"{text[:64]}" is no bound; write '
            '"memory_growth <= 5 kB/event".'),)


def test_waivable_reasons_are_those_that_stand():
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


@pytest.mark.parametrize(('answer', 'words'), [
    pytest.param(Answer(ASKED, Reason.AWAITING, 'awaits anna'),
                 ['awaiting', 'out-of-bounds'],
                 id='what is there, and what a measurement may show'),
    pytest.param(Answer(ASKED, Reason.OUT_OF_BOUNDS, '6 kB'),
                 ['out-of-bounds'], id='each once'),
    pytest.param(Answer(ASKED, None, 'signed'), ['out-of-bounds'],
                 id='signed'),
    pytest.param(Answer(PLAIN, Reason.AWAITING, 'awaits anna'), ['awaiting'],
                 id='no values'),
    pytest.param(Answer(PLAIN, Reason.TICKET_MISSING, 'gone'), [],
                 id='nothing'),
])
def test_a_waiver_may_name_what_is_there_or_may_come(answer, words):
    assert liftable(answer, campaign()) == words
