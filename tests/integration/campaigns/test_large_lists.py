"""Real productions: twelve subdetectors, forty weighted sites, in one file."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from trac.ticket.model import Milestone, Ticket
from trac.util.datefmt import datetime_now, utc

from prodworkflow.api import (
    CampaignRequest,
    GateShut,
    InvalidRequest,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.person import Person
from prodworkflow.services.campaigns.changes import CampaignChanges
from prodworkflow.services.campaigns.items import ItemAddition, ItemRemoval
from support.campaigns import NAME, PANEL_OF

SUBDETECTORS = ('svt', 'dch', 'pid', 'emc', 'ifr', 'bgm', 'ltm', 'trg',
                'daq', 'mag', 'tof', 'fgt')
# 899 + 1 + 100: the first 38 weigh 89.9 %, with the next one 90 %.
WEIGHTS = ('10', *('24',) * 36, '25', '1', '100')
TITLES = ('Software preparation', 'Release validation', 'pre-production')
ADMIN = Person('coordinator', grants=frozenset({'CAMPAIGN_ADMIN'}))


def text(rule='weight >= 90 %', sites=True):
    """A template of three stages, as a file holds it."""
    own = ''.join(f'  {{name = "Site {n:02}", weight = {w}, contacts = '
                  f'["{"anna" if n % 2 else "bruno"}"]}},\n'
                  for n, w in enumerate(WEIGHTS)) if sites else ''
    singles = {'a': ['freeze', 'leaks', 'cpu', 'disk'],
               'b': ['built', 'validated'],
               'c': ['sample', 'crashes', 'memory', 'size', 'leaks-again']}
    told = [f'title = "Real"\n[lists]\nsubdetectors = {list(SUBDETECTORS)}\n'
            f'sites = [\n{own}]\n'.replace("'", '"')]
    for key, title in zip('abc', TITLES):
        told.append(f'[[stage]]\nkey = "{key}"\ntitle = "{title}"\n'
                    f'due = {40 - 10 * ord(key) + 970}\n')
        told += [f'[[stage.requirement]]\nkey = "{r}"\ntitle = "{r}"\n'
                 'contacts = ["anna"]\n' for r in singles[key]]
        if key == 'b':
            told.append('[[stage.requirement]]\nkey = "site"\ntitle = '
                        '"Validated at {site}"\nfor_each = "sites"\n'
                        f'coverage = "{rule}"\nrelease_bound = true\n'
                        'inputs = ["{item}"]\n'
                        'keywords = "{site}"\ndescription = "See {site} for '
                        '{campaign} on {release}."\n')
        if key == 'c':
            told.append('[[stage.requirement]]\nkey = "plots"\ntitle = '
                        '"Plots of {subdetector}"\nfor_each = "subdetectors"'
                        '\nrelease_bound = true\ncontacts = ["bruno"]\n'
                        'inputs = ["{subdetector}"]\n'
                        'due = 20\n')
    return ''.join(told)


@pytest.fixture
def large_campaign(system, env):
    """The 63 tickets of the campaign; nothing is signed."""
    tickets = system.create(CampaignRequest(NAME, 'real.toml', 'V1',
                                            '2026-06-29',
                                            template_text=text()),
                            'coordinator')
    return dict(zip((r.key for r in state_of(system).requirements), tickets))


def state_of(system, name=NAME):
    return system.queries.decision(name).snapshot.state


@pytest.fixture
def sign_all(system):
    """Signs requirements, each by its first contact, in one transaction."""
    def signing(*keys):
        state = state_of(system)
        for person in ('anna', 'bruno'):
            mine = [(NAME, k, SignOffRequest(Verdict.APPROVED, 'Fine.'))
                    for k in keys
                    if state.requirement(k).contacts[0] == person]
            if mine:
                system.record_all(mine, Person(person))
    return signing


def sites(*numbers):
    return [f'site.site-{n:02}' for n in numbers]


def test_one_template_makes_three_milestones_and_sixty_three_tickets(
        tmp_path, admin, env):
    path = tmp_path / 'real.toml'
    path.write_text(text())
    code, _out, err = admin('campaign', 'create', NAME, '--release=V1',
                            f'--template-file={path}', '--start=2026-06-29')
    assert (code, err) == (0, '')
    names = [m.name for m in Milestone.select(env) if NAME in m.name]
    assert names == [f'{NAME}: {n}. {t}' for n, t in enumerate(TITLES, 1)]
    assert env.db_query('SELECT COUNT(*) FROM ticket') == [(63,)]
    assert env.db_query('SELECT COUNT(DISTINCT verb) FROM '
                        'prodworkflow_ledger') == [(1,)]
    ticket = Ticket(env, 7)
    assert (ticket['summary'], ticket['keywords'], ticket['owner']) == (
        'Validated at Site 00', 'Site 00', 'bruno')
    assert ticket['description'] == 'See Site 00 for 2011 Prod on V1.'


def test_creation_that_fails_at_the_last_ticket_makes_nothing(system, env):
    from prodworkflow.workflow.change_listeners import TicketListener
    follower = TicketListener(env)

    def fails(ticket):
        if ticket['summary'] == 'Plots of fgt':
            raise RuntimeError('power cut')
    follower.ticket_created = fails
    with pytest.raises(RuntimeError):
        system.create(CampaignRequest(NAME, 'x', template_text=text()),
                      'coordinator')
    for table in ('ticket', 'prodworkflow_campaign', 'prodworkflow_ledger'):
        assert env.db_query(f'SELECT COUNT(*) FROM {table}') == [(0,)]
    assert not [m for m in Milestone.select(env) if NAME in m.name]


def test_the_stage_opens_at_90_per_cent_and_not_at_89_9(large_campaign,
                                                        sign_all, gate,
                                                        system, admin):
    sign_all('freeze', 'leaks', 'cpu', 'disk', 'built', 'validated')
    sign_all(*sites(*range(38)))
    told = system.queries.decision(NAME).gate('b')
    assert not told.open
    assert told.groups[0].counted == '38 of 40 sites (89.9 % of capacity)'
    code, _, err = admin('milestone', 'completed', f'{NAME}: 2. {TITLES[1]}',
                         'now')
    assert code == 2
    assert 'and it needs 90 % of capacity; open: ' in err
    sign_all(*sites(38))
    told = system.queries.decision(NAME).gate('b')
    assert told.open
    assert told.groups[0].words == (
        '39 of 40 sites (90 % of capacity); open: '
        f'#{large_campaign["site.site-39"]} Site 39')
    assert admin('milestone', 'completed', f'{NAME}: 2. {TITLES[1]}',
                 'now')[0] == 0
    assert admin('campaign', 'check') == (0, '', '')
    system.record(NAME, 'site.site-38', Person('bruno'),
                  SignOffRequest(Verdict.WITHDRAWN, 'It burns.'))
    assert not gate('b')
    assert not system.queries.decision(NAME).closed(told.stage)


@pytest.mark.parametrize('beside', [False, True])
def test_closing_a_milestone_with_retarget_moves_no_sign_off_ticket(
        large_campaign, sign_all, client, system, env, stored, beside):
    sign_all('freeze', 'leaks', 'cpu', 'disk', 'built', 'validated',
             *sites(*range(39)))
    name = f'{NAME}: 2. {TITLES[1]}'
    if beside:
        ticket = Ticket(env)
        ticket['summary'], ticket['milestone'] = 'Another', name
        ticket['status'] = 'new'
        ticket.insert()
    answer = client('eve').post('/milestone/' + quote(name), {
        'action': 'edit', 'name': name, 'description': '', 'duedate': '',
        'completed': 'on', 'comment': '', 'retarget': 'on',
        'target': 'milestone1',
        'completeddate': datetime_now(utc).strftime('%Y-%m-%dT%H:%M:%SZ')})
    assert answer.status == (409 if beside else 200)
    left = large_campaign['site.site-39']
    assert f'#{left}' in answer.text
    assert Ticket(env, left)['milestone'] == name
    assert stored(2) == [not beside]
    assert system.queries.decision(NAME).gate('b').open
    assert system.check(NAME, False, 'root') == []


def test_covered_requirement_may_be_signed_after_the_launch(
        large_campaign, sign_all, system, gate, verbs):
    keys = [k for k in large_campaign if not k.startswith('site.')]
    sign_all(*keys, *sites(*range(39)))
    assert gate()
    system.lifecycle.launch(NAME, Person('dora', grants=frozenset(
        {'CAMPAIGN_LAUNCH'})), 'Go.')
    assert all(s.closed for s in state_of(system).stages)
    sign_all(*sites(39))
    assert verbs()[-1] == 'approved'
    assert system.check(NAME, False, 'root') == []


def test_a_patch_of_one_subdetector_makes_only_its_plots_stale(
        large_campaign, system, sign_all, admin):
    sign_all('plots.emc', 'plots.svt')
    code, out, _ = admin('campaign', 'release', NAME, 'V2', '--touches=emc',
                         '--reason=Noise.')
    assert code == 0
    assert 'To be signed again: plots.emc.\n' in out
    assert 'Carried over: plots.svt.\n' in out


def test_lists_are_asked_for_where_the_template_has_none(admin, tmp_path,
                                                         env):
    path, lists = tmp_path / 'real.toml', tmp_path / 'lists.toml'
    path.write_text(text('at_least = 2', sites=False))
    make = ('campaign', 'create', NAME, f'--template-file={path}')
    code, _, err = admin(*make)
    assert code == 2
    assert 'The list "sites" is empty, and the template asks something of ' \
        'each site: give it' in err
    lists.write_text('[[lists.sites]]\nname = "CNAF"\n[[lists.site]]\n'
                     'name = "RAL"\n')
    code, _, err = admin(*make, f'--lists-file={lists}')
    assert code == 2
    assert 'no list "site". Did you mean sites?' in err
    lists.write_text('[[lists.sites]]\nname = "CNAF"\nweigth = 3\n')
    code, _, err = admin(*make, f'--lists-file={lists}')
    assert code == 2
    assert 'line 3, lists.sites[1].weigth: unknown word; write "weight"' in err
    lists.write_text('[lists]\nsites = ["CNAF"]\n')
    code, _, err = admin(*make, f'--lists-file={lists}')
    assert code == 2
    assert 'write at most at_least = 1' in err
    assert env.db_query('SELECT COUNT(*) FROM ticket') == [(0,)]
    lists.write_text('[lists]\nsites = ["CNAF", "RAL"]\n')
    assert admin(*make, f'--lists-file={lists}')[0] == 0
    assert env.db_query('SELECT COUNT(*) FROM ticket') == [(25,)]


def test_contacts_of_a_group_sign_for_each_member(system, env):
    system.create(CampaignRequest(NAME, 'x', template_text=text(), contacts={
        'site': ('anna', 'eve'), 'site.site-03': ('bruno',)},
        quorums={'site': '2', 'site.site-03': '1'}), 'coordinator')
    state = state_of(system)
    assert state.requirement('site.site-02').contacts == ('anna', 'eve')
    assert state.requirement('site.site-02').quorum == 2
    assert state.requirement('site.site-03').contacts == ('bruno',)
    assert state.requirement('site.site-03').quorum == 1


@pytest.mark.parametrize(('wish', 'words'), [
    pytest.param({'contacts': {'site.site-99': ('anna',)}},
                 'Did you mean site.site-', id='no such site'),
    pytest.param({'contacts': {'site': ('ana',)}}, 'Did you mean anna?',
                 id='nobody'),
    pytest.param({'lists_text': 'sites = 3'}, 'unknown word', id='no lists'),
    pytest.param({'lists_text': '[lists]\nsites = 3'}, 'line 2', id='three')])
def test_campaign_with_invalid_lists_is_refused(system, wish, words):
    with pytest.raises(InvalidRequest) as error:
        system.create(CampaignRequest(NAME, 'x', template_text=text(), **wish),
                      'coordinator')
    assert words in str(error.value)


def change(system, **given):
    return system.change(NAME, ADMIN, CampaignChanges('Because.', **given))


def test_joining_item_reopens_its_closed_stage(
        large_campaign, system, sign_all, env, admin, verbs):
    keys = [k for k in large_campaign if not k.startswith(('site.', 'plots.'))]
    sign_all(*keys, *sites(*range(39)))
    assert admin('milestone', 'completed', f'{NAME}: 2. {TITLES[1]}',
                 'now')[0] == 0
    code, _out, err = admin(
        'campaign', 'change', NAME, '--add-item=sites:New York=30',
        '--contact=site.new-york:anna', '--reason=It helps.')
    assert (code, err) == (0, '')
    state = state_of(system)
    new = state.requirement('site.new-york')
    assert (new.weight, new.contacts) == ('30', ('anna',))
    assert state.members('site')[-1] == new
    ticket = Ticket(env, new.ticket)
    assert ticket['summary'] == 'Validated at New York'
    assert ticket['milestone'] == f'{NAME}: 2. {TITLES[1]}'
    assert [v for v in verbs() if v.startswith(('item', 'stage-re'))] == [
        'item-added', 'stage-reopened']
    told = system.queries.decision(NAME).gate('b').groups[0]
    assert told.counted == '39 of 41 sites (87.3 % of capacity)'
    assert admin('campaign', 'check') == (0, '', '')


def test_dropped_item_is_counted_nowhere(
        large_campaign, system, sign_all, env, admin, client):
    sign_all('freeze', 'leaks', 'cpu', 'disk', 'built', 'validated',
             *sites(*range(38)))
    code, _out, err = admin('campaign', 'change', NAME,
                            '--drop-item=sites:site-38', '--reason=Flooded.')
    assert (code, err) == (0, '')
    told = system.queries.decision(NAME).gate('b')
    assert told.groups[0].counted == (
        '38 of 39 sites (89.9 % of what is left, 89.9 % of the capacity '
        'agreed)')
    assert admin('campaign', 'change', NAME, '--drop-item=sites:site-39',
                 '--reason=No staff.')[0] == 0
    assert system.queries.decision(NAME).gate('b').open
    state = state_of(system)
    assert [r.key for r in state.dropped] == sites(38, 39)
    ticket = Ticket(env, large_campaign['site.site-38'])
    assert (ticket['status'], ticket['resolution']) == ('closed', 'wontfix')
    assert 'Flooded.' in ticket.get_changelog()[-1][4] or any(
        'Flooded.' in str(row) for row in ticket.get_changelog())
    told = system.queries.readiness_for(system.queries.decision(NAME),
                                        env_perm(env))
    assert any('Validated at Site 38 dropped out by' in n and 'Flooded.' in n
               for n in told.notes)
    assert admin('campaign', 'check') == (0, '', '')
    page = client('coordinator').get(f'/ticket/{ticket.id}')
    assert page.status == 200
    assert client('eve').get('/campaign/2011%20Prod').status == 200


def env_perm(env):
    from trac.perm import PermissionCache
    return PermissionCache(env, 'coordinator')


def test_item_that_comes_back_keeps_its_tickets_and_its_past(
        large_campaign, system, sign_all):
    sign_all(*sites(3))
    before = state_of(system)
    change(system, leavers=(ItemRemoval('sites', 'site-03'),))
    change(system, joiners=(ItemAddition('sites', 'Site 03'),))
    state = state_of(system)
    again = state.requirement('site.site-03')
    assert again.ticket == large_campaign['site.site-03']
    assert state.said_of(again.key) == before.said_of(again.key)
    assert again.weight == before.requirement(again.key).weight
    assert system.queries.decision(NAME).answer('site.site-03').met
    assert state.dropped == ()
    assert system.check(NAME, False, 'root') == []


REFUSED = [
    pytest.param({'joiners': (ItemAddition('sites', 'Site 03', '1'),)},
                 'sites has "site-03" already', id='twice'),
    pytest.param({'joiners': (ItemAddition('site', 'X', '1'),)},
                 'no list "site". Did you mean sites', id='no list'),
    pytest.param({'joiners': (ItemAddition('sites', 'X', 'heavy'),)},
                 'is no weight', id='weight'),
    pytest.param({'joiners': (ItemAddition('sites', 'X', ''),)},
                 'have weights; give one', id='no weight'),
    pytest.param({'joiners': (ItemAddition('sites', '{{{#!html', '1'),)},
                 'Name the site', id='wiki'),
    pytest.param({'joiners': (ItemAddition('sites', '日本', '1'),)},
                 'No key can be made', id='no key'),
    pytest.param({'leavers': (ItemRemoval('sites', 'site-3'),)},
                 'sites has no "site-3". Did you mean', id='no site'),
    pytest.param({'leavers': tuple(ItemRemoval('subdetectors', s)
                                   for s in SUBDETECTORS)},
                 'fgt is the last of subdetectors', id='the last'),
]


@pytest.mark.parametrize(('given', 'words'), REFUSED)
def test_item_that_cannot_join_or_drop_out_changes_nothing(
        large_campaign, system, given, words, env):
    before = env.db_query('SELECT * FROM ticket'), state_of(system)
    with pytest.raises(InvalidRequest) as error:
        change(system, **given)
    assert words in str(error.value)
    assert (env.db_query('SELECT * FROM ticket'), state_of(system)) == before


def test_a_coverage_out_of_reach_is_refused(system, env):
    system.create(CampaignRequest(NAME, 'x',
                                  template_text=text('at_least = 40')),
                  'coordinator')
    with pytest.raises(InvalidRequest, match='without Site 05 there are 39'):
        change(system, leavers=(ItemRemoval('sites', 'site-05'),))


def test_only_campaign_administrators_change_lists(large_campaign, system):
    with pytest.raises(GateShut):
        system.change(NAME, Person('anna'),
                      CampaignChanges('Because.', leavers=(
            ItemRemoval('sites', 'site-05'),)))
    with pytest.raises(InvalidRequest, match='Say why'):
        system.change(NAME, ADMIN, CampaignChanges(' ', leavers=(
            ItemRemoval('sites', 'site-05'),)))


def test_lost_ticket_of_an_item_is_made_again(large_campaign, system, env):
    Ticket(env, large_campaign['site.site-07']).delete()
    system.check(NAME, True, 'coordinator')
    ticket = Ticket(env, state_of(system).requirement('site.site-07').ticket)
    assert ticket['summary'] == 'Validated at Site 07'
    assert ticket['description'] == 'See Site 07 for 2011 Prod on V1.'


def test_item_joins_and_drops_out_by_forms(large_campaign, client, system):
    page = client('coordinator').post(PANEL_OF.format('2011%20Prod'), {
        'act': 'items', 'list': 'sites', 'item_name': 'New York',
        'item_weight': '3', 'item_contacts': 'anna', 'reason': 'It helps.'})
    assert page.status == 200
    assert state_of(system).requirement('site.new-york').contacts == (
        'anna',)
    page = client('coordinator').post(PANEL_OF.format('2011%20Prod'), {
        'act': 'items', 'list': 'sites', 'drop': 'sites:new-york',
        'reason': 'It does not.'})
    assert page.status == 200
    assert 'new-york' in [r.item for r in state_of(system).dropped]
    again = client('coordinator').post(PANEL_OF.format('2011%20Prod'), {
        'act': 'items', 'list': 'sites', 'item_name': 'A', 'reason': ''})
    assert again.status == 400
