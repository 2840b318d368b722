"""The history of a campaign's page is filtered by its address."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest


@pytest.fixture
def page(meeting, client):
    anna = client('anna')
    return lambda query='': anna.get(
        f'/campaign/{quote(meeting.name)}{query}')


def events(answer):
    """The entries that are shown, by number, and their words."""
    part = answer.text.split('<h2 id="history"')[1].split('<h2 ')[0]
    return {int(number): ' '.join(re.sub('<[^>]*>', '', words).split())
            for number, words in re.findall(
                r'(?s)<li id="entry-(\d+)"[^>]*>(.*?)</li>', part)}


def test_newest_entries_come_first_and_a_link_leads_to_the_others(page):
    answer = page()
    shown = list(events(answer))
    assert shown == sorted(shown, reverse=True)
    assert len(shown) == 8
    assert re.search('href="[^"]*history=all#history"', answer.text)
    everything = list(events(page('?history=all')))
    assert everything[:8] == shown
    assert everything[-1] == 1
    assert f'{len(everything) - 8} earlier entries' in answer.text


@pytest.mark.parametrize(('query', 'words'), [
    ('?what=rejected', 'rejected'), ('?what=holds', 'campaign'),
    ('?who=fabio&history=all', 'fabio'), ('?item=cnaf', 'CNAF'),
    ('?stage=pre-production&what=signed', 'approved')])
def test_history_is_filtered_by_what_who_stage_and_site(page, query, words):
    found = events(page(query))
    assert found
    assert all(words in each for each in found.values()), found


def test_history_begins_on_a_day(page):
    start = date.today() - timedelta(2)
    found = events(page(f'?from={start.isoformat()}'))
    assert 0 < len(found) < 10
    assert any('Ran over night.' in each for each in found.values())


def test_filters_stand_in_the_address_beside_the_day(page):
    answer = page('?since=2026-01-01&what=waived')
    part = answer.text.split('<h2 id="history"')[1].split('<h2 ')[0]
    assert '<input type="hidden" name="since" value="2026-01-01"/>' in part
    assert re.search(r'<option value="waived" selected', part)
    since = answer.text.split('<h2 id="since"')[1].split('<h2 ')[0]
    assert 'name="what" value="waived"' in since


def test_nothing_found_is_said(page):
    answer = page('?from=2990-01-01')
    assert events(answer) == {}
    assert 'Nothing in the history is like that.' in answer.text


@pytest.mark.parametrize(('query', 'name'), [
    ('?what=gossip', 'what'), ('?who=nobody', 'who'),
    ('?stage=dessert', 'stage'), ('?item=atlantis', 'item'),
    ('?from=soon', 'from'), ('?history=some', 'history')])
def test_a_filter_that_is_none_is_refused_by_name(page, query, name):
    answer = page(query)
    assert answer.status == 400
    assert re.search(rf'\b{name}\b', answer.text)
    assert 'Traceback' not in answer.text


def test_history_has_no_scrolling_area_of_its_own(page):
    css = page().text
    assert 'overflow' not in css.split('<h2 id="history"')[1].split('<h2 ')[0]
