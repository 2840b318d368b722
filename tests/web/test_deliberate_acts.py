"""Deliberate acts need a sentence, and a launch is looked at before."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from trac.perm import PermissionSystem

from prodworkflow.api import (
    EvidenceInput,
    GateShut,
    InvalidRequest,
    KnownIssueRequest,
    SignOffRequest,
    Verdict,
)
from support.campaigns import ADMIN, ANNA, CONTACTS, FULL, NAME
from support.http_client import words_of
from support.page_forms import Page
from support.permissions import hide
from support.signoffs import TOMORROW, waiver

PAGE = f'/campaign/{quote(NAME)}'
PANEL = f'/admin/production/campaigns/{quote(NAME)}'
LAUNCH = f'{PAGE}/launch'
LAST = f'{NAME}: 3. pre-production'
BLANK = ['', '  \t ']


def field(page, name):
    """The tags of the fields of that name."""
    return re.findall(rf'<(?:input|textarea)[^>]*\bname="{name}"[^>]*>',
                      page)


@pytest.mark.parametrize('statement', BLANK)
def test_sign_off_in_the_box_needs_a_sentence(campaign, post, verbs,
                                              statement):
    answer = post('anna', NAME, 'feature-freeze', statement=statement)
    assert answer.status == 400
    assert 'Say in a sentence what the sign-off rests on' in answer.text
    assert verbs() == ['created']


@pytest.mark.parametrize('statement', BLANK)
def test_signing_many_at_once_needs_a_sentence(campaign, client, verbs,
                                               statement):
    answer = client('anna').post('/campaign', {
        'sel': [f'{NAME}/feature-freeze', f'{NAME}/software-quality'],
        'statement': statement})
    assert answer.status == 400
    assert 'Say in a sentence' in words_of(answer)
    assert verbs() == ['created']


@pytest.mark.parametrize('verdict', [
    Verdict.APPROVED, Verdict.REJECTED, Verdict.WITHDRAWN, Verdict.WAIVED])
def test_verdict_without_a_sentence_is_refused_by_the_use_case(
        full, system, sign_full, verdict):
    person = ANNA
    if verdict is Verdict.WITHDRAWN:
        sign_full('feature-freeze')
    asked = SignOffRequest(verdict, ' ')
    if verdict is Verdict.WAIVED:
        person, asked = ADMIN, waiver('awaiting', bound='', statement=' ')
    with pytest.raises(InvalidRequest, match='Say '):
        system.record(FULL, 'feature-freeze', person, asked)


def test_report_of_a_value_needs_no_sentence(full, system):
    system.record(FULL, 'memory-leaks', ANNA, SignOffRequest(
        Verdict.REPORTED, '', EvidenceInput({'memory_growth': '2'})))


@pytest.mark.parametrize('act', ['hold', 'resume', 'launch', 'close',
                                 'abandon'])
@pytest.mark.parametrize('where', [PAGE, PANEL])
def test_act_on_a_campaign_needs_a_sentence_by_every_door(
        campaign, sign, client, admin, system, act, where):
    sign(*CONTACTS)
    if act == 'resume':
        system.lifecycle.hold(NAME, ADMIN, 'Wait.')
    if act == 'close':
        system.lifecycle.launch(NAME, ADMIN, 'Go.')
    before = len(system.queries.ledger(NAME))
    answer = client('coordinator').post(where, {'act': act, 'reason': ' '})
    assert (answer.status, 'Say why' in answer.text) == (400, True)
    code, _, err = admin('campaign', act, NAME)
    assert (code, 'Say why' in err) == (2, True)
    assert len(system.queries.ledger(NAME)) == before


def test_resolving_as_fixed_without_a_comment_signs_without_a_statement(
        campaign, client, system, admin):
    client('anna').resolve(1, comment='')
    entry = system.queries.ledger(NAME)[-1]
    assert (entry.verb, entry.actor) == ('approved', 'anna')
    words = 'signed off by anna (without a statement)'
    assert words in words_of(client('anna').get('/ticket/1'))
    page = client('anna').get(PAGE)
    assert 'approved #1 Feature Freeze without a statement' in words_of(page)
    assert words in admin('campaign', 'show', NAME)[1]


def test_fields_of_deliberate_acts_are_required_in_the_browser(
        full, campaign, client, system):
    boxes = [(client('coordinator').get(PAGE).text, 'reason'),
             (client('coordinator').get(PANEL).text, 'reason'),
             (client('anna').get('/ticket/1').text, 'statement'),
             (client('anna').get('/campaign').text, 'statement')]
    for page, name in boxes:
        assert 'required' in field(page, name)[0]
    box = client('coordinator').get('/ticket/2').text
    assert all('required' in f for f in field(box, 'until'))
    reports = re.findall(r'<button[^>]*value="reported"[^>]*>',
                         client('anna').get('/ticket/2').text)
    assert reports
    assert all('formnovalidate' in tag for tag in reports)


@pytest.mark.parametrize(('user', 'address', 'button'), [
    ('anna', '/ticket/1', 'Sign off'), ('coordinator', '/ticket/1', 'Waive'),
    ('anna', '/campaign', 'Sign off'), ('anna', PAGE, 'Put on hold'),
    ('coordinator', PANEL, 'Abandon the campaign'),
    ('coordinator', LAUNCH, 'Launch production')])
def test_first_submit_button_of_a_deliberate_form_is_disabled(
        campaign, sign, client, user, address, button):
    """A browser presses the first one when somebody presses Enter."""
    if address == LAUNCH:
        sign(*CONTACTS)
    page = client(user).get(address).text
    form, = [f for f in re.findall(r'(?s)<form.*?</form>', page)
             if re.search(rf'<button[^>]*>{button}</button>', f)]
    first = re.search(r'<button[^>]*>', form)[0]
    assert 'disabled' in first
    assert 'name=' not in first


def test_launch_is_offered_only_when_the_gate_lets_pass(
        campaign, sign, client, system):
    user = client('coordinator')
    for address in (PAGE, PANEL):
        page = user.get(address).text
        assert LAUNCH not in page
        assert 'value="launch"' not in page
    assert 'when the launch gate is open' in user.get(PAGE).text
    sign(*CONTACTS)
    for address in (PAGE, PANEL):
        assert f'href="{LAUNCH}"' in user.get(address).text
    system.lifecycle.hold(NAME, ADMIN, 'Wait.')
    for address in (PAGE, PANEL):
        assert f'href="{LAUNCH}"' not in user.get(address).text
    system.lifecycle.resume(NAME, ADMIN, 'Go on.')
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    for address in (PAGE, PANEL):
        assert f'href="{LAUNCH}"' not in user.get(address).text


def test_launch_page_shows_what_it_rests_on_and_does_then_launches(
        campaign, sign, client, system, blocker, stored):
    sign(*list(CONTACTS)[:-1])
    system.record(NAME, 'physics-results', ADMIN, waiver(
        'awaiting', bound='', statement='The plots are late.'))
    number = blocker(summary='Jobs are slow')
    system.lifecycle.tolerate(NAME, ADMIN, KnownIssueRequest(
        str(number), 'Only slow.', TOMORROW))
    user = client('coordinator')
    page = user.get(LAUNCH)
    text = words_of(page)
    assert page.status == 200
    for words in ('Ready: all 7 sign-offs are given (1 of them waived)',
                  '#7 Physics results ok: awaiting until', 'plots are late',
                  f'#{number} Jobs are slow', 'Only slow.', 'No site, ',
                  'The launch closes:', LAST):
        assert words in text, words
    assert 'These stay open' not in text
    form = Page(page.text).form([('Reason', 'Go.')], 'Launch production')
    sent = dict(form.fields([('Reason', 'Go.')],
                            form.find('Launch production', True)))
    assert user.post(LAUNCH, {**sent, 'reason': ' '}).status == 400
    answer = user.post(LAUNCH, sent)
    assert 'Launched: the start of production is recorded.' in answer.text
    assert answer.url.endswith(PAGE)
    assert stored(3) == [True]
    assert 'launched already' in user.get(LAUNCH).text


def test_launch_page_tells_who_is_left_out_and_what_stays_open(
        system, client, create, sign, blocker):
    create()
    sign(*CONTACTS)
    number = blocker(f'{NAME}: 1. Software preparation')
    system.lifecycle.tolerate(NAME, ADMIN, KnownIssueRequest(
        str(number), 'Cosmetic.', TOMORROW))
    text = words_of(client('coordinator').get(LAUNCH))
    closes, leaves = text.split('These stay open')
    assert f'{NAME}: 1. Software preparation' in closes.split(
        'The launch closes:')[1]
    assert f'{NAME}: 2. Release validation' in leaves


def test_shut_gate_shows_its_reasons_and_no_form(campaign, client, verbs):
    user = client('coordinator')
    page = user.get(LAUNCH)
    assert 'It cannot be launched now.' in page.text
    assert '#3 Resources estimate awaits' in words_of(page)
    assert 'value="launch"' not in page.text
    assert user.post(LAUNCH, {'reason': 'Go.'}).status == 409
    assert verbs() == ['created']


def test_advisory_launch_page_says_what_would_be_refused(create, client,
                                                         system):
    create(enforcement='advisory')
    user = client('coordinator')
    page = user.get(LAUNCH)
    assert '(advisory: nothing is blocked)' in page.text
    assert '#3 Resources estimate awaits' in words_of(page)
    assert 'Launched' in user.post(LAUNCH, {'reason': 'Go.'}).text
    assert system.queries.ledger(NAME)[-1].payload['against']


def test_launch_page_is_for_those_who_may_launch(campaign, client):
    assert client('anna').get(LAUNCH).status == 403
    assert client('anna').post(LAUNCH, {'reason': 'Go.'}).status == 403
    assert client('coordinator').get('/campaign/None/launch').status == 404


def test_launch_page_hides_what_its_viewer_may_not_see(
        campaign, sign, client, env, system):
    PermissionSystem(env).grant_permission('bruno', 'CAMPAIGN_LAUNCH')
    sign(*list(CONTACTS)[:-1])
    system.record(NAME, 'physics-results', ADMIN, waiver(
        'awaiting', bound='', statement='Top secret.'))
    hide(env, 7)
    text = client('bruno').get(LAUNCH).text
    assert 'Top secret' not in text
    assert '#7' not in text


def test_held_campaign_is_not_launched(campaign, sign, client, system):
    sign(*CONTACTS)
    system.lifecycle.hold(NAME, ADMIN, 'Wait.')
    page = client('coordinator').get(LAUNCH)
    assert 'It cannot be launched now.' in page.text
    with pytest.raises(GateShut, match='on hold'):
        system.lifecycle.launch(NAME, ADMIN, 'Go.')
