"""What people chose of the mails of 0.4.0 holds for each of their kinds."""

from __future__ import annotations

import pytest
from trac.db.api import DatabaseManager
from trac.notification.model import Subscription

from prodworkflow.environment.schema import CampaignSchema

KINDS = ['CampaignGateSubscriber', 'CampaignRunningSubscriber',
         'CampaignNobodySubscriber', 'CampaignUpstreamSubscriber']


def rules(env, sid, distributor='email'):
    """The rules of a person in their order: class, adverb, format."""
    found = Subscription.find_by_sid_and_distributor(env, sid, 1, distributor)
    assert [rule['priority'] for rule in found] == list(
        range(1, len(found) + 1))
    return [(rule['class'], rule['adverb'], rule['format']) for rule in found]


@pytest.fixture
def subscribe(env):
    def subscribing(sid, *rows, distributor='email'):
        for name, adverb, style in rows:
            Subscription.add(env, {
                'sid': sid, 'authenticated': 1, 'distributor': distributor,
                'format': style, 'adverb': adverb, 'class': name})
    return subscribing


def upgrade(env):
    DatabaseManager(env).set_database_version(5, 'prodworkflow_version')
    CampaignSchema(env).upgrade_environment()


def test_choice_of_former_mails_is_that_of_each_kind_in_its_place(
        env, subscribe):
    first = ('TicketOwnerSubscriber', 'never', 'text/plain')
    last = ('CarbonCopySubscriber', 'always', None)
    subscribe('anna', first, ('CampaignNotification', 'never', 'text/plain'),
              last)
    subscribe('anna', ('CampaignNotification', 'always', None),
              distributor='chat')
    subscribe('bruno', last)
    upgrade(env)
    assert rules(env, 'anna') == [
        first, *((kind, 'never', 'text/plain') for kind in KINDS), last]
    assert rules(env, 'anna', 'chat') == [
        (kind, 'always', None) for kind in KINDS]
    assert rules(env, 'bruno') == [last]


def test_rules_that_somebody_has_twice_are_split_each(env, subscribe):
    subscribe('anna', ('CampaignNotification', 'never', None),
              ('CampaignNotification', 'always', None))
    upgrade(env)
    assert rules(env, 'anna') == [
        (kind, adverb, None) for adverb in ('never', 'always')
        for kind in KINDS]


def test_rules_are_split_once(env, subscribe):
    subscribe('anna', ('CampaignNotification', 'never', None))
    upgrade(env)
    found = rules(env, 'anna')
    upgrade(env)
    assert rules(env, 'anna') == found
