"""Items that drop out, come back and are weighed: page, command and gate."""

from __future__ import annotations

import json

import pytest
from trac.ticket.model import Ticket, Version

from prodworkflow import store
from prodworkflow.api import (
    CampaignChanges,
    CampaignRequest,
    InvalidRequest,
    ItemAddition,
    ItemRemoval,
    ItemWeight,
    ReleaseRequest,
    SignOffRequest,
    Verdict,
)
from support.campaigns import ADMIN, ANNA, PANEL_OF
from support.http_client import words_of
from support.signoffs import TOMORROW, waiver

NAME = 'Sites'
TEXT = '''
title = "Sites"
[lists]
sites = [
  {name = "CNAF", weight = 40}, {name = "RAL", weight = 30},
  {name = "SLAC", weight = 20}, {name = "Napoli", weight = 10},
]
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "site"
title = "Validated at {site}"
for_each = "sites"
coverage = "weight >= 0.8"
release_bound = true
contacts = ["anna"]
'''
KEYS = ('site.cnaf', 'site.ral', 'site.slac', 'site.napoli')


@pytest.fixture
def start(system):
    """Creates the campaign, by the text of its template."""
    def creating(text=TEXT):
        return dict(zip(KEYS, system.create(CampaignRequest(
            NAME, 'sites', 'V1', template_text=text), 'coordinator')))
    return creating


@pytest.fixture
def change(system):
    def changing(**wanted):
        return system.change(NAME, ADMIN, CampaignChanges('Why.', **wanted))
    return changing


@pytest.fixture
def gate_open(system):
    return lambda: system.queries.decision(NAME).launch.open


@pytest.fixture
def say(system):
    def saying(key, verdict=Verdict.APPROVED, person=ANNA):
        system.record(NAME, key, person, SignOffRequest(verdict, 'Said.'))
    return saying


def drop(key):
    return {'leavers': (ItemRemoval('sites', key),)}


def add(name, weight='', **given):
    return {'joiners': (ItemAddition('sites', name, weight, **given),)}


def weigh(key, weight):
    return {'weights': (ItemWeight('sites', key, weight),)}


def consistent(system):
    assert system.check(NAME, False, 'root') == []


def test_a_rejection_is_there_again_when_its_item_comes_back(
        start, change, say, system, env):
    tickets = start()
    say('site.ral', Verdict.REJECTED)
    change(**drop('ral'))
    assert Ticket(env, tickets['site.ral'])['status'] == 'closed'
    told = system.queries.decision(NAME).launch.groups[0]
    assert 'dropped out: RAL (rejected by anna)' in told.words
    consistent(system)
    change(**add('RAL'))
    answer = system.queries.decision(NAME).answer('site.ral')
    assert answer.words.startswith('was rejected by anna')
    assert answer.requirement.ticket == tickets['site.ral']
    assert answer.requirement.weight == '30'
    assert Ticket(env, tickets['site.ral'])['status'] == 'reopened'
    consistent(system)


def test_what_was_signed_is_signed_when_its_item_comes_back(
        start, change, say, system, env):
    tickets = start()
    say('site.ral')
    change(**drop('ral'))
    change(**add('RAL'))
    assert system.queries.decision(NAME).answer('site.ral').met
    assert Ticket(env, tickets['site.ral'])['status'] == 'closed'
    consistent(system)


def test_what_was_signed_for_another_release_is_stale_when_it_comes_back(
        start, change, say, system):
    start()
    say('site.ral')
    change(**drop('ral'))
    for release in ('V2', 'V1'):
        system.release(NAME, ADMIN, ReleaseRequest(release, (), 'A patch.'))
    change(**add('RAL'))
    answer = system.queries.decision(NAME).answer('site.ral')
    assert not answer.met
    consistent(system)


def test_a_release_that_was_renamed_meanwhile_is_the_same_one(
        start, change, say, system, admin, env):
    start()
    say('site.ral')
    change(**drop('ral'))
    version = Version(env, 'V1')
    version.name = 'V1.0'
    version.update()
    assert admin('campaign', 'release', NAME, 'V1.0', '--renamed',
                 '--reason=Its full name.')[0] == 0
    change(**add('RAL'))
    assert system.queries.decision(NAME).answer('site.ral').met
    consistent(system)


