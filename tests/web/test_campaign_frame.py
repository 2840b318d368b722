"""The frame of a campaign's page: headings, contents, folded forms, cost."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from trac.db import util

from prodworkflow.api import SignOffRequest, Verdict
from support.campaigns import ANNA, NAME
from support.meeting_campaign import meeting_campaign, sites_for

PAGE = '/campaign/2011%20Prod'
HEADINGS = ['since', 'timeline', 'stages', 'waited-for', 'matrix', 'numbers',
            'plots', 'waivers-and-known-issues', 'releases', 'history',
            'lines-to-copy']
WORDS = ['Since', 'Timeline', 'Stages', 'Waited for', 'Matrix', 'Numbers',
         'Plots', 'Waivers and known issues', 'Releases', 'History',
         'Lines to copy']
LARGE = 'Large'
BYTES = 150000


@pytest.fixture
def sent(monkeypatch):
    """The statements sent from now on."""
    found = []
    execute = util.IterableCursor.execute

    def sending(self, sql, args=None):
        found.append(' '.join(sql.split()))
        return execute(self, sql, args)
    monkeypatch.setattr(util.IterableCursor, 'execute', sending)
    return found


@pytest.fixture
def large(env):
    """A campaign of 211 sign-offs."""
    return meeting_campaign(env, sites_for(211), name=LARGE)


@pytest.mark.parametrize('user', ['coordinator', 'anna', None])
def test_headings_come_in_order_and_contents_lead_to_each(
        campaign, client, user):
    page = client(user).get(PAGE).text
    found = re.findall(r'<h2 id="([\w-]+)"[^>]*>\s*([^<]*)', page)
    ours = [(each, words.strip()) for each, words in found
            if each in HEADINGS]
    assert ours == list(zip(HEADINGS, WORDS))
    contents = re.search(r'(?s)<nav class="pw-contents".*?</nav>', page)[0]
    assert [each for each in re.findall('href="#([^"]*)"', contents)
            if each in HEADINGS] == HEADINGS


def test_no_id_stands_twice_on_a_page(meeting, client):
    page = client('coordinator').get(f'/campaign/{quote(meeting.name)}').text
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_badge_beside_the_name_says_where_the_campaign_is(
        campaign, client, system):
    def badge():
        head = re.search('(?s)<h1>2011 Prod.*?</h1>', client('anna').get(
            PAGE).text)[0]
        return re.sub('<[^>]*>', ' ', head).split('2011 Prod')[1].strip()
    assert badge() == 'stage 1 of 3'
    system.lifecycle.hold(NAME, ANNA, 'Storage.')
    assert badge() == 'on hold'


def test_forms_are_folded_at_the_end_until_they_are_asked_for(
        campaign, client):
    coordinator = client('coordinator')
    page = coordinator.get(PAGE).text
    form = re.search(r'(?s)<details class="pw-fold"([^>]*)>\s*<summary>[^<]*'
                     r'</summary>\s*<form class="pw-controls" '
                     'id="prodworkflow-controls"', page)
    assert form[1] == ''
    assert page.index('id="lines-to-copy"') < form.start()
    refused = coordinator.post(PAGE, {'act': 'resume', 'revision': '1',
                                      'reason': 'It is mended.'})
    assert refused.status == 409
    assert re.search(r'(?s)<details class="pw-fold" open="open">\s*<summary>'
                     r'[^<]*</summary>\s*<form class="pw-controls"',
                     refused.text)
    assert 'value="It is mended."' in refused.text


def test_page_of_211_sign_offs_is_at_most_150_kilobytes(large, client):
    page = client('coordinator').get(f'/campaign/{LARGE}').text
    assert page.count('<tr><td><a href="/ticket/') == 211
    assert len(page.encode()) <= BYTES


def test_statements_are_as_many_for_211_sign_offs_as_for_seven(
        campaign, large, client, sent, system):
    system.record(NAME, 'feature-freeze', ANNA,
                  SignOffRequest(Verdict.APPROVED, 'Fine.'))
    anna, counts = client('anna'), []
    for path in (PAGE, f'/campaign/{LARGE}') * 2:
        sent.clear()
        assert anna.get(path).status == 200
        counts.append(sum('prodworkflow_' in each or 'FROM ticket' in each
                          for each in sent))
    assert counts[2] == counts[3]
