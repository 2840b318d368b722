"""The macros of wiki text: what they show, to whom, and their errors."""

from __future__ import annotations

import re
from html import unescape

import pytest
from trac.perm import PermissionSystem
from trac.resource import Resource
from trac.ticket.model import Ticket
from trac.web.chrome import web_context
from trac.wiki.formatter import format_to_html

from prodworkflow.api import CampaignRequest, SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
from support.campaigns import NAME
from support.http_client import words_of

SITES = '''
title = "Sites"
[lists]
sites = [{name = "CNAF", weight = 3}, {name = "RAL", weight = 1}]
groups = ["Muon"]
[[stage]]
key = "prep"
title = "Preparation"
due = 20
[[stage.requirement]]
key = "valid"
title = "Valid at {site}"
for_each = "sites"
[[stage.requirement]]
key = "disk"
title = "Disk at {site}"
for_each = "sites"
[[stage.requirement]]
key = "physics"
title = "Physics of {group}"
for_each = "groups"
'''
STAFF = {'valid.cnaf': ('anna',), 'valid.ral': ('bruno',),
         'disk.cnaf': ('anna',), 'disk.ral': ('bruno',),
         'physics.muon': ('anna',)}
MACROS = ('CampaignReadiness', 'CampaignTimeline', 'CampaignMatrix',
          'MySignOffs')


def text_of(html):
    return ' '.join(unescape(re.sub('<[^>]*>', ' ', html)).split())


def message(html):
    """What the error in the place of a macro says."""
    found = re.search(r'(?s)class="system-message".*?<pre>(.*?)</pre>', html)
    return unescape(re.sub('<[^>]*>', '', found[1]))


@pytest.fixture
def sites(system):
    """The tickets of a campaign with two lists, by requirement."""
    numbers = system.create(CampaignRequest(
        'Sites', 'sites', 'V1', '2031-06-01', contacts=STAFF,
        template_text=SITES), 'coordinator')
    state = system.queries.decision('Sites').snapshot.state
    assert len(numbers) == len(STAFF)
    return {r.key: r.ticket for r in state.requirements}


def test_readiness_is_the_verdict_stages_and_who_is_awaited(
        campaign, sign, shown):
    sign('feature-freeze')
    page = shown(f'[[CampaignReadiness({NAME})]]')
    told = text_of(page)
    assert 'Not ready: 6 of 7 sign-offs missing; next:' in told
    assert '1. Software preparation 1 of 3 signed, 2 missing' in told
    assert 'Waits for anna (2), bruno (1)' in told
    assert f'href="/ticket/{campaign["software-quality"]}"' in page
    assert 'href="/campaign/2011%20Prod"' in page


def test_timeline_has_a_row_for_each_stage_and_the_start(sites, shown):
    page = shown('[[CampaignTimeline(Sites)]]')
    told = text_of(page)
    assert '1. Preparation' in told
    assert '0 of 5 signed, 5 missing' in told
    assert 'Production planned' in told
    assert page.count('<svg') == 2
    assert page.count('<svg') == len(re.findall(
        r'<svg[^>]*aria-hidden="true"', page))
    assert 'href="/milestone/Sites' in page


def test_matrix_has_a_row_for_each_item_and_links_each_cell(
        sites, system, shown):
    system.sign('Sites', 'valid.cnaf', 'anna', False, 'Fine.')
    system.record('Sites', 'disk.ral', Person('bruno'),
                  SignOffRequest(Verdict.REJECTED, 'Full.'))
    page = shown('[[CampaignMatrix(Sites, sites)]]')
    told = text_of(page)
    assert 'Sites : sites. 1 of 4 signed.' in told
    assert re.search(r'CNAF 3 signed anna .* awaited \w+.* RAL 1 '
                     r'awaited \w+.* rejected bruno', told)
    for ticket in (sites['valid.cnaf'], sites['disk.ral']):
        assert f'href="/ticket/{ticket}#prodworkflow-box"' in page
    assert page.count('<svg class="pw-i"') == 4
    assert 'Muon' not in told


def test_matrix_without_a_list_shows_all(sites, shown):
    page = shown('[[CampaignMatrix(Sites)]]')
    assert page.count('<table class="pw-matrix"') == 2
    assert 'Muon' in page


def test_matrix_of_a_campaign_without_lists_says_so(campaign, shown):
    assert f'{NAME} has no list of items.' in text_of(
        shown(f'[[CampaignMatrix({NAME})]]'))


def test_my_sign_offs_are_those_that_wait_for_the_reader(
        campaign, sites, create, shown):
    create('Early', start='2010-01-01')
    page = shown('[[MySignOffs]]')
    told = text_of(page)
    found = re.search(r'(\d+) sign-offs wait for you, (\d+) late\.', told)
    rows = re.findall(r'(?s)<tr>(?!\s*<th).*?</tr>', page)
    assert len(rows) == int(found[1])
    assert ['late' in row for row in rows] == [True] * int(found[2]) + [
        False] * (len(rows) - int(found[2]))
    assert f'href="/ticket/{campaign["feature-freeze"]}#prodworkflow-box"' \
        in page
    of_one = shown(f'[[MySignOffs({NAME})]]')
    assert 'Sites' not in text_of(of_one)
    assert 'href="/ticket/' in of_one


def test_my_sign_offs_are_none_for_somebody_else(campaign, shown):
    assert 'Nothing waits for you.' in text_of(shown('[[MySignOffs]]',
                                                         'eve'))


@pytest.mark.parametrize('views', [True, False])
def test_who_is_not_logged_in_is_told_so_in_a_sentence(
        campaign, env, rendered, views):
    if not views:
        _hide_campaigns(env)
    page = rendered('[[MySignOffs]]', 'anonymous')
    assert 'You are not logged in' in page
    assert 'system-message' not in page


