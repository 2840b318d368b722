"""What news cost where nobody is told, and who hears of them."""

from __future__ import annotations

import pytest
from trac.core import Component, implements
from trac.db import util

from prodworkflow.api import ICampaignListener
from prodworkflow.api.news import delivery
from prodworkflow.domain.rules import gates
from support.campaigns import NAME


class Silent(Component):
    """Would tell people, but reaches nobody now."""

    implements(ICampaignListener)

    def reaches_anybody(self):
        return False

    def person_told(self, news):
        raise AssertionError('nobody is to be told')


class Careless(Component):
    """Fails."""

    implements(ICampaignListener)

    def person_told(self, news):
        raise RuntimeError('no paper')


@pytest.fixture
def statements(monkeypatch):
    """The statements from now on."""
    found = []
    really = util.IterableCursor.execute

    def executing(self, sql, args=None):
        found.append(' '.join(sql.split()))
        return really(self, sql, args)
    monkeypatch.setattr(util.IterableCursor, 'execute', executing)
    return found


@pytest.fixture
def decided(monkeypatch):
    """The snapshots that news are decided on."""
    found = []

    def deciding(snapshot, now):
        found.append(snapshot)
        return gates.decide(snapshot, now)
    monkeypatch.setattr(delivery, 'decide', deciding)
    return found


def test_where_nobody_is_reached_nothing_is_asked_and_decided(
        create, sign, env, statements, decided):
    for name in ('First', 'Warm', 'Last'):
        create(name)
    counts = []
    for name in ('First', 'Warm', 'Last'):
        if name == 'Last':
            env.enable_component(Silent)
        del statements[:]
        sign('feature-freeze', name=name)
        counts.append(len(statements))
    assert counts[2] == counts[1]
    assert decided == []


def test_decided_is_twice_a_change_and_nothing_of_it_under_the_lock(
        told, campaign, sign, system, decided):
    told()
    del decided[:]
    with system.doors.transaction([1]):
        sign('feature-freeze', 'software-quality')
        assert decided == []
    assert len(decided) == 2


def test_what_one_listener_raises_keeps_nobody_from_being_told(
        told, create, env):
    env.enable_component(Careless)
    create()
    assert [*told()] == ['anna', 'bruno']
    with open(f'{env.path}/log/trac.log') as log:
        assert 'Failure telling people of a campaign: ' in log.read()


def test_what_is_looked_at_changes_nothing_and_tells_nobody(
        told, campaign, system, decided):
    told()
    del decided[:]
    with system.doors.transaction([1]):
        system.queries.decision(NAME)
    system.check(NAME, False, 'root')
    assert told() == {}
    assert decided == []
