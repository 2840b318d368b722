"""Acts of the API: create, sign, report, waive, hold, launch and resume."""

from __future__ import annotations

import html
from datetime import date, timedelta

from trac.attachment import Attachment
from trac.perm import PermissionSystem

from support.api_client import of
from support.campaigns import CONTACTS, FULL, NAME
from support.http_client import words_of
from support.reported import REPORTED, suite

WHY = {'reason': 'Because.'}


def sign_offs(key, name=NAME):
    return of(name, 'requirements', key, 'sign-offs')


def evidence(key, name=FULL):
    return of(name, 'requirements', key, 'evidence')


def test_campaign_is_created_signed_and_launched(api, system, gate):
    coordinator = api('coordinator')
    made = coordinator.post('/campaigns', {
        'name': ' 2011  Prod', 'template': 'path-to-production',
        'release': 'V1', 'start': '2031-06-29',
        'contacts': {key: list(people) for key, people in CONTACTS.items()},
        'quorums': {'resources-estimate': 1}})
    assert made.status == 201, made.text
    assert made.json['name'] == NAME
    assert made.headers['location'].endswith(of(NAME))
    for key, (person, *_more) in CONTACTS.items():
        said = api(person).post(sign_offs(key), {
            'verdict': 'approved', 'statement': 'Fine.'})
        assert said.status == 201, said.text
        assert said.json['signer'] == person
    assert gate()
    launched = coordinator.post(of(NAME, 'launch'), WHY)
    assert launched.status == 201, launched.text
    assert launched.json['phase'] == 'launched'
    assert api('anna').post(of(NAME, 'hold'), WHY).json['held']['by'] == 'anna'
    assert 'CAMPAIGN_LAUNCH' in api('anna').post(
        of(NAME, 'resume'), WHY).problem(409)
    assert coordinator.post(of(NAME, 'resume'), WHY).json['held'] is None
    assert system.queries.ledger(NAME)[-1].verb == 'resumed'


def test_creating_says_all_that_is_wrong(api, system):
    refused = api('coordinator').post('/campaigns', {
        'name': 'a/b', 'template': 'path-to-production', 'start': 'soon',
        'contacts': {'feature-freeze': ['nobody-known']}})
    refused.problem(422)
    fields = {e['field'] for e in refused.json['errors']}
    assert {'name', 'start', 'contact:feature-freeze'} <= fields
    assert 'CAMPAIGN_ADMIN' in api('anna').post(
        '/campaigns', {'name': 'x'}).problem(403)
    assert system.queries.names() == []


def test_refusals_say_what_the_pages_say(campaign, api, client, verbs):
    before = verbs()
    eve = api('eve').post(sign_offs('feature-freeze'), {
        'verdict': 'approved', 'statement': 'Fine.'})
    words = eve.problem(409)
    page = client('eve').post(f'/campaign/{NAME.replace(" ", "%20")}/sign', {
        'requirement': 'feature-freeze', 'verdict': 'approved',
        'statement': 'Fine.'})
    assert page.status == 409
    assert words in html.unescape(words_of(page))
    assert 'anna' in words
    launch = api('coordinator').post(of(NAME, 'launch'), WHY)
    assert 'cannot launch' in launch.problem(409)
    assert len(launch.json['reasons']) == 7
    assert verbs() == before


def test_who_may_not_change_the_ticket_signs_nothing(campaign, api, env,
                                                     verbs):
    permissions = PermissionSystem(env)
    permissions.revoke_permission('authenticated', 'TICKET_CHGPROP')
    permissions.revoke_permission('authenticated', 'TICKET_MODIFY')
    before = verbs()
    refusal = api('anna').post(sign_offs('feature-freeze'), {
        'verdict': 'approved', 'statement': 'Fine.'}).problem(403)
    assert refusal.startswith('Nothing was recorded')
    assert verbs() == before


def test_values_are_reported_by_name(full, api):
    said = api('anna').post(evidence('memory-leaks'), {
        'values': {'memory_growth': 0.50}, 'statement': 'Nightly.'})
    assert said.status == 201, said.text
    [line] = [e for e in said.json['evidence'] if e['kind'] == 'value']
    assert line['given'] == '0.5 kB/event'
    refused = api('anna').post(evidence('memory-leaks'), {
        'values': {'memory_growth': '4200 %', 'crash': '1'}})
    refused.problem(422)
    assert {e['field'] for e in refused.json['errors']} == {
        'value:memory_growth', 'value:crash'}


def test_file_is_reported_as_it_is(reported, api, env):
    said = api('anna').post(
        evidence('stable', REPORTED) + '?filename=tests.xml&statement=CI',
        suite(), kind='application/xml')
    assert said.status == 201, said.text
    assert said.json['readings'][0]['name'] == 'junit:failure_rate'
    ticket = api().get(of(REPORTED, 'requirements')).json[0]['ticket']
    [file] = Attachment.select(env, 'ticket', ticket)
    assert file.filename == 'tests.xml'
    empty = api('anna').post(
        evidence('stable', REPORTED) + '?filename=x.xml', b'<a/>',
        kind='text/xml')
    assert empty.problem(422)
    assert len(list(Attachment.select(env, 'ticket', ticket))) == 1


