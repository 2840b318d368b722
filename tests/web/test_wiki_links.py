"""Wiki links to campaigns, their stages, sign-offs and items."""

from __future__ import annotations

import re
from html import unescape

import pytest
from trac.perm import PermissionSystem
from trac.resource import (
    get_resource_description,
    get_resource_url,
    Resource,
    resource_exists,
)
from trac.test import MockRequest
from trac.web.chrome import web_context
from trac.web.href import Href

from prodworkflow.domain.model.vocabulary import Phase
from support.campaigns import ADMIN, NAME
from support.hidden_tickets import HIDING


def link(html):
    """The attributes of the first link to a campaign, by name."""
    made = re.search(r'<a\b[^>]*\bcampaign\b[^>]*>', html)[0]
    return {name: unescape(value) for name, value in re.findall(
        r'([a-z]+)="([^"]*)"', made)}


@pytest.mark.parametrize(('text', 'label'), [
    pytest.param(f'campaign:"{NAME}"', f'campaign:"{NAME}"', id='quoted'),
    pytest.param(f'[campaign:"{NAME}" the campaign]', 'the campaign',
                 id='with a label'),
    pytest.param(f'[[campaign:{NAME}|it]]', 'it', id='in double brackets'),
])
def test_link_to_a_campaign_leads_to_its_page_and_tells_its_state(
        campaign, shown, text, label):
    page = shown(text)
    found = link(page)
    assert found['href'] == '/campaign/2011%20Prod'
    assert found['title'] == ('Not ready: 7 of 7 sign-offs missing; next: '
                              f'#{campaign["feature-freeze"]} Feature Freeze, '
                              'anna.')
    assert found['class'] == 'campaign pw-link pw-link-shut'
    assert f'>{label}</a>' in unescape(page)


def test_a_name_without_blanks_needs_no_quotes(create, shown):
    create('Prod2011')
    assert link(shown('see campaign:Prod2011.'))['href'] == (
        '/campaign/Prod2011')


def test_link_to_a_requirement_leads_to_its_box(campaign, shown, sign):
    text = f'campaign:"{NAME}/feature-freeze"'
    ticket = campaign['feature-freeze']
    awaited = link(shown(text))
    assert awaited['href'] == f'/ticket/{ticket}#prodworkflow-box'
    assert awaited['title'] == f'#{ticket} Feature Freeze awaits anna'
    assert awaited['class'] == 'campaign pw-link pw-link-awaiting'
    sign('feature-freeze')
    assert link(shown(text + ' '))['class'] == (
        'campaign pw-link pw-link-met')


def test_link_to_a_stage_leads_to_it_on_the_page(campaign, shown, client):
    found = link(shown(f'campaign:"{NAME}/release-validation"'))
    path, _, anchor = found['href'].partition('#')
    assert found['title'] == '2. Release validation: 2 missing'
    assert f'id="{anchor}"' in client('anna').get(path).text


def test_link_to_an_item_leads_to_its_sign_off(hiding, shown):
    found = link(shown(f'campaign:"{HIDING}/CNAF"', 'coordinator'))
    assert found['href'] == (
        f'/ticket/{hiding.tickets["sites.cnaf"]}#prodworkflow-box')
    assert 'Validated at CNAF' in found['title']


def test_what_is_over_says_so(campaign, system, shown):
    system.lifecycle.end(NAME, ADMIN, Phase.ABANDONED, 'No money.')
    found = link(shown(f'campaign:"{NAME}"'))
    assert found['class'] == 'campaign pw-link pw-link-over'
    assert found['title'] == 'Abandoned: nothing changes any more.'


@pytest.mark.parametrize(('target', 'title'), [
    pytest.param('2012 Prod', 'There is no campaign "2012 Prod". Did you '
                 'mean "2011 Prod"?', id='unknown campaign'),
    pytest.param('<script>"', 'There is no campaign "<script>". There is '
                 '"2011 Prod".', id='hostile name'),
    pytest.param('2011 Prod/feature-frieze', '2011 Prod has no requirement, '
                 'stage or item "feature-frieze". Did you mean '
                 '"feature-freeze"?', id='unknown key'),
    pytest.param('', 'There is no campaign "". There is "2011 Prod".',
                 id='no name'),
])
def test_link_to_nothing_is_missing_and_says_what_there_is(
        campaign, rendered, env, target, title):
    page = rendered(f"[campaign:'{target}' x]" if '"' in target
                    else f'[campaign:"{target}" x]')
    assert '<script' not in page
    found = link(page)
    assert found['class'].split()[0] == 'missing'
    assert found['rel'] == 'nofollow'
    assert 'href' not in found
    assert found['title'].replace('<script>""', '<script>"') == title


def test_who_may_see_no_campaigns_learns_nothing(campaign, env, rendered):
    permissions = PermissionSystem(env)
    for user, action in permissions.get_all_permissions():
        if action in ('ROADMAP_VIEW', 'CAMPAIGN_VIEW'):
            permissions.revoke_permission(user, action)
    pages = {re.sub('[0-9]{4}', 'Y', rendered(f'campaign:"{name}"', 'eve'))
             for name in (NAME, '2012 Prod')}
    page, = pages
    assert link(page) == {
        'class': 'missing campaign', 'rel': 'nofollow',
        'title': 'CAMPAIGN_VIEW is needed to see campaigns.'}


def test_a_change_shows_at_once(campaign, sign, rendered):
    text = f'campaign:"{NAME}"'
    before = rendered(text)
    assert rendered(text) == before
    sign('feature-freeze')
    assert '6 of 7 sign-offs missing' in rendered(text)


def test_labels_are_kept_apart(campaign, rendered):
    assert '>one</a>' in rendered(f'[campaign:"{NAME}" one]')
    assert '>two</a>' in rendered(f'[campaign:"{NAME}" two]')


def test_a_campaign_is_a_resource_of_trac(campaign, env):
    it, other = Resource('campaign', NAME), Resource('campaign', 'Other')
    assert get_resource_url(env, it, Href('/trac')) == (
        '/trac/campaign/2011%20Prod')
    assert resource_exists(env, it)
    assert not resource_exists(env, other)
    assert get_resource_description(env, it) == f'Campaign {NAME}'
    assert get_resource_description(env, it, 'compact') == NAME
    context = web_context(MockRequest(env, authname='anna'))
    assert 'title="Not ready' in str(
        get_resource_description(env, it, context=context))
