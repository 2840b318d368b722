"""*Production* in the main navigation: for whom, its number, its cost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from trac.db import util
from trac.perm import PermissionCache, PermissionSystem
from trac.test import MockRequest
from trac.ticket.model import Milestone, Ticket
from trac.web.api import RequestDone
from trac.web.main import RequestDispatcher

from prodworkflow import store
from prodworkflow.api import DeputyRequest
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Phase
from support.campaigns import ADMIN, CONTACTS, NAME
from support.hidden_tickets import HIDING
from support.http_client import words_of
from support.logs import listening
from support.permissions import hide

ENTRY = re.compile(r'(?s)<a href="[^"]*/campaign">Production(.*?)</a>')
NUMBER = re.compile(r'<span[^>]* class="pw-count"[^>]*>(\d+)</span>')
PEOPLE = ('anna', 'bruno', 'eve', 'coordinator', 'dora')


def serve(env, path, user):
    """A page as somebody sees it, in this process."""
    req = MockRequest(env, path_info=path, authname=user)
    with pytest.raises(RequestDone):
        RequestDispatcher(env).dispatch(req)
    return req.response_sent.getvalue().decode()


def entry(page):
    """What stands behind the word in the navigation; None without one."""
    found = ENTRY.search(page)
    return found and found[1]


def number(env, user, path='/wiki'):
    """The number behind *Production*; 0 where there is none."""
    found = NUMBER.search(entry(serve(env, path, user)))
    return int(found[1]) if found else 0


def waiting(env, system, user):
    """What waits for somebody as the campaigns' own pages find it."""
    perm = PermissionCache(env, user)
    return [key for decision in system.queries.underway()[0]
            for key in system.queries.waiting_for(decision, perm).due]


@pytest.fixture
def sent(monkeypatch):
    """The statements that are sent from now on."""
    found = []
    execute = util.IterableCursor.execute

    def sending(self, sql, args=None):
        found.append(' '.join(sql.split()))
        return execute(self, sql, args)
    monkeypatch.setattr(util.IterableCursor, 'execute', sending)
    return found


# Who sees it

def test_production_leads_to_my_sign_offs_and_says_how_many_wait(
        campaign, client):
    page = client('anna').get('/wiki').text
    assert NUMBER.search(entry(page))[1] == '3'
    assert 'aria-label="3 sign-offs wait for you"' in entry(page)
    assert 'title="3 sign-offs wait for you"' in entry(page)


def test_number_counts_what_is_late_whatever_its_turn(create, env, client):
    create(start=(date.today() + timedelta(days=20)).isoformat())
    page = entry(client('anna').get('/wiki').text)
    assert re.search(r'title="\d+ sign-offs wait for you, \d+ late"', page)


@pytest.mark.parametrize('user', ['eve', 'coordinator', None])
def test_entry_has_no_number_where_nothing_waits(campaign, client, user):
    assert entry(client(user).get('/wiki').text) == ''


def test_who_may_not_see_campaigns_finds_no_entry(campaign, env, client):
    permissions = PermissionSystem(env)
    for who, action in permissions.get_all_permissions():
        if action in ('ROADMAP_VIEW', 'CAMPAIGN_VIEW'):
            permissions.revoke_permission(who, action)
    assert entry(client('anna').get('/wiki').text) is None


@pytest.mark.parametrize('address', [
    '/campaign', '/campaign/2011%20Prod', '/campaign/2011%20Prod/launch'])
def test_entry_is_active_on_the_pages_of_campaigns(campaign, client,
                                                   address):
    page = client('coordinator').get(address).text
    active = re.findall(r'<li[^>]*class="[^"]*active[^"]*"[^>]*>.*?</li>',
                        page)
    assert len(active) == 1
    assert '>Production' in active[0]


@pytest.mark.parametrize('address', [
    '/campaign/2011 Prod/gate', '/campaign/2011 Prod/badge.svg'])
def test_what_is_no_page_asks_for_no_number(campaign, env, sent, address):
    req = MockRequest(env, path_info=address, authname='anna')
    with pytest.raises(RequestDone):
        RequestDispatcher(env).dispatch(req)
    assert not [sql for sql in sent if 'SUM(revision)' in sql]


# That it is right