def test_a_waiver_is_in_force_again_when_its_item_comes_back(
        start, change, system):
    start()
    system.record(NAME, 'site.ral', ADMIN, waiver('awaiting', TOMORROW, ''))
    change(**drop('ral'))
    change(**add('RAL'))
    assert system.queries.decision(NAME).answer('site.ral').waived
    consistent(system)


def test_a_lost_ticket_is_made_anew_when_its_item_comes_back(
        start, change, say, system, env):
    tickets = start()
    say('site.ral')
    change(**drop('ral'))
    Ticket(env, tickets['site.ral']).delete()
    change(**add('RAL'))
    answer = system.queries.decision(NAME).answer('site.ral')
    assert answer.requirement.ticket != tickets['site.ral']
    assert not answer.met
    consistent(system)


def test_another_ticket_is_moved_back_when_its_item_comes_back(
        start, change, system, env):
    tickets = start()
    change(**drop('ral'))
    moved = Ticket(env, tickets['site.ral'])
    moved['milestone'] = ''
    moved.save_changes('eve', 'Away.')
    change(**add('RAL'))
    assert Ticket(env, moved.id)['milestone'] == f'{NAME}: 1. One'
    consistent(system)


def test_an_item_that_dropped_out_before_its_past_was_kept_comes_back_with_it(
        start, change, say, system, env):
    """The ledger of before has it, where the tables have not."""
    start()
    say('site.ral', Verdict.REJECTED)
    _drop_as_before(env)
    assert system.queries.decision(NAME).snapshot.state.dropped[0].past == ()
    consistent(system)
    change(**add('RAL'))
    state = system.queries.decision(NAME).snapshot.state
    assert [s.verdict for s in state.said_of('site.ral')] == ['rejected']
    assert not system.queries.decision(NAME).answer('site.ral').met
    consistent(system)


def _drop_as_before(env):
    with store.open_campaign(env, store.campaign_id(env, NAME)) as book:
        book.record(5, 'root', 'item-dropped', list='sites', item='ral',
                    name='RAL', reason='Flooded.', tickets=[2])


def test_dropping_and_adding_again_never_opens_the_gate(
        start, change, say, gate_open):
    start()
    for key in KEYS[:2]:
        say(key)
    assert not gate_open()
    change(**drop('slac'))
    change(**add('SLAC', '0.5'))
    state = gate_open()
    assert state  # weighed anew, with a reason, and told:
    change(**weigh('slac', '20'))
    assert not gate_open()


AGREED = TEXT.replace('weight >= 0.8"', 'weight >= 0.8"\nof = "agreed"')


def test_no_way_leads_round_what_was_agreed(
        start, change, say, gate_open, system):
    start(AGREED)
    for key in KEYS[:2]:
        say(key)
    assert not gate_open()
    change(**drop('napoli'))
    change(**weigh('slac', '0.1'))
    change(**weigh('cnaf', '400'))
    assert not gate_open()
    told = system.queries.decision(NAME).launch.groups[0]
    assert told.rule == '80 % of the capacity agreed'
    assert '(99.9 % of what is left, ' in told.counted
    with pytest.raises(InvalidRequest, match='nobody could reach that; keep '
                       'it, and waive what is asked of it'):
        change(**drop('ral'))
    say('site.slac')
    change(**add('Napoli'))
    change(**weigh('cnaf', '40'))
    change(**weigh('slac', '20'))
    assert gate_open()
    consistent(system)


WRONG = [
    pytest.param(('site', 'ral', '3'), 'has no list "site". Did you mean '
                 'sites?', id='list'),
    pytest.param(('sites', 'rall', '3'), 'sites has no "rall". Did you mean '
                 'ral', id='item'),
    pytest.param(('sites', 'ral', 'heavy'), '"heavy" is no weight',
                 id='no number'),
    pytest.param(('sites', 'ral', '0'), '"0" is no weight', id='nothing'),
    pytest.param(('sites', 'ral', ''), 'have weights; give one', id='none'),
]


@pytest.mark.parametrize(('given', 'words'), WRONG)
def test_a_weight_that_cannot_be_is_refused(
        start, change, verbs, given, words):
    start()
    with pytest.raises(InvalidRequest) as error:
        change(weights=(ItemWeight(*given),))
    assert words in str(error.value)
    assert verbs(NAME) == ['created']


