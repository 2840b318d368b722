"""Reminders by hand: who may remind whom, of what, and how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.person import Deputy, Person
from prodworkflow.domain.news.asked_by_hand import ASKED as KIND
from prodworkflow.domain.news.asked_by_hand import fact, notices_for, refusal
from prodworkflow.domain.news.notices import Kind
from prodworkflow.domain.news.reminders import Told
from prodworkflow.domain.rules.gates import decide
from support.factories import ASKED, moment, requirement, snapshot, state

TODAY = date(2026, 6, 3)
ADMIN = Person('dora', grants=frozenset(['CAMPAIGN_ADMIN']))


def decided(first=None, **of_campaign):
    asked = [first or requirement('feature-freeze'),
             *(requirement(k) for k in list(ASKED)[1:])]
    return decide(replace(snapshot(), state=state(
        requirements=asked, **of_campaign)), moment(TODAY))


def test_all_that_can_be_signed_now_is_told():
    told = notices_for(decided(), 'anna', 'dora')
    assert len(told) == len(ASKED)
    assert {n.head for n in told} == {
        'dora reminds you: these sign-offs wait for you.'}
    assert told[0].line.words == '2 days late'
    assert {n.contacts for n in told} == {('anna',)}


def test_deputies_are_told_in_the_place_of_who_is_away():
    deputy = Deputy('olga', 'anna', TODAY, TODAY)
    told = notices_for(decided(replace(
        requirement('feature-freeze'), deputies=(deputy,))), 'anna', 'dora')
    assert told[0].contacts == ('olga',)
    assert told[1].contacts == ('anna',)


def test_what_has_no_day_is_told_without():
    found = decided()
    bare = decide(replace(found.snapshot, state=replace(
        found.snapshot.state, stages=tuple(
            replace(s, due=None) for s in found.snapshot.state.stages))),
        moment(TODAY))
    assert notices_for(bare, 'anna', 'dora')[0].line.words == ''


def test_that_somebody_is_reminded_is_a_fact_of_the_day():
    assert fact(decided(), 'anna') == Told(KIND, '', 'anna', TODAY, 0)


@pytest.mark.parametrize(('name', 'actor', 'last', 'words'), [
    pytest.param('anna', ADMIN, {}, None, id='may'),
    pytest.param('anna', ADMIN, {'anna': moment(date(2026, 6, 2))}, None,
                 id='yesterday'),
    pytest.param('anna', ADMIN, {'anna': moment(TODAY)},
                 'anna was reminded today already; try again tomorrow',
                 id='today'),
    pytest.param('eve', ADMIN, {},
                 'nothing waits for eve that can be signed now',
                 id='nothing waits'),
    pytest.param('anna', Person('bruno'), {},
                 'only a holder of CAMPAIGN_ADMIN reminds others',
                 id='may not'),
])
def test_refusals_say_why(name, actor, last, words):
    assert refusal(decided(), name, actor, last) == words


def test_nobody_is_reminded_of_a_campaign_that_is_over():
    assert 'read-only' in refusal(decided(phase='closed'), 'anna', ADMIN, {})


def test_reminder_by_hand_is_of_the_kind_that_is_subscribed_to():
    assert {n.kind for n in notices_for(decided(), 'anna', 'dora')} == {
        Kind.REMINDERS}
