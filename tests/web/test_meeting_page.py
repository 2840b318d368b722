"""The page of a meeting: for a projector and for paper, with minutes."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest


@pytest.fixture
def where(meeting):
    return f'/campaign/{quote(meeting.name)}'


def minutes(answer):
    return html.unescape(re.search(r'(?s)<textarea[^>]*>\n?(.*?)</textarea>',
                                   answer.text)[1])


def test_it_is_the_campaigns_page_without_forms_and_contents(where, client):
    answer = client('coordinator').get(f'{where}/meeting')
    assert answer.status == 200
    page = answer.text.split('id="content"')[1].split('id="footer"')[0]
    for heading in ('since', 'timeline', 'stages', 'waited-for', 'matrix',
                    'numbers', 'history', 'minutes'):
        assert f'<h2 id="{heading}"' in page
    assert 'pw-contents' not in page
    assert 'type="submit"' not in page
    assert f'href="{where}"' in page
    assert f'href="{where}/meeting"' in client('anna').get(where).text


def test_it_is_printed_by_its_own_style_sheet(where, client):
    for path in (where, f'{where}/meeting', f'{where}/plots',
                 '/campaign/matrix'):
        page = client('anna').get(path).text
        link = re.search(r'<link [^>]*prodworkflow_print\.css[^>]*>', page)[0]
        assert 'media="print"' in link


def test_print_leaves_out_navigation_forms_and_buttons(client, where):
    sheet = client().get('/chrome/prodworkflow/prodworkflow_print.css').text
    hidden = sheet.split('{ display: none')[0]
    for each in ('#mainnav', '.pw-contents', 'form', '.pw-button', 'button'):
        assert each in hidden


def test_minutes_say_what_changed_whom_is_waited_for_and_decisions(
        where, client):
    day = (date.today() - timedelta(12)).isoformat()
    words = minutes(client('anna').get(f'{where}/meeting?since={day}'))
    assert words.startswith(f'== [campaign:"Autumn 2026"]: '
                            f'{date.today().isoformat()} ==\n')
    assert f'=== Since {day} ===' in words
    assert re.search(r'(?m)^ \* 1 rejected: #\d+ Key plots of TRG, hugo: '
                     '“The resolution is worse', words)
    assert '=== Waited for ===' in words
    assert re.search(r'(?m)^ \* anna: #\d+', words)
    decisions = words.split('=== Decisions ===')[1]
    assert 'coordinator moved the campaign to release V1.1' in decisions
    assert 'moved the start' in decisions
    assert 'Not ready' in words


def test_minutes_are_only_read(where, client):
    assert re.search('<textarea [^>]*readonly', client('anna').get(
        f'{where}/meeting').text)
    assert client('anna').post(f'{where}/meeting', {}).status == 405


def test_unknown_campaigns_and_bad_days_are_told(where, client):
    assert client('anna').get('/campaign/nope/meeting').status == 404
    assert client('anna').get(f'{where}/meeting?since=x').status == 400


def test_minutes_of_a_meeting_without_news_say_so(where, client):
    day = (date.today() + timedelta(1)).isoformat()
    words = minutes(client('anna').get(f'{where}/meeting?since={day}'))
    assert 'Nothing was signed, rejected, waived or asked again.' in words
