"""Events of campaigns: words, tickets, ids, and what is hidden of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.views.activity.events import (
    by_campaign,
    campaign_events,
    shown_events,
    tickets_named,
    urn,
)
from prodworkflow.domain.views.visibility.state_filter import StateFilter
from support.factories import chain, entry, KEYS, requirement, state

FREEZE = 'feature-freeze'


def told(*entries, now=None):
    """The events of these entries, sealed behind a first `created`."""
    return campaign_events(chain(*entries), now or state())[1:]


def shown(events, tickets=(), stages=(), now=None):
    return [e.event.words for e in shown_events(events, StateFilter(
        now or state(), frozenset(tickets), frozenset(stages)))]


def test_a_statement_is_apart_from_what_was_done():
    event, = told(entry('approved', FREEZE, ticket=1, statement=' All\nis. '))
    assert event.title == '2011 Prod: approved #1 Feature Freeze'
    assert event.what == 'approved #1 Feature Freeze'
    assert event.said == 'All is.'
    assert event.event.words == 'approved #1 Feature Freeze: “All is.”'
    assert event.ticket == 1
    assert event.place == (1, 2)


def test_what_quotes_nothing_is_whole():
    event, = told(entry('stage-closed', stage=KEYS[0]))
    assert event.what == 'closed stage 1. Software preparation'
    assert event.said == ''
    assert event.ticket is None


def test_what_went_against_the_rules_stays_in_one_piece():
    event, = told(entry('launched', reason='Now.', against=['it is early']))
    assert event.said == ''
    assert event.what == ('launched production: “Now.”, against the rules: it '
                          'is early')


def test_events_are_in_the_order_of_the_ledger():
    entries = chain(entry('held', reason='x'), entry('resumed', reason='y'))
    found = campaign_events(reversed(entries), state())
    assert [e.entry.number for e in found] == [1, 2, 3]
    assert [e.event.number for e in found] == [1, 2, 3]


def test_the_ticket_of_what_dropped_out_is_known_still():
    gone = replace(requirement(FREEZE), key='gone', title='Gone', ticket=9)
    event, = told(entry('rejected', 'gone', statement='No.'),
                  now=replace(state(), dropped=(gone,)))
    assert event.ticket == 9


@pytest.mark.parametrize(('made', 'expected'), [
    pytest.param(entry('approved', FREEZE, statement='As in #12.'), {1, 12},
                 id='own and in the statement'),
    pytest.param(entry('ticket-entered', ticket=77, stage=KEYS[0]), {77},
                 id='another'),
    pytest.param(entry('unheard-of', ticket=78), {78},
                 id='one that no word tells'),
    pytest.param(entry('held', reason='Because.'), set(), id='none')])
def test_all_tickets_of_an_event_are_named(made, expected):
    assert tickets_named(told(made)[0]) == expected


@pytest.mark.parametrize(('hidden', 'expected'), [
    pytest.param({}, 4, id='nothing'),
    pytest.param({'tickets': (1,)}, 2, id='the ticket, and its title'),
    pytest.param({'tickets': (12,)}, 3, id='a ticket in a statement'),
    pytest.param({'stages': KEYS[:1]}, 3, id='the milestone'),
    pytest.param({'stages': KEYS[1:2]}, 3, id='another milestone')])
def test_what_tells_of_something_hidden_is_left_out(hidden, expected):
    events = told(entry('approved', FREEZE, statement='Fine.'),
                  entry('approved', 'release-validated', statement='#12'),
                  entry('held', reason='For Feature Freeze.'),
                  entry('resumed', reason='Fine now.'))
    found = shown(events, **hidden)
    assert len(found) == expected
    assert found[-1] == 'resumed the campaign: “Fine now.”'


def test_what_has_a_hidden_ticket_is_left_out_though_no_word_says_so():
    now = state(requirements=[replace(requirement(FREEZE), title='Fine')])
    events = told(entry('unheard-of', FREEZE), entry('resumed'), now=now)
    assert shown(events, now=now) == ['unheard-of', 'resumed the campaign']
    assert shown(events, (1,), now=now) == ['resumed the campaign']


def test_ids_are_those_of_the_hashes():
    one, other = told(entry('held', reason='x'), entry('held', reason='y'))
    assert one.urn == urn(one.entry.hash) != other.urn
    # For ever: feed readers have kept it.
    assert urn('0' * 64) == 'urn:uuid:55784a01-bd52-5764-8049-05834f086841'


def test_entries_are_sorted_by_campaign():
    def of(campaign, number):
        return Entry(campaign, number, 0, '', '', '', '', {}, '', '')
    entries = [of(2, 1), of(1, 7), of(2, 3)]
    assert by_campaign(entries) == {1: [entries[1]],
                                    2: [entries[0], entries[2]]}
    assert by_campaign([]) == {}


def test_an_entry_without_a_requirement_has_no_ticket():
    strange = Requirement('', KEYS[0], 'Strange', 5, 0)
    event, = told(entry('held', reason='x'),
                  now=state(requirements=[strange]))
    assert event.ticket is None


def test_words_that_are_no_message_are_whole():
    event, = told(entry('held', reason='x'))
    plain = replace(event, event=replace(event.event, words='held it'))
    assert (plain.what, plain.said) == ('held it', '')