def test_where_nothing_is_weighed_no_weight_can_be_given(
        start, change, verbs):
    text = TEXT.replace('weight >= 0.8', 'all')
    for weight in (40, 30, 20, 10):
        text = text.replace(f', weight = {weight}', '')
    start(text)
    with pytest.raises(InvalidRequest, match='have no weights'):
        change(**weigh('ral', '3'))
    assert verbs(NAME) == ['created']


def test_an_item_drops_out_by_its_name_as_well(start, change, system):
    start()
    change(**drop('Napoli'))
    assert system.queries.decision(NAME).snapshot.state.lists[0].item(
        'napoli') is None


def test_the_same_weight_changes_nothing(start, change, verbs):
    start()
    assert change(**weigh('ral', '30')) == 0
    assert verbs(NAME) == ['created']


def test_the_command_changes_a_weight_with_a_reason(
        start, admin, system, client):
    start()
    code, out, _ = admin('campaign', 'change', NAME, '--weight=sites:RAL=3',
                         '--reason=The disks went.')
    assert (code, out.startswith('1 changed.')) == (0, True)
    note = 'the weight of RAL is 3, agreed were 30; changed by'
    assert note in admin('campaign', 'show', NAME)[1]
    for path in ('/roadmap', f'/campaign/{NAME}'):
        assert note in words_of(client('anna').get(path))
    assert ('0 of 4 sites (0 % of what is left, 0 % of the capacity '
            'agreed') in words_of(client('anna').get(f'/campaign/{NAME}'))
    assert 'changed the weight of RAL in sites from 30 to 3: “The disks' in \
        words_of(client('anna').get(f'/campaign/{NAME}'))
    group = json.loads(client('anna').get(
        f'/campaign/{NAME}/gate').text)['stages'][0]['groups'][0]
    assert (group['of'], group['share'], group['share_agreed']) == ('', 0, 0)
    code, _, err = admin('campaign', 'change', NAME, '--weight=sites:ral',
                         '--reason=x')
    assert (code, '--weight=sites:RAL=3' in err) == (2, True)
    code, _, err = admin('campaign', 'change', NAME, '--weight=sites:ral=3')
    assert code == 2
    assert 'Say why' in err
    consistent(system)


def test_the_page_changes_a_weight_with_a_reason(start, client, system):
    start()
    path = PANEL_OF.format(NAME)
    page = client('coordinator').get(path)
    assert 'sites: RAL (30)' in words_of(page)
    answer = client('coordinator').post(path, {
        'act': 'items', 'weigh': 'sites:ral', 'new_weight': '3',
        'reason': ''})
    assert answer.status == 400
    answer = client('coordinator').post(path, {
        'act': 'items', 'weigh': 'sites:ral', 'new_weight': 'x',
        'reason': 'Disks.'})
    assert answer.status == 400
    assert '"x" is no weight' in words_of(answer)
    assert 'value="x"' in answer.text
    answer = client('coordinator').post(path, {
        'act': 'items', 'weigh': 'sites:ral', 'new_weight': '3',
        'reason': 'Disks.'})
    assert '1 changed.' in words_of(answer)
    assert 'RAL (3, agreed 30)' in words_of(client('coordinator').get(path))


def test_the_page_tells_a_rejection_of_who_dropped_out(
        start, client, say, change):
    start()
    say('site.ral', Verdict.REJECTED)
    change(**drop('ral'))
    page = words_of(client('coordinator').get(PANEL_OF.format(NAME)))
    assert 'dropped out: coordinator, “Why.”; it was rejected by anna' in page
    page = words_of(client('bruno').get(f'/campaign/{NAME}'))
    assert 'it was rejected by anna: “Said.”' in page
    page = words_of(client('bruno').get('/roadmap'))
    assert 'it was rejected by anna: “Said.”' in page
    answer = client('bruno').get(f'/campaign/{NAME}/gate')
    [gone] = json.loads(answer.text)['stages'][0]['dropped']
    assert gone['no'] == 'rejected by anna: “Said.”'


