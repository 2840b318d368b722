"""Compact cards of campaigns, and the order in which the roadmap has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.my_signoffs import NOTHING, Waiting
from prodworkflow.domain.views.readiness import readiness
from prodworkflow.domain.views.roadmap.card import CampaignCard, Place
from prodworkflow.domain.views.roadmap.urgency import urgency
from support.factories import ASKED, facts, KEYS, moment, signoff, snapshot

BEFORE = date(2026, 5, 20)
AFTER = date(2026, 6, 10)
HELD = {'held_since': 1, 'held_by': 'anna', 'held_because': 'A leak.'}
LAUNCHED = {'launched': moment(BEFORE)}
CLOSED = dict.fromkeys(KEYS, moment(BEFORE))


def told(signed=(), today=BEFORE, mine=NOTHING, closed=None, stages=(),
         **changes):
    made = snapshot(signed, **{'milestones': closed} if closed else {})
    made = replace(made, state=replace(made.state, campaign=replace(
        made.state.campaign, **changes)))
    return readiness(decide(made, moment(today)), waiting_keys=mine,
                     hidden_stages=frozenset(stages))


def name(word, **changes):
    return told(name=word, **changes)


@pytest.mark.parametrize(('made', 'place', 'badge'), [
    pytest.param(told(), Place.UNDER_WAY, 'stage 1 of 3', id='under way'),
    pytest.param(told(stages=KEYS), Place.READY, 'all stages closed',
                 id='hidden'),
    pytest.param(told(list(ASKED), closed=CLOSED), Place.READY,
                 'all stages closed', id='ready'),
    pytest.param(told(**HELD), Place.HELD, 'on hold', id='held'),
    pytest.param(told(**LAUNCHED), Place.ALARM, 'should stop', id='alarm'),
    pytest.param(told(list(ASKED), **LAUNCHED), Place.LAUNCHED, 'launched',
                 id='launched'),
    pytest.param(told(phase='abandoned'), Place.ENDED, 'over', id='over'),
])
def test_the_badge_says_where_a_campaign_is(made, place, badge):
    card = CampaignCard(made)
    assert (card.place, card.badge) == (place, badge)


def test_a_card_counts_what_waits_late_or_now():
    mine = Waiting(('resources-estimate',), ('software-quality', 'hidden'),
                   ('physics-results', 'hidden too'))
    card = CampaignCard(told(['feature-freeze'], AFTER, mine))
    assert card.present.stage.number == 1
    assert card.late == 9
    assert card.awaited == {'anna': 6}
    assert CampaignCard(told(['feature-freeze'])).awaited == {'anna': 2}
    assert [a.requirement.key for a in card.mine] == ['resources-estimate',
                                                      'software-quality']
    assert card.early == 1
    assert card.troubles == []
    assert card.written('Doe, Jane') == '"Doe, Jane"'


def test_without_a_present_stage_all_that_waits_counts():
    card = CampaignCard(told(closed=CLOSED))
    assert (card.present, card.late) == (None, 0)
    assert card.awaited == {'anna': 7}


def test_a_card_counts_troubles_by_their_kinds():
    signed = snapshot(tickets={
        k: facts(k, 'closed' if k in list(ASKED)[:2] else 'new')
        for k in ASKED})
    found = replace(signed, state=replace(signed.state, signoffs=(
        signoff(1, 'physics-results', 'rejected'),)))
    card = CampaignCard(readiness(decide(found, moment(BEFORE))))
    assert card.troubles == ['2 × closed without a sign-off', '1 × rejected']
    assert card.remarks == [*card.told.notes]


def test_the_most_urgent_campaigns_come_first():
    expected = [
        name('alarm', **LAUNCHED), name('very late', today=AFTER),
        name('late', today=date(2026, 6, 2)), name('held', **HELD),
        name('a calm one'), name('calm'),
        name('ready', signed=list(ASKED), closed=CLOSED),
        name('undated', signed=list(ASKED), closed=CLOSED, start=None),
        name('running', signed=list(ASKED), **LAUNCHED),
        name('over', phase='closed')]
    found = expected[::-1]
    found.sort(key=urgency)
    assert [t.campaign.name for t in found] == [
        t.campaign.name for t in expected]
