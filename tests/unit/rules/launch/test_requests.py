"""What may be tolerated as a known issue, by whom and until when."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.ledger import fold
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.launch.requests import (
    check_end,
    KnownIssueRequest,
    TicketPlace,
    tolerated_until,
    toleration_refusal,
)
from support.factories import chain, entry, state

DAY = date(2026, 6, 10)
PLACE = TicketPlace('2011 Prod: 3. pre-production', True)


def wish(**changes):
    return KnownIssueRequest(**{'ticket': '#12', 'reason': 'Cosmetic.',
                                'until': '2026-06-10', **changes})


@pytest.mark.parametrize(('ticket', 'number'), [
    ('12', 12), ('#12', 12), (' #12 ', 12)])
def test_ticket_is_typed_with_or_without_its_mark(ticket, number):
    assert wish(ticket=ticket).number == number
    assert tolerated_until(wish(ticket=ticket), state(), PLACE, DAY) == DAY


@pytest.mark.parametrize(('changes', 'place', 'words'), [
    pytest.param({'ticket': 'x'}, PLACE, '"x" is no ticket', id='no number'),
    pytest.param({'ticket': ''}, PLACE, '"" is no ticket', id='nothing'),
    pytest.param({'ticket': '-1'}, PLACE, '"-1" is no ticket', id='negative'),
    pytest.param({'ticket': '9' * 30}, PLACE, 'is no ticket', id='too many'),
    pytest.param({'ticket': '3'}, PLACE, '#3 is a sign-off ticket of 2011 '
                 'Prod; give leave to pass without it by a waiver',
                 id='sign-off ticket'),
    pytest.param({}, None, '#12 is no ticket in a milestone of 2011 Prod',
                 id='not there, or hidden'),
    pytest.param({}, TicketPlace('elsewhere', True),
                 '#12 is no ticket in a milestone of 2011 Prod',
                 id='elsewhere'),
    pytest.param({}, TicketPlace(PLACE.milestone, False), '#12 is closed',
                 id='closed'),
    pytest.param({'until': '2026-06-09'}, PLACE,
                 '"2026-06-09" is no day from today on', id='in the past'),
    pytest.param({'until': ''}, PLACE, '"" is no day', id='no day'),
    pytest.param({'until': 'tomorrow'}, PLACE, '"tomorrow" is no day',
                 id='no date'),
    pytest.param({'reason': ' '}, PLACE, 'Say why', id='no reason'),
    pytest.param({'reason': 'a\x00b'}, PLACE, 'control characters',
                 id='control characters'),
])
def test_what_cannot_be_tolerated_is_refused_with_the_reason(changes, place,
                                                             words):
    with pytest.raises(InvalidRequest) as refusal:
        tolerated_until(wish(**changes), state(), place, DAY)
    assert words in str(refusal.value)


def test_all_mistakes_are_told_at_once():
    with pytest.raises(InvalidRequest) as refusal:
        tolerated_until(wish(reason='', until=''), state(), None, DAY)
    assert [f for f, _ in refusal.value.problems] == ['ticket', 'reason',
                                                      'until']


@pytest.mark.parametrize(('grants', 'refused'), [
    ((), True), (('CAMPAIGN_LAUNCH', 'CAMPAIGN_HOLD'), True),
    (('CAMPAIGN_WAIVE',), False)])
def test_holders_of_campaign_waive_tolerate(grants, refused):
    found = toleration_refusal(Person('dora', grants=frozenset(grants)))
    assert found == ('only a holder of CAMPAIGN_WAIVE may'
                     if refused else None)


def tolerated(**changes):
    return entry('tolerated', **{'ticket': 12, 'until': '2026-06-30',
                                 'reason': 'Cosmetic.', **changes})


def test_toleration_given_anew_replaces_and_taken_back_ends():
    both = fold(chain(tolerated(), tolerated(ticket=13),
                      tolerated(until='2026-07-31', reason='Late.')))
    assert [(i.ticket, i.until, i.reason, i.by, i.number)
            for i in both.known_issues] == [
        (13, date(2026, 6, 30), 'Cosmetic.', 'anna', 3),
        (12, date(2026, 7, 31), 'Late.', 'anna', 4)]
    ended = fold(chain(tolerated(), tolerated(ticket=13),
                       entry('toleration-ended', ticket=12, reason='No.')))
    assert [i.ticket for i in ended.known_issues] == [13]


@pytest.mark.parametrize(('changes', 'words'), [
    pytest.param({}, None, id='tolerated'),
    pytest.param({'ticket': '13'}, '#13 is no known issue of 2011 Prod',
                 id='another'),
    pytest.param({'reason': ''}, 'Say why the ticket|tolerated no more',
                 id='no reason'),
])
def test_only_what_is_tolerated_ends_and_with_a_reason(changes, words):
    now = fold(chain(tolerated()))
    if words is None:
        check_end(wish(end=True, **changes), now)
    else:
        with pytest.raises(InvalidRequest, match=words):
            check_end(wish(end=True, **changes), now)
