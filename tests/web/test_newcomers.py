"""People whom Trac has not met: named, told of, and signing after log-in."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from urllib.parse import quote

import pytest

from prodworkflow import demo
from prodworkflow.api import CampaignRequest
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.logins import quoted_login
from prodworkflow.gateways.clock import now
from support.campaigns import CONTACTS, NAME
from support.http_client import Client, words_of
from support.page_forms import Page

PANEL = '/admin/production/campaigns'
PAGE = f'{PANEL}/{quote(NAME)}'
FREEZE = 'feature-freeze'
TICK = {'unknown_contacts': '1'}
CREATE = {'name': NAME, 'template': 'path-to-production', 'create': 'Create'}
TODAY = day_of(now())
WEEK = TODAY + timedelta(7)
NEVER = 'never logged in to Trac, and can sign once they have'
SITES = """
title = "Sites"
[lists]
sites = [{name = "CNAF", weight = 10, contacts = ["anna"]}]
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "validated"
title = "Validated at {site}"
for_each = "sites"
"""
LOGINS = [pytest.param('annika', id='plain'),
          pytest.param('/DC=ch/CN=Doe, Jane', id='certificate')]


def account(env, login):
    """Let somebody log in, whom Trac has not met."""
    with open(f'{env.path}/conf/demo.htpasswd', 'a', encoding='utf-8') as file:
        file.write(f'{login}:{demo.md5crypt(login, "salt", "$apr1$")}\n')


def signed(client, requirement=FREEZE):
    return client.post(f'/campaign/{quote(NAME)}/sign', {
        'requirement': requirement, 'verdict': 'approved',
        'statement': 'Fine.'})


def ticked(page, button):
    """Whether the tick for newcomers is set in the form of a button."""
    return Page(page.text).form([], button).find('unknown_contacts').chosen


@pytest.fixture
def sites(system):
    """The page of a campaign that asks something of each site."""
    system.create(CampaignRequest(
        NAME, 'sites', 'V1', template_text=SITES), 'coordinator')
    return PAGE


@pytest.mark.parametrize('login', LOGINS)
def test_a_newcomer_is_refused_with_the_nearest_login_and_the_remedy(
        client, system, login):
    page = client('coordinator').post(PANEL, {
        **CREATE, f'contact:{FREEZE}': f'eve, {quoted_login(login)}'})
    told = unescape(words_of(page))
    assert page.status == 400
    assert (f'Contact "{login}" of “Feature Freeze” is no user that '
            'Trac knows.') in told
    assert 'tick “Name people who have never logged in”' in told
    assert '--unknown-contacts' not in told
    assert ('Did you mean anna?' in told) == (login == 'annika')
    assert not ticked(page, 'Create production campaign')
    assert system.queries.names() == []


@pytest.mark.parametrize('login', LOGINS)
def test_a_newcomer_is_taken_with_a_tick_and_signs_after_the_first_log_in(
        client, env, system, login):
    user = client('coordinator')
    fields = {**CREATE, **TICK, f'contact:{FREEZE}': quoted_login(login)}
    preview = {k: v for k, v in fields.items() if k != 'create'}
    page = user.post(PANEL, {**preview, 'preview': 'Preview'})
    words = f'{quoted_login(login)} is named for Feature Freeze and has never'
    assert page.status == 200
    assert words in unescape(words_of(page))
    assert ticked(page, 'Create production campaign')
    assert user.post(PANEL, fields).status == 200
    told = system.queries.decision(NAME)
    assert told.snapshot.state.campaign.newcomers == (login,)
    assert told.answer(FREEZE).words == f'awaits {quoted_login(login)}'
    for path in ('/roadmap', f'/campaign/{quote(NAME)}', PAGE):
        page = unescape(words_of(user.get(path)))
        assert f'{NEVER}: {quoted_login(login)}' in page, path
        assert 'nobody can sign #1' not in page
    account(env, login)
    here = client(login)
    assert 'value="approved"' in here.get('/ticket/1').text
    assert signed(here).status == 200
    assert system.queries.decision(NAME).answer(FREEZE).met
    for path in ('/roadmap', f'/campaign/{quote(NAME)}', PAGE):
        assert NEVER not in words_of(user.get(path)), path


def test_who_was_there_as_anonymous_first_is_known_after_the_log_in(
        client, env, site, create):
    """Trac itself forgets to take notice then."""
    create(contacts={**CONTACTS, FREEZE: ('zoe',)}, unknown_contacts=True)
    account(env, 'zoe')
    user = client('coordinator')
    assert f'{NEVER}: zoe' in words_of(user.get('/roadmap'))
    zoe = Client(site)
    zoe.get('/about')
    zoe.log_in('zoe')
    zoe.get('/about')
    assert NEVER not in words_of(user.get('/roadmap'))


def test_newcomers_replace_contacts_with_a_tick(campaign, client, system):
    user = client('coordinator')
    fields = {'act': 'change', 'reason': 'New.', f'contact:{FREEZE}': 'zoe',
              f'deputies:{FREEZE}': f'yves for zoe {TODAY}..{WEEK}'}
    page = user.post(PAGE, fields)
    assert page.status == 400
    told = unescape(words_of(page))
    assert 'Contact "zoe" of feature-freeze is no user' in told
    assert 'Contact "yves" of feature-freeze is no user' in told
    assert not ticked(page, 'Save changes')
    assert system.queries.requirement(NAME, FREEZE).contacts == ('anna',)
    page = user.post(PAGE, {**fields, **TICK})
    assert page.status == 200, words_of(page)
    found = system.queries.decision(NAME)
    assert found.snapshot.state.campaign.newcomers == ('zoe', 'yves')
    assert found.answer(FREEZE).words == 'awaits zoe or yves (for zoe)'
    assert f'{NEVER}: zoe and yves' in words_of(user.get(PAGE))
    assert [e.payload.get('newcomers') for e in system.queries.ledger(NAME)
            if e.verb == 'contacts-changed'] == [['zoe', 'yves']]


def test_a_tick_without_newcomers_changes_nothing(campaign, client, system):
    before = system.queries.decision(NAME).snapshot.state
    page = client('coordinator').post(PAGE, {
        'act': 'change', 'reason': 'None.', **TICK})
    assert 'Nothing was changed.' in words_of(page)
    assert system.queries.decision(NAME).snapshot.state == before


def test_a_deputy_may_be_a_newcomer(campaign, client, env, system):
    user = client('coordinator')
    fields = {'act': 'deputy', 'deputy': '"Doe, Jane"', 'for': 'anna',
              'first': str(TODAY), 'last': str(WEEK)}
    page = user.post(PAGE, fields)
    assert page.status == 400
    assert 'Contact "Doe, Jane" of deputy is no user' in unescape(
        words_of(page))
    assert not ticked(page, 'Name the deputy')
    page = user.post(PAGE, {**fields, **TICK})
    assert page.status == 200, words_of(page)
    found = system.queries.decision(NAME).snapshot.state.campaign
    assert found.newcomers == ('Doe, Jane',)
    account(env, 'Doe, Jane')
    assert signed(client('Doe, Jane')).status == 200
    assert system.queries.decision(NAME).answer(FREEZE).words == (
        'signed off by "Doe, Jane" (for anna)')


def test_a_site_joins_with_a_newcomer(sites, client, system):
    user = client('coordinator')
    fields = {'act': 'items', 'list': 'sites', 'item_name': 'RAL',
              'item_weight': '5', 'item_contacts': '"Doe, Jane", anna',
              'reason': 'New.'}
    page = user.post(sites, fields)
    assert page.status == 400
    assert 'Contact "Doe, Jane" of' in unescape(words_of(page))
    assert not ticked(page, 'Change who takes part')
    page = user.post(sites, {**fields, **TICK})
    assert page.status == 200, words_of(page)
    found = system.queries.decision(NAME).snapshot.state
    assert found.campaign.newcomers == ('Doe, Jane',)
    assert {r.contacts for r in found.requirements if r.item == 'ral'} == {
        ('Doe, Jane', 'anna')}


def test_a_campaign_like_one_with_newcomers_needs_the_tick_again(
        create, client, system):
    create(contacts={**CONTACTS, FREEZE: ('zoe',)}, unknown_contacts=True)
    user = client('coordinator')
    page = user.get(f'{PANEL}?like={quote(NAME)}')
    form = Page(page.text).form([], 'Create production campaign')
    button = form.find('Create production campaign', True)
    fields = {**dict(form.fields([], button)), 'name': 'Next'}
    assert fields[f'contact:{FREEZE}'] == 'zoe'
    assert 'is no user that Trac knows' in words_of(page)
    assert user.post(PANEL, fields).status == 400
    assert user.post(PANEL, {**fields, **TICK}).status == 200
    assert system.queries.names() == [NAME, 'Next']


@pytest.mark.parametrize(('contact', 'words'), [
    pytest.param('anonymous', 'can be no login', id='nobody in particular'),
    pytest.param('" zoe"', 'can be no login', id='blank'),
    pytest.param('x' * 256, 'can be no login', id='too long'),
    pytest.param('a\x07b', 'can be no login', id='control character'),
    pytest.param('@nobody', 'is no permission group', id='group'),
])
def test_the_tick_takes_nothing_that_is_no_login(client, system, contact,
                                                 words):
    page = client('coordinator').post(PANEL, {
        **CREATE, **TICK, f'contact:{FREEZE}': contact})
    assert page.status == 400
    assert words in words_of(page)
    assert system.queries.names() == []


def test_who_is_gone_is_no_newcomer(campaign, admin, client):
    """Told as before: nobody can sign what only they could."""
    assert admin('session', 'delete', 'bruno')[0] == 0
    words = words_of(client('coordinator').get('/roadmap'))
    assert 'bruno is no user of Trac any more' in words


def test_a_template_with_newcomers_is_shown_with_what_to_do(client):
    text = ('title = "T"\n[[stage]]\nkey = "one"\ntitle = "One"\n'
            '[[stage.requirement]]\nkey = "first"\ntitle = "First"\n'
            'contacts = ["Doe, Jane", "anna"]\n')
    page = client('coordinator').post(
        '/admin/production/templates/path-to-production',
        {'act': 'check', 'text': text},
        {'X-Requested-With': 'XMLHttpRequest'})
    told = unescape(words_of(page))
    assert 'Contact "Doe, Jane" of first is no user that Trac knows' in told
    assert '"Doe, Jane", anna' in told