def test_an_older_form_does_not_weigh_anew_what_others_have(
        start, client, change, system):
    start()
    revision = system.queries.decision(NAME).snapshot.revision
    change(**weigh('ral', '25'))
    answer = client('coordinator').post(PANEL_OF.format(NAME), {
        'act': 'items', 'weigh': 'sites:ral', 'new_weight': '3',
        'reason': 'Disks.', 'revision': str(revision)})
    assert answer.status == 409
    found = system.queries.decision(NAME).snapshot.state.lists[0]
    assert found.item('ral').weight == '25'


OWN = TEXT.replace('contacts = ["anna"]', 'contacts = ["anna"]\nlinks = '
                   '["log"]\nplots = ["all"]\n[[stage.requirement.value]]\n'
                   'name = "rate"\ntitle = "Crash rate"\nunit = "%"\n'
                   'at_most = "1 %"')


def test_the_command_adds_an_item_with_evidence_of_its_own(
        start, admin, system):
    start(OWN)
    code, _, err = admin(
        'campaign', 'change', NAME, '--reason=New.',
        '--add-item=sites:{name = "GridKa", weight = 5, links = ["tape"], '
        'bounds = ["rate <= 2 %"]}')
    assert (code, err) == (0, '')
    requirement = system.queries.requirement(NAME, 'site.gridka')
    assert requirement.asks.links == ('log', 'tape')
    assert requirement.asks.values[0].at_most == '2 %'
    assert requirement.weight == '5'
    consistent(system)
    for table, words in (
            ('{name = "X", weight = 5, bounds = ["rat <= 2"]}',
             'nothing asks for the value "rat"'),
            ('{name = "X", wait = 5}', 'unknown word; write "weight"'),
            ('{name = "X"', 'write a table like {name = "RAL"'),
            ('{name = "X"}, {name = "Y"}', 'write a table like')):
        code, _, err = admin('campaign', 'change', NAME, '--reason=New.',
                             f'--add-item=sites:{table}')
        assert code == 2, table
        assert words in err


def test_the_page_adds_an_item_with_evidence_of_its_own(
        start, client, system):
    start(OWN)
    given = {'act': 'items', 'list': 'sites', 'item_name': 'GridKa',
             'item_weight': '5', 'item_plots': 'tape speed\r\nnoise',
             'item_links': 'tape', 'item_bounds': 'rate <= 2 kg',
             'reason': 'New.'}
    path = PANEL_OF.format(NAME)
    answer = client('coordinator').post(path, given)
    assert answer.status == 400
    assert '"2 kg" cannot be counted in %' in words_of(answer)
    assert 'rate &lt;= 2 kg</textarea>' in answer.text
    answer = client('coordinator').post(path, {
        **given, 'item_bounds': 'rate <= 2 %'})
    assert '1 changed.' in words_of(answer)
    asks = system.queries.requirement(NAME, 'site.gridka').asks
    assert asks.plots == ('all', 'tape speed', 'noise')
    assert asks.links == ('log', 'tape')
    assert asks.values[0].at_most == '2 %'


def test_the_preview_shows_what_an_item_is_asked_for_alone(
        client, admin, tmp_path):
    text = OWN.replace('{name = "RAL", weight = 30}',
                       '{name = "RAL", weight = 30, links = ["tape"]}')
    file = tmp_path / 'own.toml'
    file.write_text(text, encoding='utf-8')
    code, out, _ = admin('campaign', 'create', 'Next', '--dry-run',
                         '--release=V1', f'--template-file={file}')
    assert code == 0
    assert 'ticket Validated at RAL: anna; link tape\n' in out
    page = client('coordinator').post('/admin/production/campaigns', {
        'name': 'Next', 'template': 'path-to-production-full',
        'lists': '[lists]\nsites = [{name = "RAL", weight = 3, '
                 'links = ["tape"]}]'})
    assert 'Release validated at RAL (its own: link tape)' in words_of(page)


def test_an_item_that_comes_back_is_asked_for_its_own_again(
        start, change, system):
    start(OWN.replace('{name = "RAL", weight = 30}',
                      '{name = "RAL", weight = 30, links = ["tape"]}'))
    change(**drop('ral'))
    change(**add('RAL'))
    requirement = system.queries.requirement(NAME, 'site.ral')
    assert requirement.asks.links == ('log', 'tape')
    consistent(system)
