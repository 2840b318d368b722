"""The part of a campaign's page that shows waivers and known issues."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from prodworkflow.api import KnownIssueRequest, SignOffRequest, Verdict
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.rules.waivers.requests import WaiverRequest
from prodworkflow.gateways.clock import now
from support.campaigns import ADMIN, NAME
from support.http_client import words_of
from support.written_days import written

SOON = day_of(now()) + timedelta(days=3)


@pytest.fixture
def part(client):
    """The HTML of the section, and its text."""
    def read(name=NAME, user='coordinator'):
        page = client(user).get(f'/campaign/{quote(name)}').text
        html = page.split('id="waivers-and-known-issues"')[1].split('<h2')[0]
        return html, words_of(SimpleNamespace(text=html))
    return read


def test_where_nothing_is_lifted_one_sentence_says_so(campaign, part):
    assert ('No waiver is in force, and no known issue is tolerated.'
            in part()[1])


def test_a_waiver_is_a_row_with_what_it_lifts_and_how_long(
        campaign, part, system):
    system.record(NAME, 'software-quality', ADMIN, SignOffRequest(
        Verdict.WAIVED, 'Known.', leave=WaiverRequest(
            'awaiting', str(SOON))))
    html, words = part()
    assert '#2 Software quality ok awaited' in words
    assert 'in 3 days' in words
    assert '“Known.”' in words
    assert f'/ticket/{campaign["software-quality"]}"' in html


def test_a_known_issue_lifts_nothing_and_can_be_ended(
        campaign, part, system, blocker):
    number = blocker()
    words = part()[1]
    assert f'#{number} Jobs crash' in words
    assert 'Tolerate…' in words
    system.lifecycle.tolerate(NAME, ADMIN, KnownIssueRequest(
        str(number), 'Rare.', str(SOON)), True)
    _html, words = part()
    assert f'Known issue nothing; #{number} Jobs crash stays open' in words
    assert 'Tolerate no more…' in words
    assert 'Tolerate' not in part(user='eve')[0].replace('tolerates', '')


def test_a_waiver_that_has_ended_is_folded(expired, part):
    _html, words = part()
    assert '1 that has ended' in words
    assert f'it expired with {written("2020-01-01")}' in words
    assert 'No waiver is in force' in words


def test_the_meeting_sees_bound_and_value(meeting, part):
    words = part(meeting.name)[1]
    assert 'Crash rate up to 2 %1.5 %' in words.replace(' 1.5', '1.5')