def hold(env, system, sign):
    system.lifecycle.hold(NAME, Person('anna'), 'A leak.')


def close_first_stage(env, system, sign):
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    milestone = Milestone(env, f'{NAME}: 1. Software preparation')
    milestone.completed = datetime.now(timezone.utc)
    milestone.update()


def reopen(env, system, sign):
    sign('feature-freeze')
    ticket = Ticket(env, 1)
    ticket['status'] = 'reopened'
    ticket.save_changes('bruno', 'A doubt.')


def open_upstream(env, system, sign):
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    ticket = Ticket(env)
    ticket.populate({'summary': 'x', 'status': 'new', 'type': 'defect',
                     'milestone': f'{NAME}: 1. Software preparation'})
    ticket.insert()


def delay(env, system, sign):
    for milestone in Milestone.select(env):
        if milestone.name.startswith(NAME):
            milestone.due = datetime(2020, 1, 1, 12, tzinfo=timezone.utc)
            milestone.update()


CHANGES = [
    pytest.param(lambda env, system, sign: sign('feature-freeze'),
                 id='signed'),
    pytest.param(lambda env, system, sign: sign(*CONTACTS), id='all signed'),
    pytest.param(hold, id='on hold'),
    pytest.param(close_first_stage, id='a stage is closed'),
    pytest.param(reopen, id='reopened by somebody'),
    pytest.param(open_upstream, id='a ticket opens upstream'),
    pytest.param(delay, id='due dates are moved in Trac'),
    pytest.param(lambda env, system, sign: system.lifecycle.end(
        NAME, ADMIN, Phase.ABANDONED, 'Over.'), id='abandoned'),
    pytest.param(lambda env, system, sign: system.lifecycle.remove(
        NAME, 'coordinator', 'No longer wanted.'), id='removed'),
    pytest.param(lambda env, system, sign: Ticket(env, 1).delete(),
                 id='a ticket is deleted'),
    pytest.param(lambda env, system, sign: Milestone(
        env, f'{NAME}: 2. Release validation').delete(),
        id='a milestone is deleted'),
]


@pytest.mark.parametrize('change', CHANGES)
def test_number_follows_every_change_at_once_by_two_statements(
        campaign, create, env, system, sign, sent, change):
    create('Other', contacts={'feature-freeze': ('eve',)})
    plain = {}
    for user in PEOPLE:
        assert number(env, user) == len(waiting(env, system, user))
        del sent[:]
        number(env, user)
        plain[user] = len(sent)
    change(env, system, sign)
    serve(env, '/wiki', 'anonymous')  # Trac reads its own caches again
    for user in PEOPLE:
        del sent[:]
        found = number(env, user)
        ours = [sql for sql in sent if 'prodworkflow' in sql]
        assert len(ours) <= 2
        assert len(sent) <= plain[user] + 1
        assert found == len(waiting(env, system, user))
        assert found == number(env, user, '/roadmap')


def test_number_takes_one_statement_where_nothing_changed(
        campaign, env, sent):
    number(env, 'anna')
    del sent[:]
    number(env, 'anna')
    assert len([sql for sql in sent if 'prodworkflow' in sql]) == 1


def test_number_takes_as_many_statements_with_many_campaigns(
        create, env, sent):
    for name in 'ABCDEFGHIJKL':
        create(name)
    serve(env, '/wiki', 'anonymous')
    del sent[:]
    assert number(env, 'anna') == 36
    assert len([sql for sql in sent if 'prodworkflow' in sql]) == 2


def test_deputy_is_counted_for_within_their_days(campaign, env, system):
    assert number(env, 'eve') == 0
    day = date.today().isoformat()
    system.deputies.name(ADMIN, DeputyRequest(
        f'eve for anna {day}..{day}', 'Away.'))
    assert number(env, 'eve') == len(waiting(env, system, 'eve')) > 0


def test_members_of_a_group_and_administrators_are_counted_for(
        create, env, system):
    PermissionSystem(env).grant_permission('dora', 'experts')
    create(contacts={**CONTACTS, 'feature-freeze': ('@experts',),
                     'software-quality': ()})
    for user in PEOPLE:
        assert number(env, user) == len(waiting(env, system, user))
    assert number(env, 'dora') == number(env, 'coordinator') == 1