def test_who_may_not_attach_reports_no_file(reported, api, env):
    permissions = PermissionSystem(env)
    permissions.revoke_permission('authenticated', 'TICKET_APPEND')
    permissions.revoke_permission('authenticated', 'TICKET_MODIFY')
    permissions.grant_permission('authenticated', 'TICKET_CHGPROP')
    refusal = api('anna').post(
        evidence('stable', REPORTED) + '?filename=tests.xml', suite(),
        kind='application/xml').problem(403)
    assert refusal.startswith('Nothing was recorded')
    ticket = api().get(of(REPORTED, 'requirements')).json[0]['ticket']
    assert list(Attachment.select(env, 'ticket', ticket)) == []


def test_waiver_lifts_a_reason(campaign, api, gate):
    path = of(NAME, 'waivers')
    sent = {'requirement': 'feature-freeze', 'reason': 'awaiting',
            'until': '2000-01-01', 'statement': 'Known.'}
    assert api('coordinator').post(path, sent).problem(422)
    soon = (date.today() + timedelta(5)).isoformat()
    given = api('coordinator').post(path, {**sent, 'until': soon})
    assert given.status == 201, given.text
    assert given.json['in_force'] is True
    [listed] = api().get(path).json
    assert listed == given.json
    assert 'CAMPAIGN_WAIVE' in api('eve').post(
        path, {**sent, 'until': soon}).problem(409)


def test_session_without_its_form_token_changes_nothing(
        campaign, api, verbs):
    before, coordinator = verbs(), api('coordinator')
    for path in ('/campaigns', of(NAME, 'hold'), of(NAME, 'launch'),
                 of(NAME, 'resume'), of(NAME, 'waivers'),
                 sign_offs('feature-freeze'),
                 evidence('feature-freeze', NAME)):
        for token in ('', 'x', 'ä'.encode().decode('latin-1')):
            coordinator.post(path, WHY, {
                'X-Trac-Form-Token': token}).problem(403)
        stranger = api().post(path, WHY)
        assert stranger.problem(401)
        assert stranger.headers['www-authenticate'] == 'Bearer'
    assert verbs() == before


def test_form_token_of_nobody_changes_nothing(campaign, api, env, verbs):
    """Trac gives one to everybody; what the API changes has a person."""
    PermissionSystem(env).grant_permission('anonymous', 'CAMPAIGN_ADMIN')
    before, stranger = verbs(), api()
    given = {'Cookie': 'trac_form_token=abc', 'X-Trac-Form-Token': 'abc'}
    for path in ('/campaigns', of(NAME, 'hold'), of(NAME, 'launch'),
                 of(NAME, 'resume'), of(NAME, 'waivers'),
                 sign_offs('feature-freeze'),
                 evidence('feature-freeze', NAME)):
        assert 'log in to Trac' in stranger.post(path, WHY, given).problem(401)
    assert verbs() == before


def test_if_match_refuses_what_rests_on_another_revision(
        campaign, api, sign, verbs):
    tag = api().get(of(NAME)).headers['etag']
    sign('feature-freeze')
    before = verbs()
    now = api().get(of(NAME)).headers['etag']
    for old in (tag, '"nonsense"', '"999"', f'W/{tag}', f'W/{now}',
                now.strip('"'), f'x{now}', f'{now}x', ''):
        words = api('anna').post(of(NAME, 'hold'), WHY, {
            'If-Match': old}).problem(412)
        assert 'look at it anew' in words
    assert verbs() == before
    tag = api().get(of(NAME)).headers['etag']
    assert api('anna').post(of(NAME, 'hold'), WHY, {
        'If-Match': tag}).status == 201


def test_token_reports_and_holds_and_signs_for_nobody(
        full, api, token, verbs):
    robot = api(token=token('gate:read,evidence:write,hold').secret)
    key = 'memory-leaks'
    assert robot.get(of(FULL)).status == 200
    assert robot.post(evidence(key), {
        'values': {'memory_growth': '0.5 kB/event'}}).status == 201
    before = verbs(FULL)
    for path, sent in (
            (sign_offs(key, FULL), {'verdict': 'approved'}),
            (of(FULL, 'waivers'), {'requirement': key, 'reason': 'awaiting',
                                   'until': '2031-01-01'}),
            (of(FULL, 'launch'), WHY), (of(FULL, 'resume'), WHY),
            ('/campaigns', {'name': 'x'})):
        assert robot.post(path, sent).problem(403)
    assert verbs(FULL) == before
    assert robot.post(of(FULL, 'hold'), WHY).json['held']['by'] == 'anna'
    reader = api(token=token('gate:read').secret)
    assert 'evidence:write' in reader.post(
        evidence(key), {'values': {}}).problem(403)
