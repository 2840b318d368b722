"""Campaigns in Trac's timeline, with a filter of their own."""

from __future__ import annotations

import re

import pytest
from trac.perm import PermissionSystem

from prodworkflow.activity import timeline
from support.campaigns import NAME


@pytest.fixture
def events(client):
    """The events of campaigns that a page of the timeline lists, in words.

    Newest first, each with where it leads to.
    """
    def read(user='eve', query='campaign=on'):
        page = client(user).get(f'/timeline?{query}')
        assert page.status == 200
        return [(' '.join(re.sub('<[^>]*>', '', text).split()), href)
                for href, text in re.findall(
                    r'(?s)<dt class="campaign[^"]*">\s*<a href="([^"]*)">'
                    r'\s*<span class="time">.*?</span>(.*?)</a>',
                    page.text)]
    return read


def test_what_happened_is_listed_by_default_and_leads_to_the_box(
        campaign, sign, events):
    sign('feature-freeze')
    found = events(query='')
    ticket = campaign['feature-freeze']
    assert found[0][0] == (f'{NAME}: approved #{ticket} Feature Freeze by '
                           'anna')
    assert found[0][1].endswith(f'/ticket/{ticket}#prodworkflow-box')
    assert found[-1][0] == f'{NAME}: created the campaign by coordinator'
    assert found[-1][1].endswith('/campaign/2011%20Prod')


def test_the_statement_stands_below_the_event(campaign, system, client):
    system.sign(NAME, 'feature-freeze', 'anna', False, 'All <b>is</b> frozen.')
    page = client('eve').get('/timeline?campaign=on')
    below = re.search(r'(?s)<dd class="campaign[^"]*">(.*?)</dd>',
                      page.text)[1]
    assert below.strip() == 'All &lt;b&gt;is&lt;/b&gt; frozen.'


def test_without_its_filter_no_event_is_listed(campaign, events):
    assert events(query='campaign=on') != []
    assert events(query='ticket=on') == []


def test_who_may_not_see_campaigns_has_neither_filter_nor_events(
        campaign, env, client, events):
    permissions = PermissionSystem(env)
    for action in ('ROADMAP_VIEW', 'MILESTONE_VIEW'):
        permissions.revoke_permission('anonymous', action)
    assert 'name="campaign"' not in client().get('/timeline').text
    assert events(None) == []


def test_events_outside_the_time_are_left_out(campaign, events):
    assert events(query='campaign=on&from=2020-01-01&daysback=30') == []


def test_authors_are_those_who_acted(campaign, sign, events):
    sign('feature-freeze')
    assert [words for words, _ in events(
        query='campaign=on&authors=coordinator')] == [
            f'{NAME}: created the campaign by coordinator']


@pytest.fixture
def few(monkeypatch):
    """A page lists the latest three events only."""
    monkeypatch.setattr(timeline, 'MOST', 3)


def test_of_very_many_on_a_day_the_latest_are_listed(create, events, few):
    for number in range(5):
        create(f'P{number}')
    found = events()
    assert [words.partition(':')[0] for words, _ in found] == [
        'P4', 'P3', 'P2', 'Campaigns']
    assert found[-1] == ('Campaigns: more happened before', '/campaign')


def test_what_happened_on_days_before_is_linked(create, events, few, env):
    for number in range(5):
        create(f'P{number}')
    env.db_transaction("""
        UPDATE prodworkflow_ledger SET time=time-10*86400000000
        WHERE campaign<3""")
    words, href = events()[-1]
    assert words == 'Campaigns: more happened before'
    assert re.fullmatch(r'/timeline\?campaign=on&amp;from=\d{4}-\d\d-\d\d',
                        href)
    earlier = events(query=href.partition('?')[2].replace('&amp;', '&'))
    assert [words.partition(':')[0] for words, _ in earlier] == ['P1', 'P0']


def test_events_of_removed_campaigns_are_gone(campaign, system, events):
    system.lifecycle.remove(NAME, 'coordinator', 'A test.')
    assert events() == []


def test_the_rss_of_the_timeline_has_them_too(campaign, sign, client):
    sign('feature-freeze')
    page = client('eve').get('/timeline?campaign=on&format=rss')
    assert page.status == 200
    assert f'{NAME}: approved #{campaign["feature-freeze"]} Feature Freeze' \
        in page.text
