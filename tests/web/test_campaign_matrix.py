"""The matrix of campaigns: items by the last rounds."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from trac.db import util
from trac.perm import PermissionSystem

from prodworkflow.api import CampaignRequest
from support.campaigns import NAME

PAGE = '/campaign/matrix'
PANEL = '/admin/production/campaigns'
TEXT = '''
title = "Rounds"
[lists]
sites = [{name = "CNAF", weight = 3}, {name = "RAL", weight = 1}]
[freeze]
requirement = "freeze"
[[stage]]
key = "prep"
title = "Preparation"
due = 30
  [[stage.requirement]]
  key = "freeze"
  title = "Freeze"
  contacts = ["anna"]
  [[stage.requirement]]
  key = "valid"
  title = "Validated at {site}"
  for_each = "sites"
  contacts = ["anna"]
  [[stage.requirement]]
  key = "disk"
  title = "Disk at {site}"
  for_each = "sites"
  contacts = ["bruno"]
'''


def plain(html):
    return ' '.join(re.sub('<[^>]*>', ' ', html).split())


def rows(page):
    """The rows of the tables: each its words by cell."""
    return [[plain(c) for c in re.findall(r'(?s)<t[hd].*?</t[hd]>', r)]
            for r in re.findall(r'(?s)<tr>.*?</tr>', page)]


@pytest.fixture
def rounds(system):
    """Campaigns with the same sites, made in this order."""
    def make(*names):
        for name in names:
            system.create(CampaignRequest(
                name, 'rounds.toml', 'V1', '2031-06-01',
                template_text=TEXT), 'coordinator')
    return make


def test_items_are_rows_and_campaigns_columns_newest_first(
        rounds, system, client):
    rounds('First', 'Second')
    for key, who in (('valid.cnaf', 'anna'), ('disk.cnaf', 'bruno')):
        system.sign('First', key, who, False, 'Fine.')
    system.sign('Second', 'valid.ral', 'anna', False, 'Fine.')
    page = client().get(PAGE)
    assert page.status == 200
    assert rows(page.text) == [
        ['Name', 'Second', 'First'],
        ['CNAF', '0 of 2 signed', 'all signed'],
        ['RAL', '1 of 2 signed', '0 of 2 signed']]
    assert 'href="/campaign/First?item=cnaf#history"' in page.text
    assert client().get('/campaign/First?item=cnaf').status == 200


def test_it_shows_as_many_campaigns_and_the_list_that_are_asked_for(
        rounds, client):
    rounds('First', 'Second', 'Third')
    assert rows(client().get(f'{PAGE}?last=2').text)[0] == [
        'Name', 'Third', 'Second']
    assert rows(client().get(f'{PAGE}?list=sites').text)[0][1:] == [
        'Third', 'Second', 'First']


@pytest.mark.parametrize('query', ['last=0', 'last=many', 'last=25',
                                   'list=farms'])
def test_another_value_is_refused_by_name(rounds, client, query):
    rounds('First')
    answer = client().get(f'{PAGE}?{query}')
    assert answer.status == 400
    assert query.split('=')[0] in answer.text


def test_without_lists_it_says_that_there_are_none(campaign, client):
    assert 'None of the last campaigns has a list of items' \
        in client().get(PAGE).text


def test_it_takes_campaign_view(campaign, env, client):
    PermissionSystem(env).revoke_permission('anonymous', 'ROADMAP_VIEW')
    assert client().get(PAGE).status == 403


def test_what_is_hidden_is_left_out(hiding, client):
    page = client('anna').get(PAGE).text
    assert 'CNAF' in page
    assert 'irconsite' not in page


def test_it_takes_the_same_statements_for_many_campaigns(
        rounds, client, monkeypatch):
    found = []
    execute = util.IterableCursor.execute

    def counting(self, sql, args=None):
        found.append(sql)
        return execute(self, sql, args)

    def count():
        client().get(PAGE)
        del found[:]
        assert client().get(PAGE).status == 200
        return len(found)
    rounds('First')
    monkeypatch.setattr(util.IterableCursor, 'execute', counting)
    one = count()
    rounds('Second', 'Third', 'Fourth')
    assert count() == one > 0


def test_a_campaign_of_that_name_keeps_its_page(campaign, env, client):
    told = client('coordinator').get(f'{PANEL}/{quote(NAME)}').text
    assert 'with a slash at its end' not in told
    env.db_transaction('UPDATE prodworkflow_campaign SET name=%s',
                       ('matrix',))
    assert 'Feature Freeze' in client().get(PAGE).text
    assert 'Matrix of campaigns' in client().get(f'{PAGE}/').text
    told = client('coordinator').get(f'{PANEL}/matrix').text
    assert '/campaign/matrix/, with a slash at its end' in told


def test_campaign_pages_lead_to_it(rounds, client):
    rounds('First')
    for page in ('/campaign/First', '/campaign'):
        assert f'href="{PAGE}"' in client('anna').get(page).text


def test_the_matrix_offers_no_feed_of_a_campaign_of_that_name(
        campaign, client):
    assert '/campaign/matrix/feed' not in client('anna').get(
        '/campaign/matrix').text
    assert '/campaign/2011%20Prod/feed' in client('anna').get(
        '/campaign/2011%20Prod').text
