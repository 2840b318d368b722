"""What is ours beside Trac's own: macros, feed, pictures, lists, search."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from prodworkflow.domain.model.person import Person
from support.campaigns import ADMIN, NAME
from support.italian import data_of, english, our_text
from support.wiki_text import PAGE as WIKI

PAGE = f'/campaign/{quote(NAME)}'
MACROS = (f'CampaignReadiness({NAME})', f'CampaignTimeline({NAME}, picture)',
          f'CampaignMatrix({NAME})', f'MySignOffs({NAME})', 'MySignOffs',
          'CampaignReadiness(nope)', f'CampaignTimeline({NAME}, x)')
GROUND = ('Memory leak.', 'Fine.', 'Go.', 'anna', 'bruno')
TAGS = re.compile(r'<!--.*?-->|<style.*?</style>|<[^>]*>', re.DOTALL)


def words(document):
    """The pieces of text of an XML document."""
    return [each.strip() for each in TAGS.split(document) if each.strip()]


@pytest.fixture
def eventful(campaign, sign, system):
    """A campaign that was signed in part, is on hold, and has a history."""
    sign('feature-freeze', 'software-quality')
    system.lifecycle.hold(NAME, ADMIN, 'Memory leak.')
    return campaign


def test_macros_speak_the_reader_s_language(
        eventful, italian, system, wiki_page):
    wiki_page(*(f'[[{each}]]' for each in MACROS))
    page = italian('anna').get(f'/wiki/{WIKI}').text
    assert english(our_text(page), [*data_of(system), *GROUND]) == []


def test_help_of_macros_is_in_the_reader_s_language(italian, wiki_page):
    wiki_page('[[MacroList(Campaign)]]', '[[MacroList(MySignOffs)]]')
    page = italian('anna').get(f'/wiki/{WIKI}').text
    assert 'Mostra a che punto è una campagna di produzione.' in page
    assert 'A name with a comma' not in page


@pytest.mark.parametrize('name', ['badge.svg', 'pipeline.svg',
                                  'timeline.svg', 'feed'])
def test_documents_speak_the_reader_s_language(
        eventful, italian, system, name):
    answer = italian('anna').get(f'{PAGE}/{name}')
    assert answer.status == 200
    assert english(words(answer.text), [*data_of(system), *GROUND]) == []


def test_calendar_speaks_the_reader_s_language(eventful, italian, system):
    answer = italian('anna').get('/campaign/due.ics')
    said = re.findall(r'(?m)^(?:SUMMARY|DESCRIPTION|X-WR-CALNAME):(.*)',
                      answer.text)
    assert said
    assert english(said, [*data_of(system), *GROUND]) == []


def test_who_writes_where_there_is_only_reading_is_told_so(
        eventful, italian):
    answer = italian('anna').post('/campaign/due.ics', {})
    assert answer.status == 405
    assert answer.text.startswith('Questo indirizzo si può solo leggere')


def test_heads_of_csv_are_those_of_the_table_on_the_page(eventful, italian):
    answer = italian('anna').get(f'{PAGE}/tickets.csv')
    heads = answer.text.splitlines()[0].split(',')
    assert heads[:2] == ['Ticket', 'Riassunto']
    assert 'Requisito' in heads
    assert len(set(heads)) == len(heads)


@pytest.mark.parametrize('place', [
    '/search?q=leak&campaign=on&noquickjump=1', '/timeline',
    '/prefs/notification'])
def test_pages_of_trac_tell_of_campaigns_in_the_reader_s_language(
        eventful, italian, place):
    page = italian('coordinator').get(place)
    assert page.status == 200
    assert not re.search(r'Campaigns|put on hold|sign-off', page.text)


@pytest.mark.parametrize(('place', 'own'), [
    ('/campaign', 'Cerca'), (PAGE, 'Cerca'), ('/ticket/1', 'Modifica'),
    ('/roadmap', 'Cerca')])
def test_what_is_trac_s_stays_in_trac_s_catalogue(
        eventful, italian, place, own):
    page = italian('anna').get(place).text
    assert own in page
    assert 'Esci' in page


def test_the_pages_of_a_launched_campaign_have_no_english_sentence(
        launched, italian, system):
    system.lifecycle.hold(NAME, Person('coordinator', grants=frozenset({
        'CAMPAIGN_HOLD'})), 'Memory leak.')
    reader = italian('coordinator')
    found = {}
    for path in (PAGE, f'{PAGE}?history=all&since=2020-01-01',
                 f'{PAGE}/meeting', f'{PAGE}/launch', '/campaign', '/roadmap',
                 f'/admin/production/campaigns/{quote(NAME)}', '/ticket/1'):
        left = english(our_text(reader.get(path).text),
                       [*data_of(system), *GROUND])
        if left:
            found[path] = left
    assert found == {}
