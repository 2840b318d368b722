"""The campaign pages, the boxes, the gate's answer and the pictures."""

from __future__ import annotations

import json
import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from trac.perm import PermissionSystem

from support.campaigns import CONTACTS, NAME

PAGE = '/campaign/2011%20Prod'
SOURCE = [
    ('#1', 'Feature Freeze'), ('#2', 'Software quality ok'),
    ('#3', 'Resources estimate'), ('#4', 'Release validated'),
    ('#5', 'Remote sites validated'), ('#6', 'Runtime performance ok'),
    ('#7', 'Physics results ok'),
]


def plain(text):
    """The words of a page, without markup."""
    return re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', ' ', text))


def rows(page):
    """The cells of the tables of sign-off tickets."""
    tables = re.findall(r'(?s)<table class="listing tickets.*?</table>', page)
    return [[plain(f'<td{cell}').strip() for cell in row.split('<td')[1:]]
            for table in tables for row in table.split('<tr')[2:]]


def revoke(env, subject, *actions):
    for action in actions:
        PermissionSystem(env).revoke_permission(subject, action)


@pytest.fixture
def hidden_ticket(env):
    """Nobody but administrators may see ticket 3, by a real policy."""
    policies = env.path + '/conf/authz.conf'
    with open(policies, 'w', encoding='utf-8') as file:
        file.write('[ticket:3*]\ncoordinator = *\n* = !TICKET_VIEW\n')
    env.config.set('components', 'tracopt.perm.authz_policy.*', 'enabled')
    env.config.set('authz_policy', 'authz_file', policies)
    env.config.set('trac', 'permission_policies',
                   'AuthzPolicy, DefaultWikiPolicy, DefaultTicketPolicy, '
                   'DefaultPermissionPolicy, LegacyAttachmentPolicy')
    env.config.save()


def test_campaign_page_shows_the_requirements_of_the_source_document(
        campaign, sign, client):
    sign('feature-freeze', 'software-quality')
    page = client().get(PAGE)
    assert page.status == 200
    table = rows(page.text)
    assert [tuple(row[:2]) for row in table] == SOURCE
    assert table[0][2:9] == ['component1', 'closed', 'fixed', 'V1', 'task',
                             'major', 'anna']
    assert table[2][2:9] == ['component1', 'new', 'None', 'V1', 'task',
                             'major', 'anna']
    heads = re.findall(r'<th scope="col">(\w+)</th>', page.text)
    assert heads[-10:] == ['Ticket', 'Summary', 'Component', 'Status',
                           'Resolution', 'Version', 'Type', 'Priority',
                           'Owner', 'Modified']


def test_campaign_page_shows_decision_and_history(campaign, sign, client):
    sign('feature-freeze')
    page = plain(client().get(PAGE).text)
    assert ('Not ready: 6 of 7 sign-offs missing; next: #2 Software quality '
            'ok, anna') in page
    assert 'anna approved #1 Feature Freeze : “Fine.”' in page.replace(
        'Freeze:', 'Freeze :')


def test_unknown_campaigns_are_not_found(campaign, client):
    for path in ('/campaign/nope', '/campaign/nope/gate',
                 '/campaign/nope/badge.svg'):
        answer = client().get(path)
        assert answer.status == 404
        assert NAME in answer.text


def test_campaign_is_hidden_without_campaign_view(campaign, env, client):
    revoke(env, 'anonymous', 'ROADMAP_VIEW')
    for path in (PAGE, '/campaign', PAGE + '/gate', PAGE + '/badge.svg'):
        assert client().get(path).status == 403
    assert 'prodworkflow-box' not in client().get('/ticket/1').text


def test_campaign_index_lists_active_and_ended_campaigns(
        create, sign, admin, client):
    create('Old')
    sign(*CONTACTS, name='Old')
    admin('milestone', 'completed', 'Old: 3. pre-production', 'now')
    create('New')
    page = client().get('/campaign').text
    assert page.index('href="/campaign/New"') < page.index('>Over<') \
        < page.index('href="/campaign/Old"')


def test_ticket_box_says_whom_the_sign_off_waits_for_and_what_it_blocks(
        campaign, client):
    page = client('anna').get('/ticket/3').text
    box = plain(re.search(r'(?s)<div class="pw-box.*?</div>', page)[0])
    assert 'Sign-off for stage 1. Software preparation of the campaign ' \
        '2011 Prod' in box
    assert 'awaits anna or bruno' in box
    assert 'Blocks closing of 1. Software preparation , 2. Release ' \
        'validation , 3. pre-production and the start of production' in box
    assert 'pw-box' not in client('anna').get('/newticket').text


def test_milestone_box_says_what_keeps_its_stage_open(campaign, sign, client):
    path = '/milestone/2011%20Prod:%201.%20Software%20preparation'
    assert 'its gate is shut' in client().get(path).text
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    assert 'may be completed' in client().get(path).text
    assert 'pw-box' not in client().get('/milestone/milestone1').text


