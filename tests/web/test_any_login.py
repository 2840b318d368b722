"""Logins of any kind: named, listed, deputed and signing, over HTTP."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from json import loads
from urllib.parse import quote

import pytest
from hypothesis import given, HealthCheck, settings
from hypothesis import strategies as st
from trac.perm import PermissionSystem
from trac.ticket.model import Ticket
from trac.web.session import DetachedSession

from prodworkflow import demo
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.logins import join_logins, quoted_login
from prodworkflow.gateways.clock import now
from support.campaigns import CONTACTS, NAME
from support.http_client import words_of
from support.page_forms import Page

PANEL = '/admin/production/campaigns'
PAGE = f'{PANEL}/{quote(NAME)}'
CERTIFICATE = '/DC=ch/DC=cern/OU=Users/CN=Doe, Jane'
LOGINS = [
    pytest.param(CERTIFICATE, id='certificate'),
    pytest.param('Doe, Jane', id='comma'),
    pytest.param('Jane Doe', id='blank'),
    pytest.param('jane;doe', id='semicolon'),
    pytest.param('a "b" c', id='quotation marks'),
    pytest.param('jane=doe', id='equals sign'),
    pytest.param("o'neil", id='apostrophe'),
    pytest.param('jane@example.org', id='mail address'),
    pytest.param('J\u00fcrgen', id='umlaut'),
]
FREEZE, QUALITY = 'feature-freeze', 'software-quality'
TODAY = day_of(now())
WEEK = TODAY + timedelta(7)


def have_account(env, *logins):
    """Let people log in; Trac has not met them yet."""
    path = f'{env.path}/conf/demo.htpasswd'
    with open(path, 'a', encoding='utf-8') as file:
        file.writelines(f'{login}:{demo.md5crypt(login, "salt", "$apr1$")}\n'
                        for login in logins)


def be_met(env, *logins):
    """Let people have logged in once."""
    for login in logins:
        session = DetachedSession(env, None)
        session.get_session(login, authenticated=True)
        session.save()


@pytest.fixture
def people(env):
    def make(*logins):
        have_account(env, *logins)
        be_met(env, *logins)
    return make


def requirement(system, key, name=NAME):
    return system.queries.requirement(name, key)


def form_of(page, button):
    """The fields of the form with that button, as a browser sends them."""
    found = Page(page.text).form([], button)
    return dict(found.fields([], found.find(button, True)))


@pytest.mark.parametrize('login', LOGINS)
def test_a_campaign_is_created_shown_and_signed_by_any_login(
        people, client, system, env, login):
    people(login)
    page = client('coordinator').post(PANEL, {
        'name': NAME, 'template': 'path-to-production', 'create': 'Create',
        f'contact:{FREEZE}': f'anna, {quoted_login(login)}',
        f'contact:{QUALITY}': quoted_login(login)})
    assert page.status == 200, words_of(page)
    assert requirement(system, FREEZE).contacts == ('anna', login)
    told = unescape(words_of(client('anna').get('/ticket/1')))
    assert f'awaits anna or {quoted_login(login)}' in told
    assert Ticket(env, 2)['owner'] == login
    here = client(login)
    assert 'value="approved"' in here.get('/ticket/2').text
    signed = here.post(f'/campaign/{quote(NAME)}/sign', {
        'requirement': QUALITY, 'verdict': 'approved',
        'statement': 'Fine.'})
    assert signed.status == 200, words_of(signed)
    assert system.queries.decision(NAME).answer(QUALITY).met
    assert f'signed off by {quoted_login(login)}' in unescape(
        words_of(here.get('/ticket/2')))
    assert system.check(NAME, False, 'root') == []


@pytest.mark.parametrize('login', LOGINS)
def test_a_form_that_was_not_touched_changes_nothing(
        people, create, client, system, login):
    people(login)
    create(contacts={**CONTACTS, FREEZE: ('anna', login)})
    deputy = f'{quoted_login(login)} for anna {TODAY}..{WEEK}'
    user = client('coordinator')
    told = user.post(PAGE, {'act': 'change', 'reason': 'Leave.',
                            f'deputies:{QUALITY}': deputy})
    assert told.status == 200, words_of(told)
    assert [str(d) for d in requirement(system, QUALITY).deputies] == [deputy]
    before = system.queries.decision(NAME).snapshot
    sent = form_of(user.get(PAGE), 'Save changes')
    assert sent[f'contact:{FREEZE}'] == f'anna, {quoted_login(login)}'
    assert sent[f'deputies:{QUALITY}'] == deputy
    told = user.post(PAGE, {**sent, 'reason': 'Nothing.'})
    assert 'Nothing was changed.' in words_of(told)
    assert system.queries.decision(NAME).snapshot.state == before.state


@pytest.mark.parametrize('login', LOGINS)
def test_any_login_is_replaced_deputed_and_cloned(
        people, create, client, system, login):
    people(login)
    create(contacts={**CONTACTS, FREEZE: (login,)})
    user = client('coordinator')
    told = user.post(PAGE, {
        'act': 'deputy', 'deputy': 'eve', 'for': quoted_login(login),
        'first': str(TODAY), 'last': str(WEEK)})
    assert told.status == 200, words_of(told)
    pair = f'eve for {quoted_login(login)}'
    assert [str(d) for d in system.queries.decision(
        NAME).snapshot.state.campaign.deputies] == [f'{pair} {TODAY}..{WEEK}']
    ends = unescape(re.search('name="ends" value="([^"]*)"', user.get(
        PAGE).text)[1])
    assert ends == pair
    assert user.post(PAGE, {'act': 'deputy', 'ends': ends}).status == 200
    assert not system.queries.decision(NAME).snapshot.state.campaign.deputies
    fields = form_of(user.get(f'{PANEL}?like={quote(NAME)}'),
                     'Create production campaign')
    assert fields[f'contact:{FREEZE}'] == quoted_login(login)
    made = user.post(PANEL, {**fields, 'name': '2012 Prod'})
    assert made.status == 200, words_of(made)
    assert requirement(system, FREEZE, '2012 Prod').contacts == (login,)
    told = user.post(PAGE, {
        'act': 'change', 'reason': 'Leave.',
        f'contact:{FREEZE}': f'{quoted_login(login)},bruno'})
    assert told.status == 200, words_of(told)
    assert requirement(system, FREEZE).contacts == (login, 'bruno')


@settings(max_examples=25,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(
    st.characters().filter(str.isprintable), min_size=1).filter(
        lambda login: login == login.strip() and login[0] != '@'),
    min_size=1, max_size=3, unique=True))
def test_the_form_brings_every_login_back(client, campaign, system, logins):
    """What the page shows of contacts is read back as it was."""
    written = join_logins(logins)
    page = client('coordinator').post(PAGE, {
        'act': 'change', 'reason': '', f'contact:{FREEZE}': written})
    fields = form_of(page, 'Save changes')
    assert ' '.join(fields[f'contact:{FREEZE}'].split()) == ' '.join(
        written.split())


@pytest.mark.parametrize(('fields', 'words'), [
    pytest.param({f'contact:{FREEZE}': 'anna, "Doe, Jane'},
                 'The quotation marks in “"Doe, Jane”, from character 7 on, '
                 'are out of place', id='contacts'),
    pytest.param({f'deputies:{FREEZE}': f'"eve for anna {TODAY}..{WEEK}'},
                 'names no deputy of feature-freeze', id='deputies'),
])
def test_marks_out_of_place_are_told_and_nothing_changes(
        campaign, client, system, fields, words):
    before = system.queries.decision(NAME).snapshot
    page = client('coordinator').post(PAGE, {
        'act': 'change', 'reason': 'Leave.', 'enforcement': 'strict',
        **fields})
    assert page.status == 400
    assert words in unescape(words_of(page))
    [(name, typed)] = fields.items()
    assert form_of(page, 'Save changes')[name] == typed
    assert system.queries.decision(NAME).snapshot == before


def test_marks_out_of_place_create_nothing(client, env, system):
    page = client('coordinator').post(PANEL, {
        'name': NAME, 'template': 'path-to-production', 'create': 'Create',
        f'contact:{FREEZE}': 'anna "Doe"'})
    assert page.status == 400
    assert 'from character 1 on, are out of place' in words_of(page)
    fields = form_of(page, 'Create production campaign')
    assert fields[f'contact:{FREEZE}'] == 'anna "Doe"'
    assert system.queries.names() == []


@pytest.mark.parametrize(('field', 'value', 'words'), [
    pytest.param('deputy', 'Doe, Jane', 'Name one person here, not Doe and '
                 'Jane; a login with a comma in it stands between quotation '
                 'marks, like "Doe, Jane".', id='not quoted'),
    pytest.param('for', '"Doe, Jane', 'are out of place', id='never closed'),
])
def test_a_field_for_one_person_takes_one(campaign, client, system, field,
                                          value, words):
    page = client('coordinator').post(PAGE, {
        'act': 'deputy', 'deputy': 'eve', 'for': 'anna', 'first': str(TODAY),
        'last': str(WEEK), field: value})
    assert page.status == 400
    assert words in unescape(words_of(page))
    assert system.queries.decision(NAME).snapshot.state.campaign.deputies == ()


def test_groups_with_blanks_and_commas_sign(env, client, system, people,
                                            create):
    group = 'site, admins'
    people('Doe, Jane')
    PermissionSystem(env).grant_permission('Doe, Jane', group)
    create(contacts={**CONTACTS, FREEZE: (f'@{group}',)})
    user = client('coordinator')
    sent = form_of(user.get(PAGE), 'Save changes')
    assert sent[f'contact:{FREEZE}'] == '"@site, admins"'
    told = user.post(PAGE, {**sent, 'reason': 'Nothing.'})
    assert 'Nothing was changed.' in words_of(told)
    told = unescape(words_of(user.get('/ticket/1')))
    assert 'awaits a member of "site, admins"' in told
    system.sign(NAME, FREEZE, 'Doe, Jane', False, 'Fine.')
    assert system.queries.decision(NAME).answer(FREEZE).met


def test_the_field_cc_holds_no_login_that_trac_would_take_apart(
        env, people, create, ticket):
    """Trac would send mail to doe and jane, who are other people."""
    people('doe, jane', 'jane;doe', 'Jane Doe', '/CN=jane')
    session = DetachedSession(env, None)
    session.get_session('Jane Doe', authenticated=True)
    session.set('email', 'jane@example.org')
    session.save()
    create(contacts={**CONTACTS, FREEZE: (
        'anna', 'doe, jane', 'jane;doe', 'Jane Doe', '/CN=jane', 'bruno')})
    assert ticket(1)['owner'] == 'anna'
    assert ticket(1)['cc'] == 'jane@example.org, /CN=jane, bruno'


def test_pages_list_people_as_they_are_written(people, client, create,
                                               system):
    people('Doe, Jane', 'Roe, Max', 'a "b" c')
    create(contacts={**CONTACTS, FREEZE: ('Doe, Jane', 'Roe, Max', 'a "b" c')},
           quorums={FREEZE: '2'})
    client('coordinator').post(PAGE, {
        'act': 'deputy', 'deputy': '"Doe, Jane"', 'for': 'bruno',
        'first': str(TODAY), 'last': str(WEEK)})
    user = client('anna')
    page = unescape(words_of(user.get('/roadmap')))
    assert re.search('waits for .*"Doe, Jane" \\(.*"Roe, Max" \\(', page)
    system.sign(NAME, FREEZE, 'Doe, Jane', False, 'Fine.')
    box = unescape(words_of(user.get('/ticket/1')))
    assert 'Signed off by "Doe, Jane"' in box
    assert 'awaits "Roe, Max" or "a ""b"" c"' in box
    json = user.get(f'/campaign/{quote(NAME)}/gate').text
    assert loads(json)['stages'][0]['requirements'][0]['awaits'] == [
        'Roe, Max', 'a "b" c']


def test_two_coordinators_are_told_logins_as_they_are_written(
        people, create, client, system):
    people('Doe, Jane')
    create()
    user = client('coordinator')
    sent = form_of(user.get(PAGE), 'Save changes')
    other = client('coordinator').post(PAGE, {
        'act': 'change', 'reason': 'First.',
        f'contact:{FREEZE}': '"Doe, Jane", bruno'})
    assert other.status == 200
    told = user.post(PAGE, {**sent, 'reason': 'Second.',
                            f'contact:{FREEZE}': 'eve'})
    assert told.status == 409
    assert ('is “"Doe, Jane", bruno” now, not “anna”: changed by coordinator'
            in unescape(words_of(told)))


def test_known_logins_are_offered_as_they_are_written_and_to_coordinators_only(
        people, create, client):
    people('Doe, Jane')
    create()
    for path in (PANEL, PAGE):
        page = client('coordinator').get(path).text
        assert '<option value="&#34;Doe, Jane&#34;"></option>' in page
        assert client('anna').get(path).status in (403, 404)
    for path in ('/roadmap', '/ticket/1', f'/campaign/{quote(NAME)}',
                 '/campaign'):
        assert 'prodworkflow-users' not in client('anna').get(path).text
