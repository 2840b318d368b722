"""The part of a campaign's page that shows items by sign-offs."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from prodworkflow.domain.views.marks import WORDS
from support.hidden_tickets import HIDING

MEETING = '/campaign/Autumn%202026'


def plain(html):
    """The words of a part of a page."""
    return ' '.join(re.sub('<[^>]*>', ' ', html).split())


@pytest.fixture
def section(meeting, client):
    """The section of the campaign of a meeting, as a user sees it."""
    def read(query='', user='coordinator'):
        answer = client(user).get(f'{MEETING}{query}')
        assert answer.status == 200
        return answer.text.split('<h2 id="matrix"')[1].split('<h2')[0]
    return read


def cells(html):
    """The cells that are links, as (ticket, words)."""
    return [(int(ticket), plain(words)) for ticket, words in re.findall(
        r'(?s)<td[^>]*><a href="/ticket/(\d+)#prodworkflow-box">(.*?)</a>',
        html)]


def row(html, name):
    """The row of an item, its words."""
    return plain(next(r for r in re.findall(r'(?s)<tr>.*?</tr>', html)
                      if plain(r).startswith(f'{name} ')))


def names(html):
    """The items and requirements, in their order."""
    return [plain(n) for n in re.findall(
        r'(?s)<th scope="row">(.*?)(?=</th>|<td)', html)]


def numbers(html):
    """What the links say that filter: how many they show."""
    return {label: int(count) for label, count in re.findall(
        r'>([a-z ]+)</a> (\d+)</span>', html)}


def test_every_sign_off_of_the_campaign_has_a_cell(meeting, section):
    found = cells(section())
    assert sorted(t for t, _words in found) == sorted(
        meeting.tickets.values())
    for _ticket, words in found:
        assert any(words.startswith(w) for w in WORDS.values())


def test_a_cell_says_who_signed_and_when_and_a_row_its_capacity(section):
    html = section()
    assert re.search(r'^CNAF 40 12\.\d % signed anna \w+ \d+, \d+ signed anna',
                     row(html, 'CNAF'))
    assert 'withdrawn bruno' in row(html, 'NIKHEF')
    assert 'to be signed again bruno for V1.0' in row(html, 'DCH')
    assert 'rejected hugo' in row(html, 'TRG')
    assert 'waived coordinator' in row(html, 'MAG')
    assert 'awaited dario' in row(html, 'FWD')


def test_a_cell_says_that_nobody_is_named(create, client):
    create('Bare', contacts={})
    page = client('coordinator').get('/campaign/Bare').text
    part = page.split('<h2 id="matrix"')[1].split('<h2')[0]
    assert [words for _ticket, words in cells(part)] == [
        'awaited no contacts'] * 7


def test_lateness_is_told_in_words(section):
    assert re.search(r'\d+ days late$|\d+ days late ', row(
        section('?show=late'), 'NIKHEF'))


def test_the_strip_says_what_would_be_enough(section):
    html = section()
    assert html.count('<div class="pw-cap" aria-hidden="true">') == 2
    assert html.count('style="left:90.00%"') == 2
    assert 'needs 90 % of capacity; IN2P3 and NIKHEF would be enough' \
        in plain(html)


def test_items_stand_by_capacity_name_or_the_worst_state(section):
    by_weight = names(section())
    assert by_weight[:4] == ['CNAF', 'GridKa', 'RAL', 'BNL']
    assert names(section('?sort=weight')) == by_weight
    assert names(section('?sort=name'))[:3] == ['BNL', 'CNAF', 'GridKa']
    assert names(section('?sort=state'))[0] != 'CNAF'
    assert sorted(names(section('?sort=state'))) == sorted(by_weight)


@pytest.mark.parametrize(('show', 'label', 'word'), [
    pytest.param('open', 'open', None, id='open'),
    pytest.param('mine', 'mine', None, id='mine'),
    pytest.param('late', 'late', 'late', id='late'),
    pytest.param('asked-again', 'asked again', 'to be signed again|withdrawn',
                 id='asked again'),
])
def test_a_filter_shows_the_rows_that_it_counts(section, show, label, word):
    whole = section(user='bruno')
    count = numbers(whole)[label]
    assert 0 < count < numbers(whole)['all']
    html = section(f'?show={show}', 'bruno')
    assert numbers(html) == numbers(whole)
    assert 0 < len(names(html)) <= count
    assert f'aria-current="true">{label}</a>' in html
    for name in names(html) if word else ():
        assert re.search(word, row(html, name))


def test_links_keep_what_else_is_asked(section):
    html = section('?since=2026-01-05&sort=name&show=late')
    assert 'href="?since=2026-01-05&amp;sort=name&amp;show=open#matrix"' \
        in html
    assert 'href="?since=2026-01-05&amp;sort=name#matrix"' in html
    assert 'href="?since=2026-01-05&amp;show=late&amp;sort=state#matrix"' \
        in html


def test_a_filter_that_leaves_nothing_says_so(section):
    html = section('?show=mine', 'coordinator')
    assert 'Nothing here waits for you.' in html
    assert names(html) == []


@pytest.mark.parametrize(('query', 'words'), [
    ('show=yours', 'show is one of all, open, mine, late, asked-again.'),
    ('sort=colour', 'sort is one of weight, name, state.'),
])
def test_another_word_is_refused_with_those_that_there_are(
        campaign, client, query, words):
    answer = client().get(f'/campaign/2011%20Prod?{query}')
    assert answer.status == 400
    assert words in answer.text


def test_the_name_of_an_item_leads_to_its_history(section, client):
    link, = re.findall(r'href="(\?item=ral)#history"', section())
    assert client().get(f'{MEETING}{link}').status == 200


def test_without_lists_all_is_asked_once(campaign, client):
    page = client().get('/campaign/2011%20Prod').text
    html = page.split('<h2 id="matrix"')[1].split('<h2')[0]
    assert len(cells(html)) == 7
    assert 'id="matrix-asked-once"' in html
    assert '/campaign/matrix' not in html


def test_hidden_tickets_have_no_cells(hiding, client):
    page = client('anna').get(f'/campaign/{quote(HIDING)}').text
    html = page.split('<h2 id="matrix"')[1].split('<h2')[0]
    assert 'CNAF' in html
    assert 'ircon' not in html
    assert 'quartz' not in html


def test_a_cell_is_lean(section):
    html = section()
    assert len(html) < 300 * len(cells(html))