def test_gate_answers_409_while_shut_and_200_when_open(
        campaign, sign, client):
    answer = client().get(PAGE + '/gate')
    told = json.loads(answer.text)
    assert answer.status == 409
    assert (told['open'], told['gate']) == (False, 'launch')
    assert told['stages'][0]['requirements'][0]['reason'] == 'awaiting'
    sign(*CONTACTS)
    answer = client().get(PAGE + '/gate')
    assert answer.status == 200
    assert json.loads(answer.text)['open'] is True
    revision = json.loads(answer.text)['revision']
    assert answer.headers['ETag'].startswith(f'W/"{revision}-')
    assert answer.headers['Cache-Control'] == 'no-store'


def test_gate_of_one_stage_by_key_and_number(campaign, sign, client):
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    for stage in ('1', 'software-preparation'):
        assert client().get(f'{PAGE}/gate?stage={stage}').status == 200
    assert client().get(PAGE + '/gate?stage=2').status == 409
    unknown = client().get(PAGE + '/gate?stage=4')
    assert unknown.status == 404
    assert 'release-validation' in unknown.text


def test_gate_answers_in_plain_text(campaign, client):
    answer = client().get(PAGE + '/gate?format=text')
    assert answer.status == 409
    assert answer.text.startswith('2011 Prod, launch gate: shut\n')
    assert '  - #3 Resources estimate awaits anna or bruno\n' in answer.text
    assert client().get(PAGE + '/gate?format=xml').status == 400


def test_gate_refuses_post(campaign, client):
    assert client('anna').post(PAGE + '/gate', {}).status == 405


def test_a_damaged_record_is_told_by_the_gate(campaign, sign, env, client):
    sign(*CONTACTS)
    env.db_transaction("UPDATE prodworkflow_ledger SET actor='eve' "
                       "WHERE number=2")
    answer = client().get(PAGE + '/gate')
    assert answer.status == 409
    assert 'does not agree with its ledger' in answer.text


@pytest.mark.parametrize('where', [
    '/roadmap', '/campaign', PAGE, PAGE + '/gate',
    PAGE + '/gate?format=text', PAGE + '/badge.svg', PAGE + '/pipeline.svg',
    '/milestone/2011%20Prod:%201.%20Software%20preparation',
    '/milestone/2011%20Prod:%202.%20Release%20validation', '/ticket/4'])
def test_hidden_ticket_is_left_out_of_every_page(
        campaign, hidden_ticket, client, where):
    told = client('bruno').get(where).text
    assert 'Resources estimate' not in told
    body = re.sub(r'<link [^>]*>', '', told)
    body = re.sub(r'title="Ticket #\d+"', '', body)  # Trac's own neighbours
    assert not re.search(r'(?<![&\w])#3\b', body)
    assert 'resources-estimate' not in told
    if not where.endswith(('.svg', '/4')):
        assert 'Resources estimate' in client('coordinator').get(where).text


def test_refusal_tells_nothing_of_hidden_tickets(
        campaign, hidden_ticket, sign, client, env):
    sign('feature-freeze', 'software-quality')
    answer = client('eve').post(
        '/milestone/2011%20Prod:%201.%20Software%20preparation', {
            'action': 'edit', 'completed': 'on', 'save': '1',
            'completeddate': '',
            'name': '2011 Prod: 1. Software preparation'})
    assert answer.status in (200, 409)
    answer = client('eve').post(
        '/milestone/2011%20Prod:%201.%20Software%20preparation', {
            'action': 'edit', 'completed': 'on', 'save': '1',
            'completeddate': '2026-01-01T00:00:00Z',
            'name': '2011 Prod: 1. Software preparation'})
    assert answer.status == 409
    assert 'Resources estimate' not in answer.text
    assert 'you may not see' in answer.text


def test_gate_is_open_or_shut_alike_for_who_sees_less(
        campaign, hidden_ticket, sign, client):
    sign(*(k for k in CONTACTS if k != 'resources-estimate'))
    answer = client('bruno').get(PAGE + '/gate')
    assert answer.status == 409
    assert json.loads(answer.text)['veiled'] is True


@pytest.mark.parametrize('picture', ['badge', 'pipeline'])
@pytest.mark.parametrize('name', [
    '2011 Prod', "Été 'quoted' (1)", '日本 𝛼'])
def test_pictures_of_a_campaign_are_valid_svg_with_a_title(
        create, client, picture, name):
    create(name)
    answer = client().get(f'/campaign/{quote(name)}/{picture}.svg')
    assert answer.status == 200
    assert answer.headers['Content-Type'].startswith('image/svg+xml')
    root = ElementTree.fromstring(answer.text)
    assert root.tag == '{http://www.w3.org/2000/svg}svg'
    assert name in ''.join(root.itertext())
    assert 'genshi' not in answer.text


def test_badge_tells_the_state_in_words(campaign, sign, client):
    assert '0 of 7 signed' in client().get(PAGE + '/badge.svg').text
    sign(*CONTACTS)
    assert '>ready<' in client().get(PAGE + '/badge.svg').text
