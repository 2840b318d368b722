"""A kept card is shown only where it would be rendered just the same."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from trac.perm import PermissionSystem
from trac.test import MockRequest
from trac.ticket.model import Ticket
from trac.web.api import RequestDone
from trac.web.chrome import web_context
from trac.web.main import RequestDispatcher

from prodworkflow import store
from prodworkflow.domain.model.person import Person
from prodworkflow.pages.roadmap_panel import RoadmapPanel
from prodworkflow.web.cards.card_cache import CardCache, HOUR, ViewerKey
from support.campaigns import CONTACTS, NAME

NOON = 20000 * 24 * HOUR


def panel(env, user='anna', **more):
    """The readiness panel as somebody sees it, in this process."""
    req = MockRequest(env, path_info='/roadmap', authname=user, **more)
    with pytest.raises(RequestDone):
        RequestDispatcher(env).dispatch(req)
    page = req.response_sent.getvalue().decode()
    return re.search(r'(?s)id="prodworkflow-panel".*?<h1', page)[0]


def fresh(env, *args, **more):
    """The same, with nothing kept from before."""
    RoadmapPanel(env).__init__()
    return panel(env, *args, **more)


CHANGES = [
    pytest.param("UPDATE ticket SET status='closed', resolution='fixed' "
                 'WHERE id=1', id='a ticket is closed past all doors'),
    pytest.param('DELETE FROM ticket WHERE id=2', id='a ticket is deleted'),
    pytest.param("UPDATE ticket SET milestone='milestone1' WHERE id=3",
                 id='a ticket is moved'),
    pytest.param("UPDATE milestone SET completed=1 WHERE name LIKE '%1.%'",
                 id='a milestone is completed'),
    pytest.param("DELETE FROM milestone WHERE name LIKE '%2.%'",
                 id='a milestone is deleted'),
    pytest.param("INSERT INTO ticket (summary, status, milestone) SELECT 'x',"
                 "'new', name FROM milestone WHERE name LIKE '2011%1.%'",
                 id='a ticket opens upstream'),
    pytest.param("UPDATE prodworkflow_requirement SET contacts='[\"zoe\"]' "
                 'WHERE position=0', id='contacts are written by hand'),
    pytest.param("UPDATE prodworkflow_requirement SET contacts='nonsense' "
                 'WHERE position=0', id='a row becomes unreadable'),
    pytest.param('UPDATE milestone SET due=1600000000000000',
                 id='due dates are written by hand'),
    pytest.param("UPDATE prodworkflow_campaign SET enforcement='advisory'",
                 id='enforcement is written by hand'),
    pytest.param("UPDATE prodworkflow_campaign SET release_name='V7'",
                 id='the release is written by hand'),
    pytest.param("INSERT INTO session_attribute VALUES "
                 "('bruno', 1, 'name', 'Bruno B.')", id='somebody is renamed'),
]


@pytest.mark.parametrize('sql', CHANGES)
def test_card_shows_any_changed_row_at_once(campaign, env, sql):
    before = panel(env)
    assert panel(env) == before
    env.db_transaction(sql)
    env.invalidate_known_users_cache()
    now = panel(env)
    assert now != before
    assert now == fresh(env)


@pytest.mark.parametrize('act', [
    pytest.param(lambda s: s.sign(NAME, 'feature-freeze', 'anna', False, 'x'),
                 id='signed'),
    pytest.param(lambda s: s.lifecycle.hold(NAME, Person('anna'), 'A leak.'),
                 id='held'),
])
def test_card_shows_what_people_do_at_once(campaign, env, system, act):
    before = panel(env)
    act(system)
    assert panel(env) != before
    assert panel(env) == fresh(env)


def test_card_is_that_of_its_viewer(create, env):
    PermissionSystem(env).grant_permission('eve', 'experts')
    create(contacts={**CONTACTS, 'software-quality': ('@experts',),
                     'physics-results': ()})
    viewers = ['anna', 'bruno', 'eve', 'coordinator', 'anonymous', 'ann']
    shared = {user: panel(env, user) for user in viewers}
    assert shared == {user: fresh(env, user) for user in viewers}
    buttons = {u: re.findall('class="pw-button"[^>]*>(Sign off.*?)</a>',
                             shared[u]) for u in viewers}
    assert buttons == {
        'anna': ['Sign off 2'], 'bruno': ['Sign off'], 'eve': ['Sign off'],
        'coordinator': [], 'anonymous': [], 'ann': []}
    early = {u for u in viewers if 'You may sign' in shared[u]}
    assert early == {'bruno', 'coordinator'}


def test_viewers_who_are_no_contacts_share_a_card(campaign, env, system):
    record = system.queries.records().now[0]
    keys = {user: _viewer(env, user).key(record)
            for user in ('eve', 'zoe', 'anna', 'bruno')}
    assert keys['eve'] == keys['zoe']
    assert len(set(keys.values())) == 3


def _viewer(env, user, moment=NOON, **more):
    req = MockRequest(env, path_info='/roadmap', authname=user, **more)
    return ViewerKey(env, req, Person(user), moment)


@pytest.mark.parametrize(('same', 'moment'), [
    pytest.param(True, NOON + HOUR - 1, id='within the hour'),
    pytest.param(False, NOON + HOUR, id='an hour later'),
    pytest.param(False, NOON - 1, id='before noon'),
])
def test_a_card_is_rendered_anew_each_hour(campaign, env, system, same,
                                           moment):
    record = system.queries.records().now[0]
    assert (_viewer(env, 'anna').key(record)
            == _viewer(env, 'anna', moment).key(record)) is same


def test_card_under_another_base_url_links_there(campaign, env):
    assert 'href="/trac.cgi/ticket/1"' in panel(env)
    assert 'href="/elsewhere/ticket/1"' in panel(
        env, script_name='/elsewhere')


def test_cache_key_of_a_card_holds_every_value_read(campaign, sign, system):
    sign('feature-freeze')
    record = system.queries.records().now[0]
    texts = {record.text()}
    for rows in ('stages', 'requirements'):
        first, *others = getattr(record, rows)
        # The last of a stage's row is the number of campaigns that are over.
        for place in range(len(first) - (rows == 'stages')):
            odd = (*first[:place], 'odd', *first[place + 1:])
            texts.add(replace(record, **{rows: [odd, *others]}).text())
    texts |= {replace(record, **change).text() for change in (
        {'others': {'stage': [1]}}, {'crowded': {'stage'}},
        {'pace': {'anna': [1, 2]}}, {'pace': None})}
    first = record.requirements[0]
    assert len(texts) == 1 + len(record.stages[0]) - 1 + len(first) + 4


def test_contacts_of_a_card_are_those_who_may_sign_whatever_is_signed(
        campaign, sign, system):
    before = system.queries.records().now[0].contacts
    sign(*CONTACTS)
    assert system.queries.records().now[0].contacts == before == {'anna',
                                                                  'bruno'}


def test_cache_key_tells_values_of_database_specific_types_apart():
    one, other = (store.CampaignRows(1, [(Fraction(value), 0)]).text()
                  for value in (1, 2))
    assert one != other


def test_card_names_the_first_of_many_open_tickets(
        campaign, env, system, gate):
    milestone = env.db_query('SELECT milestone FROM ticket WHERE id=1')[0][0]
    for _ in range(8):
        ticket = Ticket(env)
        ticket.populate({'summary': 'x', 'status': 'new', 'type': 'defect',
                         'milestone': milestone})
        ticket.insert()
    words = re.sub('<[^>]*>', '', panel(env))
    assert words.count(' is open in 2011 Prod: 1.') == 5
    assert f'more tickets are open in {milestone}' in words
    told = system.queries.decision(NAME).gate('release-validation').reasons()
    assert sum('is open in' in reason for reason in told) == 8
    assert not any('more tickets' in reason for reason in told)


def test_open_tickets_beyond_those_named_keep_the_gate_shut(
        campaign, sign, env, system):
    sign(*CONTACTS)
    assert system.queries.evaluate(system.queries.records().now[0]).launch.open
    found = system.queries.records().now[0]
    crowded = replace(found, crowded={'software-preparation'})
    assert not system.queries.evaluate(crowded).launch.open


@pytest.mark.parametrize(('rule', 'shown', 'hidden'), [
    pytest.param('[ticket:1]\n* = !TICKET_VIEW\n', '/ticket/1"',
                 'Feature Freeze', id='ticket'),
    pytest.param(f'[milestone:{NAME}: 2. *]\n* = !MILESTONE_VIEW\n',
                 'Release validation', 'Release validation', id='stage'),
])
def test_card_leaves_out_what_its_viewer_may_not_see(
        campaign, env, rule, shown, hidden):
    everybody = panel(env, 'eve')
    assert shown in everybody
    env.config.set('authz_policy', 'authz_file', f'{env.path}/conf/authz')
    with open(f'{env.path}/conf/authz', 'w') as file:
        file.write(rule)
    env.config.set('components', 'tracopt.perm.authz_policy.*', 'enabled')
    env.config.set('trac', 'permission_policies',
                   'AuthzPolicy, DefaultPermissionPolicy')
    env.enabled.clear()
    env.__dict__.pop('_component_rules', None)
    assert web_context(MockRequest(env))
    assert hidden not in panel(env, 'eve')


def test_card_cache_evicts_the_least_recently_used_beyond_its_size():
    cards = CardCache(10)
    for key in 'abc':
        cards.put(key, 'four')
        cards.get('a')
    assert [key for key in 'abc' if cards.get(key)] == ['a', 'c']
    cards.put('a', 'longer than all')
    assert not any(cards.get(key) for key in 'abc')
    cards.put('b', 'x' * 10)
    cards.put('b', 'y' * 10)
    assert cards.get('b') == 'y' * 10
