"""Waivers: what they cover, until when, and which are refused."""

from __future__ import annotations

from datetime import date

import pytest
from trac.util.datefmt import datetime_now, to_utimestamp, utc

from prodworkflow.api import InvalidRequest, SignOffRequest, Verdict
from prodworkflow.domain.rules.gates import decide
from support.campaigns import ADMIN, ANNA, FULL
from support.signoffs import leak, LEAKS, waiver

DAY = 86400 * 10**6


def test_waiver_up_to_five_covers_values_below_and_not_above(
        full, system, state_of, ticket):
    number = full[LEAKS]
    system.record(FULL, LEAKS, ADMIN, waiver())
    system.record(FULL, LEAKS, ANNA, leak('4.9 MB per 1000 events', 'Fine.',
                                          Verdict.APPROVED))
    assert state_of(LEAKS) == ('waived', 'out-of-bounds')
    assert ticket(number)['resolution'] == 'tolerable'
    answer = system.queries.decision(FULL).answer(LEAKS)
    assert 'Memory growth is 4.9 MB per 1000 events' in answer.words
    system.record(FULL, LEAKS, ANNA, leak('6 kB/event'))
    assert state_of(LEAKS) == ('unmet', 'out-of-bounds')
    assert ticket(number)['status'] == 'reopened'
    system.record(FULL, LEAKS, ANNA, leak('4 kB/event'))
    assert state_of(LEAKS) == ('unmet', 'out-of-bounds')  # lapsed for good


def test_a_waiver_ends_with_its_last_day(full, system):
    system.record(FULL, LEAKS, ADMIN, waiver(until=date.today().isoformat()))
    system.record(FULL, LEAKS, ANNA, leak('4 kB/event', 'Fine.',
                                          Verdict.APPROVED))
    snapshot = system.queries.decision(FULL).snapshot
    now = to_utimestamp(datetime_now(utc))
    assert decide(snapshot, now).answer(LEAKS).met
    assert not decide(snapshot, now + DAY).answer(LEAKS).met


def test_a_waiver_lifts_one_reason_and_nothing_else(
        full, system, state_of, ticket):
    system.record(FULL, LEAKS, ADMIN, waiver('awaiting', bound=''))
    assert state_of(LEAKS) == ('unmet', 'evidence-missing')
    assert ticket(full[LEAKS])['status'] == 'new'
    system.record(FULL, LEAKS, ADMIN, waiver('evidence-missing', bound=''))
    assert state_of(LEAKS) == ('waived', 'awaiting')
    assert (ticket(full[LEAKS])['status'],
            ticket(full[LEAKS])['resolution']) == ('closed', 'waived')


WRONG = [
    pytest.param({'statement': ''}, 'Say why', id='no reason'),
    pytest.param({'until': ''}, 'is no day from today on', id='no end'),
    pytest.param({'until': '2020-01-01'}, 'is no day from today on',
                 id='ended'),
    pytest.param({'bound': ''}, 'Say up to what it is tolerable',
                 id='no bound'),
    pytest.param({'bound': '5 kg'}, 'cannot be counted in kB/event',
                 id='another kind of unit'),
    pytest.param({'reason': 'stale', 'bound': ''},
                 '"stale" does not stand against Memory leaks',
                 id='a reason that is not there'),
    pytest.param({'reason': 'awaiting'}, 'leave them out',
                 id='a bound for nothing'),
]


@pytest.mark.parametrize(('given', 'words'), WRONG)
def test_a_waiver_that_makes_no_sense_is_refused(full, system, given, words):
    with pytest.raises(InvalidRequest) as error:
        system.record(FULL, LEAKS, ADMIN, waiver(**given))
    assert words in str(error.value)
    assert len(system.queries.ledger(FULL)) == 1


def test_rejection_ends_the_waivers(full, system, state_of, ticket):
    for reason in ('awaiting', 'evidence-missing'):
        system.record(FULL, LEAKS, ADMIN, waiver(reason, bound=''))
    system.record(FULL, LEAKS, ANNA,
                  SignOffRequest(Verdict.REJECTED, 'It grew.'))
    assert state_of(LEAKS) == ('unmet', 'rejected')
    assert ticket(full[LEAKS])['status'] == 'reopened'
