"""The part of a campaign's page that shows numbers beside their bounds."""

from __future__ import annotations

import re
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from prodworkflow.api import EvidenceInput, SignOffRequest, Verdict
from support.campaigns import ANNA, BRUNO, FULL, NAME
from support.http_client import words_of


@pytest.fixture
def numbers(client):
    """The HTML of the section, and its text."""
    def read(name=FULL):
        page = client('coordinator').get(f'/campaign/{quote(name)}').text
        part = page.split('id="numbers"')[1].split('<h2')[0]
        return part, words_of(SimpleNamespace(text=part))
    return read


@pytest.fixture
def report(full, system):
    def reporting(person, key, **values):
        system.record(FULL, key, person, SignOffRequest(
            Verdict.REPORTED, 'Measured.', EvidenceInput(values)))
    return reporting


def test_a_revision_does_not_overwrite_the_estimate(report, numbers):
    report(ANNA, 'resources-estimate', cpu_time_per_job='10 h')
    report(ANNA, 'resources-estimate', cpu_time_per_job='11 h')
    report(BRUNO, 'runtime-performance', cpu_time_per_job='12 h')
    html, words = numbers()
    row = html.split('CPU time per job</a>')[1].split('</tr>')[0]
    assert [re.sub('<[^>]*>', '', cell).split()[:2] for cell in re.findall(
        '(?s)<td[^>]*>(.*?)</td>', row)[:3]] == [
            ['10', 'h'], ['11', 'h'], ['12', 'h']]
    assert '9.1 % above the estimate' in words
    assert 'role="img"' in row


def test_a_value_out_of_bounds_is_judged_in_words(report, numbers):
    report(BRUNO, 'runtime-performance', crash_rate='70 %')
    html, _words = numbers()
    assert re.search('class="pw-late">above [0-9.]+ %', html)
    assert 'pw-g-out' in html


def test_each_quantity_leads_to_its_ticket(full, numbers):
    html, words = numbers()
    assert f'/ticket/{full["memory-leaks"]}"' in html
    assert 'not measured yet' in words


def test_quantities_of_one_name_are_told_apart_by_their_tickets(
        full, numbers):
    html, _words = numbers()
    told = re.findall(
        r'href="/ticket/(\d+)"[^>]*>[^<]*</a> <span[^>]*>#(\d+)</span>', html)
    assert len(told) > 3
    assert all(ticket == shown for ticket, shown in told)


def test_a_campaign_without_values_says_so(campaign, numbers):
    assert 'No values are asked for in this campaign.' in numbers(NAME)[1]


def test_values_of_forty_sites_do_not_fill_the_page(meeting, numbers):
    html, words = numbers(meeting.name)
    assert 'Crash rate given by 30 of 40 · 2 out of bounds' in words
    shown = re.sub('(?s)<details.*?</details>', '', html)
    assert shown.count('<tr') < 16
    assert len(html) < 25000
