"""Lines that show a picture of a campaign elsewhere, whatever its name."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from trac.wiki.model import WikiPage

ROOT = Path(__file__).parents[2]
LINE = r'\[\[Image\(/campaign/[^\n]*\)\]\]'
NAMES = ['2027 Prod', "d'été: 1, 2 (b)", "'quoted'", 'Größe_日本-𝛼', 'a+b=c@d',
         '~*!$', '10:30', '...', 'A.B', 'ticket:1', 'http:x', 'Prod!', ',']


@pytest.fixture
def shown(env, client):
    """The title of the picture that a line on a wiki page shows."""
    def look(line):
        page = WikiPage(env, 'Status')
        page.text = f'Now:\n\n{line}\n'
        page.save('anna', '')
        found = re.search(r'<img[^>]* src="([^"]*)"',
                          client().get('/wiki/Status').text.split('Now:')[1])
        answer = client().get(html.unescape(found[1]))
        assert answer.status == 200
        assert answer.headers['Content-Type'].startswith('image/svg+xml')
        return ElementTree.fromstring(answer.text).find(
            '{http://www.w3.org/2000/svg}title').text
    return look


@pytest.fixture
def lines(client):
    """The lines to copy on the page of a campaign, by where they belong."""
    def read(name):
        page = client().get(f'/campaign/{quote(name)}').text
        found = re.findall(r'<dt>([^<]*)</dt>\s*<dd><code>([^<]*)</code>',
                           page)
        return {where: html.unescape(line) for where, line in found}
    return read


@pytest.mark.parametrize('place', ['README.rst', 'docs/reference/pages.rst'])
@pytest.mark.parametrize('name', NAMES)
def test_picture_line_of_the_documentation_works_for_every_name(
        create, shown, place, name):
    create(name)
    line, = re.findall(LINE, (ROOT / place).read_text(encoding='utf-8'))
    line = re.sub('20(27|11)%20Prod', quote(name, safe=''), line)
    assert shown(line).startswith(f'{name}: ')


@pytest.mark.parametrize('name', ['2027 Prod', 'Größe_日本-𝛼', 'Prod (1)'])
def test_a_name_as_it_is_read_works_in_the_line_too(create, shown, name):
    create(name)
    assert shown(f'[[Image(/campaign/{name}/badge.svg)]]').startswith(name)


@pytest.mark.parametrize('name', NAMES)
def test_lines_to_copy_from_the_page_of_a_campaign_show_its_picture(
        create, shown, lines, client, site, name):
    create(name)
    found = lines(name)
    assert shown(found['Wiki: picture']).startswith(f'{name}: ')
    words, address = re.fullmatch(
        r'!\[(.*)\]\(([^\s()]*)\)', found['Markdown: picture']).groups()
    assert words == name
    assert address.startswith(f'{site}/campaign/')
    assert client().get(address[len(site):]).status == 200


@pytest.mark.parametrize('base', ['https://trac.example.org/trac',
                                  'https://trac.example.org/trac/'])
def test_base_of_pictures_is_put_before_their_addresses(
        campaign, env, lines, base):
    env.config.set('prodworkflow', 'pictures_base', base)
    env.config.save()
    assert lines('2011 Prod')['Markdown: picture'] == (
        '![2011 Prod](https://trac.example.org/trac'
        '/campaign/2011%20Prod/badge.svg)')


def test_base_url_of_trac_is_the_base_of_pictures_otherwise(
        campaign, env, lines):
    env.config.set('trac', 'base_url', 'https://trac.example.org/a')
    env.config.save()
    assert lines('2011 Prod')['Markdown: picture'].startswith(
        '![2011 Prod](https://trac.example.org/a/campaign/')


def test_a_campaign_of_the_very_name_comes_before_a_name_that_is_encoded(
        create, env, client):
    create('a b')
    create('A')
    env.db_transaction("UPDATE prodworkflow_campaign SET name='a%20b' "
                       "WHERE name='A'")
    for name in ('a b', 'a%20b'):
        answer = client().get(f'/campaign/{quote(name)}/badge.svg')
        assert f'<title>{name}: ' in answer.text


@pytest.mark.parametrize('encoded', ['nope', 'no%20pe', '%00', '%FF', '%2F'])
def test_picture_of_no_campaign_is_not_found(env, client, site, encoded):
    answer = client().get(f'/campaign/{quote(encoded)}/badge.svg')
    assert answer.status == 404
    assert 'Traceback' not in answer.text