# What is hidden, or goes wrong

def test_what_trac_hides_or_refuses_does_not_count(campaign, env, path):
    before = number(env, 'anna')
    hide(env, 1)
    env.enabled.clear()
    env.__dict__.pop('_component_rules', None)
    assert number(env, 'anna') == before - 1
    hide(env, 1, 'coordinator', 'anna')
    assert number(env, 'anna') == before


@pytest.mark.parametrize('user', ['anna', 'bruno', 'eve', 'zirconlogin'])
def test_number_with_hidden_tickets_is_that_of_the_campaigns_own_pages(
        hiding, env, system, user):
    assert number(env, user) == len(waiting(env, system, user))
    assert number(env, user, '/roadmap') == number(env, user)
    assert HIDING in serve(env, '/roadmap', user)


def test_a_page_of_trac_is_shown_whatever_is_wrong_with_campaigns(
        campaign, env, client):
    with env.db_transaction as db:
        db('DROP TABLE prodworkflow_signoff')
    with listening(env) as heard:
        page = serve(env, '/wiki', 'anna')
    assert entry(page) == ''
    assert heard.matching('Cannot count what waits for anna')


def test_an_unreadable_campaign_does_not_hide_the_others(
        campaign, create, env, system):
    create('Other')
    env.db_transaction("""
        UPDATE prodworkflow_requirement SET contacts='nonsense', quorum=-1
        WHERE campaign=(SELECT MIN(id) FROM prodworkflow_campaign)""")
    assert number(env, 'anna') == len(waiting(env, system, 'anna')) > 0


# Rows by one statement

@pytest.mark.parametrize('user', ['anna', 'coordinator'])
def test_one_statement_reads_what_the_bulk_reader_reads(
        campaign, create, env, sign, system, user):
    sign('feature-freeze')
    create('Other', contacts={**CONTACTS, 'physics-results': ()})
    for _ in range(7):
        ticket = Ticket(env)
        ticket.populate({'summary': 'x', 'status': 'new', 'type': 'defect',
                         'milestone': f'{NAME}: 1. Software preparation'})
        ticket.insert()
    person = Person(user, grants=frozenset({'CAMPAIGN_ADMIN'}))
    found = {r.name: r for r in store.records_concerning(env, person)}
    whole = {r.name: replace(r, pace=None)
             for r in store.underway_records(env).now}
    named = {'anna': [NAME, 'Other'], 'coordinator': ['Other']}[user]
    assert sorted(found) == named
    for name in named:
        assert store.snapshot_of(found[name]) == store.snapshot_of(
            whole[name])


@pytest.mark.parametrize('login', [
    'Zoë', 'doe, jane', '100%', 'a_b', "o'neil", 'back\\slash', '"quoted"'])
def test_any_login_is_found_among_the_contacts(create, env, login):
    create(contacts={**CONTACTS, 'feature-freeze': (login,)},
           unknown_contacts=True)
    assert store.records_concerning(env, Person(login))
    assert not store.records_concerning(env, Person('axb'))


# The line on the roadmap

def test_roadmap_tells_in_one_line_what_waits_for_you(campaign, client):
    page = client('anna').get('/roadmap').text
    line = re.search(r'(?s)<p class="pw-my-line">.*?</p>', page)[0]
    assert '<strong>3 sign-offs wait for you</strong>' in line
    assert 'href="/campaign">My sign-offs</a>' in line
    assert 'href="/ticket/1#prodworkflow-box">#1 Feature Freeze</a>' in line
    assert page.index('id="prodworkflow-panel"') < page.index(line)
    assert page.index(line) < page.index('pw-cards')
    assert 'for you' not in client('eve').get('/roadmap').text


def test_roadmap_offers_administrators_a_new_campaign_always(
        client, create):
    link = 'href="/admin/production/campaigns">New campaign</a>'
    assert link in client('coordinator').get('/roadmap').text
    create()
    assert link in client('coordinator').get('/roadmap').text
    for user in ('anna', None):
        assert link not in client(user).get('/roadmap').text


def test_roadmap_tells_nobody_who_is_not_logged_in(campaign, client):
    told = words_of(client().get('/roadmap'))
    assert 'for you' not in told
