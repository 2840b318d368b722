"""The timeline as a picture: on the campaign's page, in wiki text, alone."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from trac.wiki.model import WikiPage

from prodworkflow.api import CampaignRequest
from prodworkflow.domain.model.vocabulary import Phase
from support.campaigns import ADMIN, CONTACTS, NAME

PAGE = '/campaign/2011%20Prod'
SVG = '{http://www.w3.org/2000/svg}'


@pytest.fixture
def section(client):
    """A section of the campaign's page, by the id of its heading."""
    def read(name, user=None, page=PAGE):
        text = client(*([user] if user else [])).get(page).text
        return re.search(rf'<h2 id="{name}".*?(?=<h2 id=|<div id="footer"|$)',
                         text, re.DOTALL)[0]
    return read


def pictures(text):
    """The pictures in a page, read by a parser of XML."""
    return [ElementTree.fromstring(found) for found in re.findall(
        r'<svg class="pw-tl.*?</svg>', text, re.DOTALL)]


def test_section_has_a_wide_and_a_narrow_picture_with_words(
        campaign, section):
    wide, narrow = pictures(section('timeline'))
    assert wide.get('class') == 'pw-tl pw-tl-wide'
    assert narrow.get('class') == 'pw-tl pw-tl-narrow'
    for picture in (wide, narrow):
        assert picture.get('role') == 'img'
        assert picture.find('title').text == f'Timeline of {NAME}'
        said = picture.find('desc').text
        for part in ('Today is', 'Stage 1. Software preparation: no due date',
                     'Start of production', 'Signed now: 0 of 7 needed.'):
            assert part in said


def test_pictures_have_no_ids_and_no_colours_of_their_own(campaign, section):
    for picture in pictures(section('timeline')):
        for element in picture.iter():
            assert 'id' not in element.attrib
            assert not {'fill', 'stroke', 'style'} & {*element.attrib}


def test_table_below_it_says_the_same_and_is_closed(campaign, section, sign):
    sign('feature-freeze')
    found = section('timeline')
    details = re.search(r'<details class="pw-tl-table"[^>]*>.*?</details>',
                        found, re.DOTALL)[0]
    assert ' open' not in details.split('>', 1)[0]
    assert '<summary>the same as a table</summary>' in details
    assert '1. Software preparation' in details
    assert re.search(r'<td>1</td><td>7</td>', details)


def test_patch_and_hold_are_drawn_and_told(campaign, section, system, admin):
    admin('campaign', 'release', NAME, 'V2', '--reason', 'A patch.')
    system.lifecycle.hold(NAME, ADMIN, 'The storage is down.')
    found = section('timeline')
    assert 'On hold since' in found
    assert found.count('class="pw-tl-hold"') == 2


def test_hidden_tickets_are_in_no_count_of_the_picture(
        env, campaign, hiding_policy, section, sign):
    sign('resources-estimate')
    env.config.set('hidden', 'tickets', str(campaign['resources-estimate']))
    env.config.save()
    assert 'Signed now: 0 of 6 needed.' in section('timeline', 'bruno')


def test_timeline_alone_is_an_svg_document_with_its_own_colours(
        campaign, client):
    answer = client().get(f'{PAGE}/timeline.svg')
    assert answer.status == 200
    assert answer.headers['Content-Type'].startswith('image/svg+xml')
    root = ElementTree.fromstring(answer.text)
    assert root.tag == f'{SVG}svg'
    assert root.find(f'{SVG}title').text == f'Timeline of {NAME}'
    assert 'Stage 1.' in root.find(f'{SVG}desc').text
    style = root.find(f'{SVG}style').text
    used = {*re.findall(r'var\((--pw-[\w-]+)\)', answer.text)}
    assert used
    assert used <= {*re.findall(r'(--pw-[\w-]+):', style)}
    assert {e.tag.replace(SVG, '') for e in root.iter()} <= {
        'svg', 'title', 'desc', 'style', 'g', 'rect', 'line', 'path',
        'circle', 'text'}
    assert 'genshi' not in answer.text


