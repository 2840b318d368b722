"""Hold, resume, launch, close and abandon."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from trac.ticket.model import Ticket

from prodworkflow.api import GateShut, InvalidRequest, SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.services.campaigns.changes import CampaignChanges
from prodworkflow.services.campaigns.releases import ReleaseRequest
from prodworkflow.services.campaigns.signers import SignerChanges
from support.campaigns import ADMIN, CONTACTS, EVE, NAME
from support.http_client import words_of

PAGE = f'/admin/production/campaigns/{quote(NAME)}'


def test_any_contact_holds_and_after_the_launch_a_launcher_resumes(
        launched, sign, system, client, gate):
    page = client('bruno').get(f'/campaign/{quote(NAME)}').text
    assert 'value="hold"' in page
    assert 'value="launch"' not in page
    answer = client('bruno').post(f'/campaign/{quote(NAME)}', {
        'act': 'hold', 'reason': 'Jobs crash.'})
    assert 'On hold by bruno: Jobs crash' in answer.text
    assert not gate()
    assert gate('3')
    answer = client('bruno').post(f'/campaign/{quote(NAME)}', {
        'act': 'resume', 'reason': 'Mended.'})
    assert answer.status == 409
    assert 'only a holder of CAMPAIGN_LAUNCH may' in answer.text
    answer = client('coordinator').post(f'/campaign/{quote(NAME)}', {
        'act': 'resume', 'reason': 'Mended.'})
    assert 'Resumed.' in answer.text
    assert gate()


def test_before_the_launch_who_placed_a_hold_lifts_it_or_a_holder(
        campaign, system, client, admin):
    """The gate need not be open for it: nothing is produced yet."""
    page = f'/campaign/{quote(NAME)}'
    held = client('bruno').post(page, {'act': 'hold', 'reason': 'Disks full.'})
    assert 'bruno or a holder of CAMPAIGN_HOLD may lift it' in words_of(
        client('anna').get('/campaign/' + quote(NAME) + '/gate'))
    answer = client('anna').post(page, {'act': 'resume', 'reason': 'Go.'})
    assert (held.status, answer.status) == (200, 409)
    assert ('only bruno, who put it on hold, or a holder of CAMPAIGN_HOLD '
            'may') in answer.text
    launcher = Person('dora', grants=frozenset({'CAMPAIGN_LAUNCH'}))
    with pytest.raises(GateShut, match='who put it on hold'):
        system.lifecycle.resume(NAME, launcher, 'Go.')
    assert 'value="resume"' not in client('anna').get(page).text
    answer = client('bruno').post(page, {'act': 'resume', 'reason': 'Tape.'})
    assert 'Resumed.' in answer.text
    system.lifecycle.hold(NAME, Person('anna'), 'Wait.')
    system.lifecycle.resume(NAME, Person('dora', grants=frozenset(
        {'CAMPAIGN_HOLD'})), 'Enough.')
    system.lifecycle.hold(NAME, Person('anna'), 'Wait.')
    assert admin('campaign', 'resume', NAME, '--reason=Go on.')[0] == 0


STOPS = [
    pytest.param('hold', EVE, 'No.', GateShut, 'only its contacts and '
                 'holders of CAMPAIGN_HOLD may', id='hold by a stranger'),
    pytest.param('hold', ADMIN, ' ', InvalidRequest, 'Say why',
                 id='no reason'),
    pytest.param('resume', EVE, 'Go.', GateShut, 'it is not on hold',
                 id='resume'),
    pytest.param('resume', ADMIN, 'Go.', GateShut, 'it is not on hold',
                 id='not on hold'),
    pytest.param('launch', EVE, 'Go.', GateShut,
                 'only a holder of CAMPAIGN_LAUNCH may', id='launch'),
    pytest.param('launch', ADMIN, 'Go.', GateShut,
                 '#1 Feature Freeze awaits anna', id='launch, gate shut'),
]


@pytest.mark.parametrize(('act', 'person', 'reason', 'kind', 'words'), STOPS)
def test_refused_hold_resume_or_launch_changes_nothing(
        campaign, system, act, person, reason, kind, words):
    with pytest.raises(kind, match=words):
        getattr(system.lifecycle, act)(NAME, person, reason)
    assert len(system.queries.ledger(NAME)) == 1


def test_a_launch_closes_the_stages_and_keeps_its_decision(
        launched, system, stored, gate):
    assert stored(1) == stored(2) == stored(3) == [True]
    last = system.queries.ledger(NAME)[-1]
    assert (last.verb, last.actor) == ('launched', 'coordinator')
    assert [a['answer'] for a in last.payload['rests_on']] == ['met'] * 7
    assert gate()
    with pytest.raises(GateShut, match='it was launched already'):
        system.lifecycle.launch(NAME, ADMIN, 'Again.')


@pytest.mark.parametrize('how', ['rejected', 'reopened', 'deleted',
                                 'released', 'closed unsigned'])
def test_after_a_launch_a_shut_gate_holds_production(
        launched, system, env, gate, how):
    if how == 'rejected':
        system.record(NAME, 'physics-results', Person('anna'),
                   SignOffRequest(Verdict.REJECTED, 'A hole in phi.'))
    elif how == 'reopened':
        ticket = Ticket(env, 7)
        ticket['status'], ticket['resolution'] = 'reopened', ''
        ticket.save_changes('anna', 'Look again.')
    elif how == 'deleted':
        Ticket(env, 7).delete()
    elif how == 'released':
        system.release(NAME, ADMIN, ReleaseRequest('V2', (), 'A patch.'))
    else:
        ticket = Ticket(env, 7)
        ticket['resolution'] = 'invalid'
        ticket.save_changes('eve', 'Nonsense.')
    campaign = system.queries.decision(NAME).snapshot.state.campaign
    assert campaign.phase == 'launched'
    assert campaign.held_by == 'prodworkflow'
    held = next(e for e in system.queries.ledger(NAME) if e.verb == 'held')
    cause = system.queries.ledger(NAME)[held.payload['cause'] - 1]
    assert cause.verb == {'rejected': 'rejected', 'reopened': 'withdrawn',
                          'deleted': 'ticket-missing',
                          'released': 'released',
                          'closed unsigned': 'closed-unsigned'}[how]
    assert f'entry {cause.number} ' in held.payload['reason']
    assert not gate()
    assert bool(system.check(NAME, False, 'root')) is (how == 'deleted')


ALARM = ('Production should stop: the launch gate is shut; the waiver of '
         '#7 Physics results ok expired with 2020-01-01')


def test_every_page_tells_that_production_goes_on_behind_a_shut_gate(
        expired, client):
    for address in ('/roadmap', '/campaign', f'/campaign/{quote(NAME)}',
                    '/ticket/7', '/ticket/1', PAGE,
                    f'/milestone/{quote(NAME)}%3A%203.%20pre-production',
                    '/admin/production/campaigns'):
        answer = client('coordinator').get(address)
        assert ALARM.replace('2020-01-01', 'Jan 1, 2020') in words_of(
            answer), address
    answer = client('anna').get(f'/campaign/{quote(NAME)}/gate')
    assert json.loads(answer.text)['verdict'].startswith(ALARM)


def test_check_tells_a_launch_gate_shut_and_its_repair_holds_the_campaign(
        expired, system, admin):
    code, out, _ = admin('campaign', 'check', NAME)
    assert code == 1
    assert ('production goes on although the launch gate is shut; the waiver '
            'of #7 Physics results ok expired with 2020-01-01') in out
    admin('campaign', 'check', NAME, '--repair')
    campaign = system.queries.decision(NAME).snapshot.state.campaign
    assert campaign.held_by == 'prodworkflow'
    assert admin('campaign', 'check', NAME)[:2] == (0, '')


def test_a_hold_names_the_entry_that_shut_the_gate(launched, system):
    """Of several changes at once only one matters here."""
    system.change(NAME, ADMIN, CampaignChanges('Others now.', None, (
        ('feature-freeze', SignerChanges(('bruno',))),
        ('physics-results', SignerChanges(('anna', 'bruno'))))))
    entries = system.queries.ledger(NAME)
    held = next(e for e in entries if e.verb == 'held')
    cause = entries[held.payload['cause'] - 1]
    assert (cause.verb, cause.requirement) == ('contacts-changed',
                                               'feature-freeze')


@pytest.mark.parametrize('enforcement', ['standard', 'advisory'])
def test_resuming_and_launching_need_a_sentence(create, sign, system, admin,
                                                client, enforcement):
    create(enforcement=enforcement)
    if enforcement == 'standard':
        sign(*CONTACTS)
    for act, words in (('resume', 'Mended.'), ('launch', 'Go.')):
        if act == 'resume':
            system.lifecycle.hold(NAME, ADMIN, 'Wait.')
        before = len(system.queries.ledger(NAME))
        with pytest.raises(InvalidRequest, match='Say why'):
            getattr(system.lifecycle, act)(NAME, ADMIN, ' ')
        assert admin('campaign', act, NAME)[0] == 2
        for where in (PAGE, f'/campaign/{quote(NAME)}'):
            assert client('coordinator').post(
                where, {'act': act, 'reason': ''}).status == 400
        assert len(system.queries.ledger(NAME)) == before
        getattr(system.lifecycle, act)(NAME, ADMIN, words)
        assert system.queries.ledger(NAME)[-1].payload['reason'] == words


def test_resuming_after_a_hold_needs_an_open_gate(
        launched, system, sign, gate):
    system.record(NAME, 'physics-results', Person('anna'),
               SignOffRequest(Verdict.REJECTED, 'A hole in phi.'))
    with pytest.raises(GateShut, match='was rejected by anna'):
        system.lifecycle.resume(NAME, ADMIN, 'Go.')
    sign('physics-results')
    system.lifecycle.resume(NAME, ADMIN, 'Mended.')
    assert gate()


@pytest.mark.parametrize(('command', 'word'), [('close', 'closed'),
                                               ('abandon', 'abandoned')])
def test_an_ended_campaign_is_read_only_and_folded_away(
        launched, admin, client, system, env, command, word):
    assert admin('campaign', command, NAME, '--reason=Over.')[0] == 0
    count = len(system.queries.ledger(NAME))
    for args in (('hold', NAME, '--reason=x'), ('launch', NAME, '--reason=x'),
                 ('release', NAME, 'V9', '--reason=x'),
                 ('change', NAME, '--enforcement=strict', '--reason=x'),
                 ('waive', NAME, 'physics-results', 'awaiting',
                  '--until=2099-01-01', '--reason=x'),
                 (command, NAME, '--reason=x')):
        code, _, err = admin('campaign', *args)
        assert (code, 'read-only' in err) == (2, True), args
    assert client('anna').act(1, 'reopen').status == 409
    ticket = Ticket(env, 2)
    ticket['status'], ticket['resolution'] = 'reopened', ''
    ticket.save_changes('eve', 'A side door.')
    assert len(system.queries.ledger(NAME)) == count or [
        e.verb for e in system.queries.ledger(NAME)[count:]] == ['refused']
    assert '1 campaign is over' in client('anna').get('/roadmap').text
    over = client('anna').get('/campaign').text.partition('id="over"')[2]
    assert NAME in over
    assert word in over
    assert client('anna').get(f'/campaign/{quote(NAME)}').status == 200
    assert client('anna').get(f'/campaign/{quote(NAME)}/gate').status == 409


def test_campaign_never_launched_is_abandoned_not_closed(campaign, system):
    with pytest.raises(GateShut, match='may abandon it instead'):
        system.lifecycle.end(NAME, ADMIN, Phase.CLOSED, 'Over.')
    with pytest.raises(GateShut, match='only a holder of CAMPAIGN_ADMIN'):
        system.lifecycle.end(NAME, EVE, Phase.ABANDONED, 'Over.')
    with pytest.raises(InvalidRequest, match='Say why'):
        system.lifecycle.end(NAME, ADMIN, Phase.ABANDONED, ' ')


def test_an_abandoned_campaign_keeps_its_open_stages_open(
        campaign, admin, stored):
    admin('campaign', 'abandon', NAME, '--reason=No money.')
    code, _, err = admin('milestone', 'completed',
                         f'{NAME}: 1. Software preparation', 'now')
    assert code == 2
    assert 'read-only' in err
    assert stored(1) == [False]
    admin('campaign', 'remove', NAME)
    assert admin('milestone', 'completed',
                 f'{NAME}: 1. Software preparation', 'now')[0] == 0


def test_a_closed_campaign_is_signed_by_nobody(launched, system):
    system.lifecycle.end(NAME, ADMIN, Phase.CLOSED, 'All is produced.')
    before = len(system.queries.ledger(NAME))
    with pytest.raises(GateShut, match='closed'):
        system.sign(NAME, 'feature-freeze', 'anna', False, 'Fine.')
    assert [e.verb for e in system.queries.ledger(NAME)][before:] in (
        [], ['refused'])
