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


NOT_THERE = ('ticket', '#12 is no ticket in a milestone of 2011 Prod; there '
             'is nothing to tolerate.')
NO_DAY = ('until', '"{}" is no day from today on; write the last day of the '
          'toleration as YYYY-MM-DD, for it must end (UTC).')


@pytest.mark.parametrize(('changes', 'place', 'field', 'words'), [
    pytest.param({'ticket': 'x'}, PLACE, 'ticket', '"x" is no ticket; write '
                 'its number, as in #8.', id='no number'),
    pytest.param({'ticket': ''}, PLACE, 'ticket', '"" is no ticket; write '
                 'its number, as in #8.', id='nothing'),
    pytest.param({'ticket': '-1'}, PLACE, 'ticket', '"-1" is no ticket; '
                 'write its number, as in #8.', id='negative'),
    pytest.param({'ticket': '9' * 70}, PLACE, 'ticket', f'"{"9" * 64}" is no '
                 'ticket; write its number, as in #8.', id='too many'),
    pytest.param({'ticket': '3'}, PLACE, 'ticket', '#3 is a sign-off ticket '
                 'of 2011 Prod; give leave to pass without it by a waiver.',
                 id='sign-off ticket'),
    pytest.param({}, None, *NOT_THERE, id='not there, or hidden'),
    pytest.param({}, TicketPlace('elsewhere', True), *NOT_THERE,
                 id='elsewhere'),
    pytest.param({}, TicketPlace('', True), *NOT_THERE, id='no milestone'),
    pytest.param({}, TicketPlace(PLACE.milestone, False), 'ticket',
                 '#12 is closed; there is nothing to tolerate.', id='closed'),
    *(pytest.param({'until': text}, PLACE, 'until', NO_DAY[1].format(
        text[:64]), id=f'until {text[:12] or "nothing"}') for text in (
            '2026-06-09', '', 'tomorrow', '2026-6-11', 'x' * 70)),
    pytest.param({'reason': ' '}, PLACE, 'reason', 'Say why the ticket may '
                 'stay open; the reason is kept and shown.', id='no reason'),
    pytest.param({'reason': 'a\x00b'}, PLACE, 'reason', 'The reason cannot '
                 'hold the control characters U+0000; leave them out.',
                 id='control characters'),
])
def test_what_cannot_be_tolerated_is_refused_with_the_reason(
        changes, place, field, words):
    with pytest.raises(InvalidRequest) as refusal:
        tolerated_until(wish(**changes), state(), place, DAY)
    assert list(refusal.value.problems) == [(field, words)]


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


@pytest.mark.parametrize(('changes', 'problems'), [
    pytest.param({}, [], id='tolerated'),
    pytest.param({'ticket': '13'}, [
        ('ticket', '#13 is no known issue of 2011 Prod; nothing ends.')],
        id='another'),
    pytest.param({'reason': ''}, [
        ('reason', 'Say why it is tolerated no more; the reason is kept and '
         'shown.')], id='no reason'),
])
def test_only_what_is_tolerated_ends_and_with_a_reason(changes, problems):
    now, asked = fold(chain(tolerated())), wish(end=True, **changes)
    if not problems:
        check_end(asked, now)
        return
    with pytest.raises(InvalidRequest) as refusal:
        check_end(asked, now)
    assert list(refusal.value.problems) == problems
