"""Reported files in the sign-off box: where values are from, questions."""

from __future__ import annotations

import json

from support.campaigns import ADMIN, ANNA
from support.http_client import words_of
from support.reported import suite, TEXT

AUTOMATIC = TEXT.replace('release_bound', 'automatic = true\nrelease_bound')


def test_box_shows_the_file_and_what_to_look_at_before_somebody_signs(
        make_reported, report_file, client):
    make_reported('2010 Prod')
    report_file(ANNA, name='2010 Prod')
    ticket = make_reported()
    report_file(ANNA, filename='<b>.log', size='4 kB/event')
    report_file(ANNA, suite(), 'tests.xml')
    page = client('anna').get(f'/ticket/{ticket}')
    words = words_of(page)
    assert '0/3 htcondor:crash_rate of &lt;b&gt;.log' in words
    assert '? same bytes as in 2010 Prod' in words
    assert '? older than the release V1: started 2026-04-09' in words
    assert '4 kB/event' in words
    assert '? typed, not read from a file' in words
    assert '<b>.log' not in page.text


def test_gate_tells_readings_and_questions(reported, report_file, client):
    report_file(ANNA)
    told = json.loads(client('anna').get('/campaign/Reported/gate').text)
    [line] = [each for stage in told['stages']
              for requirement in stage['requirements']
              for each in requirement.get('evidence', ())
              if each['name'] == 'crash_rate']
    assert line['read']['source'] == 'htcondor:crash_rate'
    assert line['read']['file'] == 'jobs.log'
    assert line['read']['sha256']
    assert line['questions']


def test_key_says_that_automatic_requirements_are_met_without_a_signature(
        make_reported, report_file, client, campaign):
    make_reported(text=AUTOMATIC)
    report_file(ADMIN, size='4 kB/event')
    report_file(ADMIN, suite(), 'tests.xml')
    report_file(ADMIN)
    words = words_of(client('anna').get('/campaign/Reported'))
    assert 'signed, or met by its evidence awaited' in words
    assert 'filled: met;' in words
    words = words_of(client('anna').get('/campaign/2011%20Prod'))
    assert 'met by its evidence' not in words
