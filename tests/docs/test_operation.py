"""What docs/administration/operation.rst says is so."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from support.campaigns import CONTACTS, NAME
from support.http_client import Client

DOCS = Path(__file__).parents[2] / 'docs' / 'administration'
OPERATION = (DOCS / 'operation.rst').read_text(encoding='utf-8')
STAGE = f'{NAME}: 1. Software preparation'
PAGES = ('/', '/about', '/wiki', '/timeline', '/roadmap', '/report', '/query',
         '/newticket', '/search', '/prefs', '/admin', '/ticket/1',
         f'/milestone/{quote(STAGE)}', '/admin/ticket/milestones')


@pytest.fixture
def checked(admin):
    """The exit code and the document of a check."""
    def run(*args):
        code, out, err = admin('campaign', 'check', '--json', *args)
        assert (out.count('\n'), err) == (1, '')
        return code, json.loads(out)
    return run


@pytest.fixture
def switched(env, admin):
    """Switches the plugin on or off, as the page says."""
    def switch(word):
        assert "config set components 'prodworkflow.*' disabled" in OPERATION
        assert admin('config', 'set', 'components', 'prodworkflow.*',
                     word)[0] == 0
    return switch


def test_check_in_json_of_a_consistent_campaign_has_no_findings(
        campaign, checked):
    assert checked() == checked(NAME) == (0, {'ok': True, 'findings': []})


def test_check_in_json_tells_findings_and_repairs(
        campaign, checked, milestone):
    milestone(1).delete()
    code, told = checked()
    assert (code, told['ok']) == (1, False)
    assert told['findings'][0] == {
        'campaign': NAME, 'words': f'milestone {STAGE} is missing',
        'repaired': False, 'remedy': 'make it anew'}
    code, told = checked('--repair')
    assert (code, told['ok']) == (0, True)
    assert all(f['repaired'] for f in told['findings'])
    assert checked() == (0, {'ok': True, 'findings': []})


def test_check_in_json_that_fails_prints_no_document(campaign, admin):
    code, out, err = admin('campaign', 'check', 'No such', '--json')
    assert (code, out) == (2, '')
    assert 'No such' in err


def test_plugin_disabled_leaves_an_ordinary_trac_and_enabled_loses_nothing(
        campaign, sign, site, switched, admin, ticket, milestone, checked):
    sign('feature-freeze')
    before = admin('campaign', 'show', NAME)
    switched('disabled')
    user = Client(site, 'coordinator')
    assert {page: user.get(page).status for page in PAGES} == dict.fromkeys(
        PAGES, 200)
    assert user.get(f'/campaign/{quote(NAME)}').status == 404
    assert admin('campaign', 'check')[0] == 2
    assert milestone(1).name == STAGE
    assert [ticket(n).exists for n in campaign.values()] == [True] * 7
    assert user.resolve(campaign['physics-results'],
                        'invalid').status == 200
    assert ticket(campaign['physics-results'])['status'] == 'closed'
    switched('enabled')
    code, told = checked()
    assert code == 1
    assert 'while nobody was watching' in told['findings'][0]['words']
    assert len(told['findings']) == 1
    assert checked('--repair')[0] == 0
    after = admin('campaign', 'show', NAME)
    assert [words[1].splitlines()[0].partition(', revision')[0]
            for words in (before, after)] == [before[1].partition(
                ', revision')[0]] * 2
    assert {page: user.get(page).status for page in PAGES} == dict.fromkeys(
        PAGES, 200)
    assert user.get(f'/campaign/{quote(NAME)}').status == 200


def test_second_upgrade_changes_nothing(campaign, sign, admin, checked):
    sign(*CONTACTS)
    before = admin('campaign', 'show', NAME)
    assert admin('upgrade', '--no-backup')[0] == 0
    assert admin('campaign', 'show', NAME) == before
    assert checked() == (0, {'ok': True, 'findings': []})


def test_line_of_the_crontab_reminds(campaign, admin):
    line = re.search(r'(?m)^    30 5 .*$', OPERATION)[0]
    env, *words = line.partition(' trac-admin ')[2].split()
    assert env == '/srv/trac/env'
    assert admin(*words) == (0, '', '')
    assert admin(*words, '--dry-run')[0] == 0
