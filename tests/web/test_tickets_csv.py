"""The sign-off tickets of a campaign as CSV."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import pytest

FILE = '/campaign/2011%20Prod/tickets.csv'
TEN = ['Ticket', 'Summary', 'Component', 'Status', 'Resolution', 'Version',
       'Type', 'Priority', 'Owner', 'Modified']


def table(answer):
    return list(csv.reader(io.StringIO(answer.text)))


def test_file_has_the_ten_columns_first_and_a_line_a_ticket(
        campaign, sign, client):
    sign('feature-freeze')
    answer = client('anna').get(FILE)
    assert answer.status == 200
    assert answer.headers['Content-Type'] == 'text/csv;charset=utf-8'
    heads, *rows = table(answer)
    assert heads[:10] == TEN
    assert [row[0] for row in rows] == ['1', '2', '3', '4', '5', '6', '7']
    assert rows[0][1:9] == ['Feature Freeze', 'component1', 'closed', 'fixed',
                            'V1', 'task', 'major', 'anna']
    first = dict(zip(heads, rows[0]))
    assert first['Stage'] == '1. Software preparation'
    assert (first['State'], first['Signed by']) == ('met', 'anna')
    assert dict(zip(heads, rows[2]))['Waits for'] == 'anna, bruno'


def test_every_ticket_of_a_large_campaign_is_a_line(meeting, client):
    rows = table(client('anna').get(
        f'/campaign/{quote(meeting.name)}/tickets.csv'))[1:]
    assert sorted(int(row[0]) for row in rows) == sorted(
        meeting.tickets.values())


@pytest.mark.parametrize('text', ['=1+1', '+cmd', '-2', '@SUM(A1)'])
def test_no_cell_is_a_formula(campaign, client, env, text):
    env.db_transaction("UPDATE ticket SET summary=%s WHERE id=1", (text,))
    assert table(client('anna').get(FILE))[1][1] == f"'{text}"


def test_hidden_tickets_are_left_out(hiding, client):
    answer = client('bruno').get('/campaign/Prod/tickets.csv')
    assert answer.status == 200
    assert 'zircon' not in answer.text.lower()
    assert len(table(client('coordinator').get(
        '/campaign/Prod/tickets.csv'))) > len(table(answer))


def test_file_is_only_read_and_needs_leave(campaign, client):
    assert client('anna').post(FILE, {}).status == 405
    assert client().get('/campaign/nope/tickets.csv').status == 404


def test_page_leads_to_the_file_and_folds_the_table(campaign, client):
    page = client('anna').get('/campaign/2011%20Prod').text
    assert f'href="{FILE}"' in page
    folded = page.split('<details class="pw-as-tickets"')[1]
    assert not folded.startswith(' open')
    assert folded.index('<table class="listing tickets') < folded.index(
        '</details>')
