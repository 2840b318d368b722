"""Atom feeds of a campaign, and of all."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from urllib.parse import quote

import pytest

from prodworkflow.activity import feed as feeds
from support.atom import read_feed
from support.campaigns import NAME
from support.http_client import Client

ALL = '/campaign/feed'


def address(name):
    return f'/campaign/{quote(name, safe="")}/feed'


@pytest.fixture
def feed(client):
    """A feed as somebody reads it; it has to be valid."""
    def read(path=ALL, user='eve'):
        answer = client(user).get(path)
        assert answer.status == 200, answer.text
        assert answer.headers['Content-Type'] == (
            'application/atom+xml;charset=utf-8')
        return read_feed(answer.text)
    return read


def test_a_feed_tells_newest_first_what_the_history_tells(
        campaign, sign, system, client, feed, site):
    sign('feature-freeze', 'software-quality')
    found = feed(address(NAME))
    assert [(e.author, e.content) for e in found.entries] == [
        ('anna', 'approved #2 Software quality ok: “Fine.”'),
        ('anna', 'approved #1 Feature Freeze: “Fine.”'),
        ('coordinator', 'created the campaign')]
    assert [e.title for e in found.entries][1:] == [
        f'{NAME}: approved #1 Feature Freeze', f'{NAME}: created the campaign']
    assert found.title == NAME
    assert found.links == {'self': f'{site}/campaign/2011%20Prod/feed',
                           'alternate': f'{site}/campaign/2011%20Prod'}
    assert found.entries[1].link == f'{site}/ticket/1#prodworkflow-box'
    assert found.entries[2].link == f'{site}/campaign/2011%20Prod'


def test_the_feed_of_all_campaigns_has_the_latest_of_each(
        create, system, feed, site, monkeypatch):
    create('A')
    create('B')
    system.sign('A', 'feature-freeze', 'anna', False, 'Fine.')
    found = feed()
    assert [e.title for e in found.entries] == [
        'A: approved #1 Feature Freeze', 'B: created the campaign',
        'A: created the campaign']
    assert found.links['self'] == f'{site}{ALL}'
    monkeypatch.setattr(feeds, 'MOST', 2)
    assert [e.title for e in feed().entries] == [
        'A: approved #1 Feature Freeze', 'B: created the campaign']


def test_ids_stay_whatever_happens_and_whatever_the_address(
        create, sign, feed, site):
    create()
    create('Other')
    whole, one = feed(), feed(address(NAME))
    sign('feature-freeze')
    elsewhere = site.replace('127.0.0.1', 'localhost')
    after, one_after = (read_feed(Client(elsewhere, 'eve').get(path).text)
                        for path in (ALL, address(NAME)))
    assert after.links['self'] == f'{elsewhere}{ALL}'
    assert (after.id, one_after.id) == (whole.id, one.id)
    assert [e.id for e in after.entries][1:] == [e.id for e in whole.entries]
    assert one_after.entries[-1].id in {e.id for e in after.entries}
    ids = {whole.id, one.id, feed(address('Other')).id}
    assert len(ids) == 3
    assert not ids & {e.id for e in after.entries}


def test_a_feed_of_no_campaigns_is_valid(feed):
    assert feed().entries == []


@pytest.mark.parametrize('name', ['Größe_日本-𝛼', 'a+b=c@d', "d'été: 1, 2 (b)",
                                  '~*!$'])
def test_any_name_and_any_statement_make_a_valid_feed(create, sign, feed,
                                                      system, env, name):
    create(name)
    system.sign(name, 'feature-freeze', 'anna', False,
                ']]> <script> & "x" ü \U0001f600 \ufffe')
    env.db_transaction("""
        UPDATE prodworkflow_ledger SET actor=%s, payload=REPLACE(
            payload, '<script>', %s) WHERE verb='approved'
        """, ('\x01\x1b', r'\u0000\u0008\ud800'))
    found = feed(address(name)).entries[0]
    assert found.author == '\ufffd\ufffd'
    assert found.content.startswith('approved #1 Feature Freeze: “]]> \ufffd')


def test_who_is_not_logged_in_is_refused(campaign, client):
    for path in (ALL, address(NAME)):
        answer = client().get(path)
        assert answer.status == 403
        assert NAME not in answer.text.replace(path, '')


def test_what_there_is_not_is_not_found(campaign, client):
    assert client('eve').get(address('Nothing')).status == 404
    assert client('eve').get('/campaign/a/b/feed').status == 404


def test_a_feed_is_only_read(campaign, client):
    answer = client('eve').post(ALL, {})
    assert answer.status == 405
    assert answer.headers['Allow'] == 'GET, HEAD'


def ask(client, method='GET', path=ALL, **headers):
    """The status, headers and length of an answer."""
    request = urllib.request.Request(client.site + path, method=method,
                                     headers=headers)
    try:
        with client.opener.open(request) as answer:
            return answer.status, dict(answer.headers), len(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.status, dict(error.headers), len(error.read())


def test_who_knows_the_feed_gets_304_until_something_happens(campaign, sign,
                                                             client):
    eve = client('eve')
    status, headers, length = ask(eve)
    assert status == 200
    assert length > 500
    for known in (headers['ETag'], f'W/{headers["ETag"]}',
                  f'"x", {headers["ETag"]}'):
        again = ask(eve, **{'If-None-Match': known})
        assert (again[0], again[2]) == (304, 0)
        assert again[1]['ETag'] == headers['ETag']
    assert ask(eve, **{'If-None-Match': '"x"'})[0] == 200
    sign('feature-freeze')
    again = ask(eve, **{'If-None-Match': headers['ETag']})
    assert again[0] == 200
    assert again[1]['ETag'] != headers['ETag']


def test_head_has_all_but_the_feed(campaign, client):
    eve = client('eve')
    status, headers, length = ask(eve, 'HEAD')
    assert (status, length) == (200, 0)
    assert headers['ETag'] == ask(eve)[1]['ETag']
    assert headers['Cache-Control'] == 'private, no-cache'


@pytest.mark.parametrize(('page', 'expected'), [
    pytest.param('/campaign', [ALL], id='index'),
    pytest.param('/campaign/2011%20Prod', [ALL, '/campaign/2011%20Prod/feed'],
                 id='campaign'),
    pytest.param('/roadmap', [], id='roadmap'),
    pytest.param('/campaign/Nothing', [], id='no campaign')])
def test_pages_link_to_the_feeds(campaign, client, page, expected):
    text = client('eve').get(page).text
    links = [re.search('href="([^"]*)"', link)[1]
             for link in re.findall('<link [^>]*>', text)
             if 'rel="alternate"' in link
             and 'type="application/atom+xml"' in link]
    assert sorted(links) == sorted(expected)
