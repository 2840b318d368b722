"""Notices: what somebody is told by hand, and what they chose to get."""

from __future__ import annotations

from datetime import date

import pytest
from trac.notification.model import Subscription
from trac.web.session import DetachedSession

from prodworkflow.domain.news.notices import (
    Kind,
    NoticeLine,
    PersonalNews,
    Section,
)
from prodworkflow.notification.mail import CampaignNotification
from support.campaigns import NAME

# The subscriber of each kind, as `[notification-subscriber]` names it.
SUBSCRIBERS = {
    Kind.MADE: 'CampaignMadeSubscriber',
    Kind.TURN: 'CampaignTurnSubscriber',
    Kind.AGAIN: 'CampaignAgainSubscriber',
    Kind.REJECTED: 'CampaignRejectedSubscriber',
    Kind.REMINDERS: 'CampaignRemindersSubscriber',
    Kind.WAIVERS: 'CampaignWaiversSubscriber',
    Kind.GATE: 'CampaignGateSubscriber',
    Kind.RUNNING: 'CampaignRunningSubscriber',
    Kind.NOBODY: 'CampaignNobodySubscriber',
    Kind.UPSTREAM: 'CampaignUpstreamSubscriber',
}


def line(ticket=7, title='Physics results ok', requirement='physics-results',
         due=date(2027, 2, 12), **more):
    """The line of a sign-off ticket."""
    return NoticeLine(title, ticket=ticket, requirement=requirement, due=due,
                      **more)


def section(kind, *lines, head='Something is told.', subject=''):
    """A section of a kind, with one line if none is given."""
    return Section(kind, head, lines or (line(),), subject)


def news(*sections, person='anna', campaign=NAME, actor='coordinator',
         waiting=0):
    """What a cause has for a person."""
    return PersonalNews(campaign, person, actor, sections, waiting)


@pytest.fixture
def tell(env):
    """Tells somebody news, as a use case does after its transaction."""
    return CampaignNotification(env).person_told


@pytest.fixture
def choose(env):
    """Adds a rule to the notification preferences of a person."""
    def choosing(kind, adverb='always', person='anna', style=None,
                 transport='email'):
        Subscription.add(env, {
            'sid': person, 'authenticated': 1, 'distributor': transport,
            'format': style, 'adverb': adverb, 'class': SUBSCRIBERS[kind]})
    return choosing


@pytest.fixture
def choose_html(env):
    """Lets people choose HTML in their preferences, for all their mail."""
    def choosing(person='anna'):
        session = DetachedSession(env, None)
        session.get_session(person, authenticated=True)
        session.set('notification.format.email', 'text/html')
        session.save()
    return choosing