def _hide_campaigns(env):
    permissions = PermissionSystem(env)
    for user, action in permissions.get_all_permissions():
        if action in ('ROADMAP_VIEW', 'CAMPAIGN_VIEW'):
            permissions.revoke_permission(user, action)


@pytest.mark.parametrize('macro', MACROS)
def test_who_may_see_no_campaigns_is_told_which_permission_it_takes(
        campaign, env, rendered, macro):
    _hide_campaigns(env)
    for name in (NAME, 'Other'):
        assert message(rendered(f'[[{macro}({name})]]', 'eve')) == (
            'CAMPAIGN_VIEW is needed to see campaigns.')


@pytest.mark.parametrize(('macro', 'words'), [
    *(pytest.param(f'{macro}(2012 Prod)', 'There is no campaign "2012 Prod". '
                   'Did you mean "2011 Prod"?', id=f'{macro}: no campaign')
      for macro in MACROS),
    *(pytest.param(f'{macro}{given}', f'Write [[{macro}(CAMPAIGN', id=(
        f'{macro}{given}'))
      for macro in MACROS[:3] for given in ('', '()', '(a,b,c)')),
    pytest.param('MySignOffs(a,b)', 'Write [[MySignOffs]] or',
                 id='MySignOffs of two'),
    pytest.param('CampaignMatrix(Sites, sits)', 'Sites has no list "sits". '
                 'Did you mean "sites"?', id='no list'),
    pytest.param('CampaignMatrix("Sites)', 'The arguments cannot be read:',
                 id='a quote without an end'),
    pytest.param('CampaignReadiness(<script>x)', 'There is no campaign '
                 '"<script>x"', id='hostile name'),
])
def test_errors_stand_in_place_and_name_what_was_not_found(
        campaign, sites, rendered, macro, words):
    page = rendered(f'before [[{macro}]]\n\nafter')
    assert message(page).startswith(words)
    assert 'before' in page
    assert 'after' in page
    assert '<script' not in page


@pytest.mark.parametrize('name', ['A, B', "It's (1+1)", 'Ä Prod'])
def test_any_name_can_be_an_argument(create, rendered, name):
    create(name)
    assert 'Not ready' in rendered(f'[[CampaignReadiness("{name}")]]')
    assert 'pw-timeline' in rendered(f'[[CampaignTimeline( "{name}" )]]')


def test_hostile_words_of_a_campaign_are_escaped(system, rendered):
    evil = '<b onclick=x>'
    text = SITES.replace('Valid at', f'{evil} at').replace(
        '"Physics of', f'"{evil} of')
    numbers = system.create(CampaignRequest(
        'Evil', 'evil', 'V1', '2010-06-01', template_text=text,
        contacts=STAFF), 'coordinator')
    for macro in MACROS:
        page = rendered(f'[[{macro}(Evil)]]')
        assert '<b onclick' not in page
    assert '&lt;b onclick=x&gt;' in page
    told = rendered('campaign:Evil/physics.muon [[CampaignMatrix(Evil)]]')
    assert f'/ticket/{numbers[-1]}#' in told
    assert '<b onclick' not in told


@pytest.mark.parametrize('macro', MACROS)
def test_a_change_shows_at_once_and_otherwise_it_is_kept(
        campaign, sign, rendered, macro):
    text = f'[[{macro}({NAME})]]'
    before = rendered(text)
    assert rendered(text) == before
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    if macro != 'CampaignMatrix':
        assert rendered(text) != before


def test_macros_stand_in_ticket_comments_and_the_preview(
        campaign, client, env):
    ticket = Ticket(env, campaign['feature-freeze'])
    ticket.save_changes('anna', f'See [[CampaignReadiness({NAME})]]')
    page = client('anna').get(f'/ticket/{ticket.id}')
    assert 'class="pw-campaign pw-card"' in page.text
    preview = client('anna').post('/wiki_render', {
        'realm': 'wiki', 'id': 'Any',
        'text': f'[[CampaignTimeline({NAME})]]'})
    assert 'pw-timeline' in preview.text
    assert 'Timeline' in words_of(client('anna').get('/timeline'))


def test_style_sheet_comes_with_them(campaign, client, wiki_page):
    wiki_page(f'[[CampaignReadiness({NAME})]]')
    head = client('anna').get('/wiki/Production').text.partition('<body')[0]
    assert re.search(r'<link rel="stylesheet"[^>]*prodworkflow.css', head)
    assert 'prodworkflow.css' not in client('anna').get('/wiki').text


@pytest.mark.parametrize(('macro', 'user'), [
    *((f'{macro}({NAME})', 'anna') for macro in MACROS),
    ('MySignOffs', 'eve'), ('MySignOffs', 'anonymous')])
def test_no_paragraph_holds_a_block(campaign, rendered, macro, user):
    for paragraph in re.findall('(?s)<p>(.*?)</p>', rendered(
            f'before\n[[{macro}]]\nafter', user)):
        assert not re.search('<(div|table|p|ol|section)', paragraph)


@pytest.mark.parametrize('macro', MACROS[:3])
def test_without_a_request_they_show_what_anybody_may_see(
        campaign, env, macro):
    context = web_context(None, Resource('wiki', 'Any'))
    context.href = env.href
    assert 'system-message' not in str(
        format_to_html(env, context, f'[[{macro}({NAME})]]'))


def test_trac_lists_them_with_their_documentation(env, shown):
    for macro in MACROS:
        told = shown(f'[[MacroList({macro})]]')
        assert f'[[{macro}' in told
        assert 'CAMPAIGN_VIEW' in told
