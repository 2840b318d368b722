"""Campaigns in Trac's search: names, statements, reasons, evidence."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import pytest
from trac.perm import PermissionSystem

from prodworkflow.api import (
    CampaignChanges,
    CampaignRequest,
    EvidenceInput,
    ItemRemoval,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.person import Person
from support.campaigns import ADMIN, ANNA, FULL, NAME
from support.signoffs import leak, LEAKS, waiver

SITES = '''
title = "Sites"
[lists]
sites = ["CNAF", "RAL"]
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "site"
title = "Validated at {site}"
for_each = "sites"
contacts = ["anna"]
'''


@pytest.fixture
def results(client):
    """What a search finds in campaigns: title, address, excerpt, author."""
    def search(words, user='eve', filters='campaign=on'):
        page = client(user).get(
            f'/search?q={quote(words)}&noquickjump=1&{filters}')
        assert page.status == 200
        return [tuple(' '.join(html.unescape(re.sub(
            '<[^>]*>', '', part)).split()) for part in found)
            for found in re.findall(
            r'(?s)<dt><a href="[^"]*".*?>(.*?)</a></dt>\s*'
            r'<dd class="searchable">(.*?)</dd>\s*<dd>(.*?)</dd>', page.text)]
    return search


def test_a_statement_is_found_and_leads_to_the_box(campaign, system, client,
                                                   results):
    system.sign(NAME, 'feature-freeze', 'anna', False,
                'Branch Zeitgeist is frozen.')
    (title, excerpt, author), = results('zeitgeist')
    assert title == f'{NAME}: approved #1 Feature Freeze'
    assert excerpt == 'Branch Zeitgeist is frozen.'
    assert author.startswith('By anna — ')
    page = client('eve').get('/search?q=zeitgeist&campaign=on')
    assert '/ticket/1#prodworkflow-box"' in page.text


def test_a_campaign_is_found_by_its_name(create, results):
    create('Größe_90 Prod')
    (title, excerpt, author), = results('größe_9')
    assert (title, excerpt) == ('Größe_90 Prod', 'underway, release V1')
    assert author.startswith('By coordinator')
    assert results('e%90') == results('ex90') == []


def test_all_of_the_words_have_to_stand_there(campaign, system, results):
    system.sign(NAME, 'feature-freeze', 'anna', False, 'All is quite frozen.')
    assert len(results('quite frozen')) == 1
    assert len(results('"quite frozen"')) == 1
    assert results('"frozen quite"') == []
    assert results('quite thawed') == []


@pytest.mark.parametrize(('act', 'words'), [
    pytest.param(lambda s: s.lifecycle.hold(NAME, ANNA, 'Überlauf "x" here.'),
                 'Überlauf', id='hold'),
    pytest.param(lambda s: s.release(NAME, ADMIN, ReleaseRequest(
        'V2', reason='A patch for quokkas.')), 'quokkas', id='release'),
    pytest.param(lambda s: s.record(
        NAME, 'feature-freeze', Person('anna'), SignOffRequest(
            Verdict.REJECTED, 'It leaks wombats.')), 'wombats',
        id='rejection'),
])
def test_reasons_are_found(campaign, system, results, act, words):
    act(system)
    (title, excerpt, _author), = results(words)
    assert title.startswith(NAME)
    assert words in excerpt


def test_the_reason_of_a_waiver_is_found(full, system, results):
    system.record(FULL, LEAKS, ANNA, leak('3 kB/event'))
    system.record(FULL, LEAKS, ADMIN, waiver(statement='Only numbats.'))
    (title, excerpt, author), = results('numbats')
    assert title.startswith(f'{FULL}: waived “out-of-bounds” of #2 Memory')
    assert excerpt == 'Only numbats.'
    assert author.startswith('By coordinator')


def test_what_was_said_of_an_item_that_dropped_out_is_found(system, results):
    system.create(CampaignRequest(NAME, 'sites', 'V1', template_text=SITES),
                  'coordinator')
    for site in ('cnaf', 'ral'):
        system.record(NAME, f'site.{site}', ANNA, SignOffRequest(
            Verdict.APPROVED, f'{site} has bandicoots.'))
    system.change(NAME, ADMIN, CampaignChanges(
        'Closed.', leavers=(ItemRemoval('sites', 'cnaf'),)))
    assert sorted(excerpt for _, excerpt, _ in results('bandicoots')) == [
        'cnaf has bandicoots.', 'ral has bandicoots.']
    assert results('Closed.')[0][0] == f'{NAME}: dropped CNAF from sites'


def test_evidence_is_found_by_name_value_and_link(full, system, results):
    system.record(FULL, 'memory-leaks', Person('anna'), SignOffRequest(
        Verdict.APPROVED, 'Fine.', EvidenceInput(
            {'memory_growth': '0.375 kB/event'},
            links={'leak report': 'https://example.org/wombat'})))
    for words in ('0.375', 'org/wombat'):
        (title, excerpt, _author), = results(words)
        assert title.startswith(f'{FULL}: approved #2 Memory leaks (')
        assert words in excerpt
    titles = [title for title, *_ in results('memory_growth')]
    assert len(titles) == 2
    assert titles[-1].endswith('asks for evidence')


@pytest.mark.parametrize('words', ['statement', 'evidence', 'digest', 'kind',
                                   'values', 'plots', 'persons'])
def test_words_of_the_stored_form_are_not_found(full, sign_full, results,
                                                words):
    sign_full('feature-freeze', 'memory-leaks')
    assert results(words) == []


def test_who_may_not_see_campaigns_finds_none(campaign, env, client, results):
    permissions = PermissionSystem(env)
    for action in ('ROADMAP_VIEW', 'MILESTONE_VIEW'):
        permissions.revoke_permission('anonymous', action)
    assert 'name="campaign"' not in client().get('/search').text
    assert not [found for found in results('Prod', None)
                if found[0].startswith(NAME)]


def test_without_its_filter_nothing_is_found(campaign, results):
    assert results('2011', filters='wiki=on') == []
    assert len(results('2011')) == 1


def test_removed_campaigns_are_not_found(campaign, sign, system, results):
    sign('feature-freeze')
    system.lifecycle.remove(NAME, 'coordinator', 'No more.')
    for words in ('Prod', 'Fine.', 'more'):
        assert results(words) == []


@pytest.mark.parametrize('words', ['%%%', '___', "'''", '///', '\\\\\\', '"""',
                                  '\U0001d6fc\U0001d6fc\U0001d6fc'])
def test_strange_words_are_only_not_found(campaign, sign, results, words):
    sign('feature-freeze')
    assert results(words) == []
