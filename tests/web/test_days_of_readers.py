"""Days on a page have one format: that of who reads it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from trac.web.session import DetachedSession

from support.http_client import words_of
from support.meeting_campaign import MEETING

PAGE = f'/campaign/{quote(MEETING)}'
ISO = re.compile(r'\d{4}-\d\d-\d\d')
# What is typed or copied is written as machines read it.
WRITTEN = re.compile(r'(?s)<(textarea|code|script)\b.*?</\1>')


def read(answer):
    """The words of a page but for what is typed or copied."""
    assert answer.status == 200
    return re.sub('(?s)<[^>]*>', ' ', WRITTEN.sub('', answer.text))


@pytest.fixture
def prefers(env):
    """Sets a preference of a user."""
    def choose(user, **preferences):
        session = DetachedSession(env, user)
        for name, value in preferences.items():
            session[name] = value
        session.save()
    return choose


@pytest.mark.parametrize('place', [
    PAGE, f'{PAGE}?history=all', f'{PAGE}/meeting', f'{PAGE}/launch',
    '/roadmap', '/campaign', '/admin/production/campaigns/Autumn%202026'])
def test_sentences_write_days_as_the_page_does(meeting, client, place):
    page = client('coordinator').get(place)
    found = ISO.findall(read(page))
    assert found == []


def test_the_box_of_a_waived_sign_off_has_one_format(
        meeting, client, prefers):
    prefers('anna', language='en_US')
    number = meeting.tickets['calibration.mag']
    page = client('anna').get(f'/ticket/{number}').text
    box = page.split('id="prodworkflow-box"')[1].split('</dl>')[0]
    assert re.search(r'until \w{3} \d\d?, \d{4}', box)
    assert ISO.findall(re.sub('<[^>]*>', ' ', box)) == []


def test_who_prefers_iso_reads_iso(meeting, client, prefers):
    prefers('anna', lc_time='iso8601')
    start = (date.today() + timedelta(24)).isoformat()
    history = words_of(client('anna').get(f'{PAGE}?what=plan'))
    assert f'moved the start from {start[:4]}' in history
    assert f' to {start}: “Beam time was moved.”' in history


def test_a_reader_of_italian_reads_italian_days(meeting, client, prefers):
    prefers('anna', language='it')
    history = words_of(client('anna').get(f'{PAGE}?what=waived'))
    assert re.search(r'\d{1,2} (gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|'
                     r'dic) \d{4}: “The old calibration will do.”', history)


def test_minutes_that_many_read_keep_iso_days(meeting, client):
    page = client('anna').get(f'{PAGE}/meeting').text
    minutes = page.split('<textarea')[1].split('</textarea>')[0]
    assert re.search(r'moved the start from \d{4}-\d\d-\d\d to', minutes)


def test_ticket_comments_keep_iso_days(env, meeting):
    said = [text for text, in env.db_query(
        "SELECT newvalue FROM ticket_change WHERE field='comment' "
        "AND ticket=%s", (meeting.tickets['calibration.mag'],))]
    assert any(re.search(r'until \d{4}-\d\d-\d\d', text) for text in said)