def test_titles_are_escaped_in_all_of_them(system, client, rendered):
    title = '<b>&" ]]>'
    system.create(CampaignRequest(NAME, 'x.toml', 'V1', template_text=(
        f"title = 'T'\n[[stage]]\nkey = 'a'\ntitle = '{title}'\n"
        "[[stage.requirement]]\nkey = 'r'\ntitle = 'R'\n")), 'coordinator')
    told = f'1. {title}: no due date'
    alone = ElementTree.fromstring(client().get(f'{PAGE}/timeline.svg').text)
    assert told in alone.find(f'{SVG}desc').text
    for text in (client().get(PAGE).text,
                 rendered(f'[[CampaignTimeline({NAME}, picture)]]')):
        assert [told in p.find('desc').text for p in pictures(text)] == [
            True, True]


def test_macro_shows_the_picture_and_the_table_closed(campaign, rendered):
    found = rendered(f'[[CampaignTimeline({NAME}, picture)]]')
    assert len(pictures(found)) == 2
    assert '<summary>the same as a table</summary>' in found
    assert 'pw-timeline' in found
    assert pictures(rendered(f'[[CampaignTimeline({NAME})]]')) == []


@pytest.mark.parametrize('words', ['pictures', 'picture, picture', ''])
def test_macro_says_what_may_stand_behind_the_name(
        campaign, rendered, words):
    found = rendered(f'[[CampaignTimeline({NAME}, {words})]]')
    assert '[[CampaignTimeline(CAMPAIGN, picture)]]' in found
    assert pictures(found) == []


def test_wiki_page_with_the_picture_has_its_style_sheet(
        env, campaign, client):
    page = WikiPage(env, 'Plan')
    page.text = f'[[CampaignTimeline({NAME}, picture)]]'
    page.save('anna', '')
    head = client().get('/wiki/Plan').text.split('<body')[0]
    assert 'prodworkflow_timeline.css' in head


def test_stages_mark_the_present_one(campaign, section, sign):
    found = section('stages')
    assert found.count('aria-current="step"') == 1
    present = re.search(r'<li[^>]*aria-current="step".*?</li>', found,
                        re.DOTALL)[0]
    assert '1. Software preparation' in present
    assert 'now</span>' in present
    assert '0 of 3 signed' in present
    assert '/milestone/2011%20Prod' in present


def test_ended_campaign_has_no_present_stage(campaign, section, system):
    system.lifecycle.end(NAME, ADMIN, Phase.ABANDONED, 'No money.')
    assert 'aria-current' not in section('stages')
    assert 'aria-current' not in section('releases')


def test_releases_so_far_say_what_they_asked_again(
        campaign, section, sign, admin):
    sign(*CONTACTS)
    admin('campaign', 'release', NAME, 'V2', '--reason', 'A patch.')
    found = section('releases')
    rows = re.findall(r'<tr.*?</tr>', found, re.DOTALL)[1:]
    assert 'V2' in rows[0]
    assert 'aria-current="true"' in rows[0]
    assert 'V1' in rows[1]
    assert 'aria-current' not in rows[1]
    entry = re.search(r'#entry-(\d+)', rows[0])[1]
    address = html.unescape(re.search(r'href="([^"#]*)#entry', rows[0])[1])
    assert 'history=all' in address
    assert f'id="entry-{entry}"' in section('history', page=address)


def test_campaign_without_a_release_says_so(create, section):
    create(release='')
    assert 'no release yet' in section('releases')


@pytest.mark.parametrize(('act', 'sign', 'words'), [
    (lambda system: None, 'late', 'late'),
    (lambda system: system.lifecycle.hold(NAME, ADMIN, 'Storage.'), 'held',
     'on hold')])
def test_badge_and_pipeline_tell_by_shape_and_word(
        create, system, client, act, sign, words):
    create(start=(date.today() - timedelta(3)).isoformat())
    act(system)
    for picture in ('badge', 'pipeline'):
        found = client().get(f'{PAGE}/{picture}.svg').text
        root = ElementTree.fromstring(found)
        assert f'pw-sign-{sign}' in found
        assert words in ''.join(t.text for t in root.iter(f'{SVG}text'))


def test_badge_tells_the_launch(campaign, sign, system, client):
    sign(*CONTACTS)
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    found = client().get(f'{PAGE}/badge.svg').text
    assert '>launched<' in found
    assert 'pw-sign-launched' in found
