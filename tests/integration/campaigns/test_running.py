"""Releases, stop and go, and changes of a running campaign."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from trac.ticket.model import Ticket, Version

from prodworkflow import store
from prodworkflow.api import GateShut, InvalidRequest, SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.gateways.clock import now
from prodworkflow.services.campaigns.changes import CampaignChanges
from prodworkflow.services.campaigns.releases import ReleaseRequest
from prodworkflow.services.campaigns.signers import SignerChanges
from support.campaigns import CONTACTS, FULL, FULL_CONTACTS, NAME

ADMIN = Person('coordinator', grants=frozenset(
    {'CAMPAIGN_ADMIN', 'CAMPAIGN_WAIVE', 'CAMPAIGN_LAUNCH',
     'CAMPAIGN_HOLD'}))
EVE = Person('eve')
PAGE = f'/admin/production/campaigns/{quote(NAME)}'


def words_of(answer):
    """What a page says, links and all taken out."""
    return ' '.join(re.sub('<[^>]*>', '', answer.text).split())


@pytest.fixture
def reasons(system):
    """The unmet requirements of a campaign, with their reasons."""
    def answer(name=FULL):
        return {a.requirement.key: a.reason.value
                for a in system.decision(name).launch.unmet}
    return answer


@pytest.fixture
def ready(full, sign_full, admin, system):
    """The full campaign, all signed and its stages closed."""
    sign_full(*FULL_CONTACTS)
    last = system.decision(FULL).gates[-1].stage.milestone
    assert admin('milestone', 'completed', last, 'now')[0] == 0
    return full


@pytest.fixture
def launched(campaign, sign, system):
    sign(*CONTACTS)
    system.launch(NAME, ADMIN, 'Go.')
    return campaign


# Releases

def test_a_patch_makes_stale_what_it_touches_and_carries_the_rest(
        ready, admin, reasons, ticket, stored, system):
    code, out, _ = admin('campaign', 'release', FULL, 'V1.1',
                         '--touches=emc', '--reason=Clusters were split.')
    assert code == 0
    assert 'Carried over: remote-sites-validated and physics-tracking.' in out
    assert reasons() == dict.fromkeys(
        ['release-validated', 'runtime-performance', 'physics-emc',
         'physics-results'], 'stale')
    emc, tracking = (ticket(ready[k]) for k in ('physics-emc',
                                                'physics-tracking'))
    assert (emc['status'], emc['version']) == ('reopened', 'V1.1')
    assert (tracking['status'], tracking['version']) == ('closed', 'V1.1')
    assert 'Clusters were split.' in ' '.join(
        c[4] or '' for c in emc.get_changelog())
    comments = ' '.join(c[4] or '' for c in tracking.get_changelog())
    assert 'carried over' in comments
    assert stored(1, FULL) == [True]
    assert stored(2, FULL) == stored(3, FULL) == [False]
    assert system.check(FULL, False, 'root') == []


def test_a_new_release_makes_all_that_is_bound_to_it_stale(
        ready, system, reasons, stored, env):
    system.release(FULL, ADMIN, ReleaseRequest('V2', (), 'A new release.'))
    assert set(reasons()) == {
        'release-validated', 'remote-sites-validated', 'physics-tracking',
        'runtime-performance', 'physics-emc', 'physics-results'}
    assert Version(env, 'V2').name == 'V2'
    assert stored(1, FULL) == [True]
    assert stored(2, FULL) == [False]


def test_coming_back_to_an_old_release_revives_nothing(
        ready, system, reasons):
    system.release(FULL, ADMIN, ReleaseRequest('V2', (), 'Forth.'))
    system.release(FULL, ADMIN, ReleaseRequest('V1', (), 'And back.'))
    assert reasons()['release-validated'] == 'stale'


def test_evidence_of_the_old_release_counts_no_more(ready, system):
    system.release(FULL, ADMIN, ReleaseRequest('V2', (), 'A new release.'))
    with pytest.raises(InvalidRequest, match='validation report'):
        system.say(FULL, 'release-validated', Person('bruno'),
                   SignOffRequest(Verdict.APPROVED, 'As before.'))


def test_what_was_carried_over_is_carried_on(ready, system, reasons):
    for release, touches in (('V1.1', ('emc',)), ('V1.2', ('sites',))):
        system.release(FULL, ADMIN,
                       ReleaseRequest(release, touches, 'A patch.'))
    assert 'physics-tracking' not in reasons()
    assert reasons()['remote-sites-validated'] == 'stale'


@pytest.mark.parametrize(('move', 'words'), [
    pytest.param(ReleaseRequest('V1', (), 'Why not.'), 'is on V1 already',
                 id='same'),
    pytest.param(ReleaseRequest(' ', (), 'Why not.'), 'Name the release',
                 id='none'),
    pytest.param(ReleaseRequest('V2', (), ' '), 'Say why', id='no reason'),
    pytest.param(ReleaseRequest('V2', ('emcal',), 'A patch.'),
                 'rests on "emcal". Did you mean emc?', id='unknown input'),
    pytest.param(ReleaseRequest('V' * 65, (), 'Long.'), 'at most 64',
                 id='long'),
])
def test_moves_that_make_no_sense_change_nothing(full, system, move, words):
    with pytest.raises(InvalidRequest) as error:
        system.release(FULL, ADMIN, move)
    assert words in str(error.value)
    assert len(system.ledger(FULL)) == 1


def test_only_administrators_move_a_campaign(full, system):
    with pytest.raises(GateShut, match='only a holder of CAMPAIGN_ADMIN'):
        system.release(FULL, EVE, ReleaseRequest('V2', (), 'Mine.'))


# Stop and go

def test_any_contact_holds_and_a_launcher_resumes(
        campaign, sign, system, client, gate):
    sign(*CONTACTS)
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


STOPS = [
    pytest.param('hold', EVE, 'No.', GateShut, 'only its contacts and '
                 'holders of CAMPAIGN_HOLD may', id='hold by a stranger'),
    pytest.param('hold', ADMIN, ' ', InvalidRequest, 'Say why',
                 id='no reason'),
    pytest.param('resume', EVE, 'Go.', GateShut,
                 'only a holder of CAMPAIGN_LAUNCH may', id='resume'),
    pytest.param('resume', ADMIN, 'Go.', GateShut, 'it is not on hold',
                 id='not on hold'),
    pytest.param('launch', EVE, 'Go.', GateShut,
                 'only a holder of CAMPAIGN_LAUNCH may', id='launch'),
    pytest.param('launch', ADMIN, 'Go.', GateShut,
                 '#1 Feature Freeze awaits anna', id='launch, gate shut'),
]


@pytest.mark.parametrize(('act', 'person', 'reason', 'kind', 'words'), STOPS)
def test_what_may_not_be_done_changes_nothing(
        campaign, system, act, person, reason, kind, words):
    with pytest.raises(kind, match=words):
        getattr(system, act)(NAME, person, reason)
    assert len(system.ledger(NAME)) == 1


def test_a_launch_closes_the_stages_and_keeps_its_decision(
        launched, system, stored, gate):
    assert stored(1) == stored(2) == stored(3) == [True]
    last = system.ledger(NAME)[-1]
    assert (last.verb, last.actor) == ('launched', 'coordinator')
    assert [a['answer'] for a in last.payload['rests_on']] == ['met'] * 7
    assert gate()
    with pytest.raises(GateShut, match='it was launched already'):
        system.launch(NAME, ADMIN, 'Again.')


@pytest.mark.parametrize('how', ['rejected', 'reopened', 'deleted',
                                 'released', 'closed unsigned'])
def test_after_a_launch_a_shut_gate_holds_production(
        launched, system, env, gate, how):
    if how == 'rejected':
        system.say(NAME, 'physics-results', Person('anna'),
                   SignOffRequest(Verdict.REJECTED, 'A hole in phi.'))
    elif how == 'reopened':
        ticket = Ticket(env, 7)
        ticket['status'], ticket['resolution'] = 'reopened', ''
        ticket.save_changes('eve', 'Look again.')
    elif how == 'deleted':
        Ticket(env, 7).delete()
    elif how == 'released':
        system.release(NAME, ADMIN, ReleaseRequest('V2', (), 'A patch.'))
    else:
        ticket = Ticket(env, 7)
        ticket['resolution'] = 'invalid'
        ticket.save_changes('eve', 'Nonsense.')
    campaign = system.decision(NAME).snapshot.state.campaign
    assert campaign.phase == 'launched'
    assert campaign.held_by == 'prodworkflow'
    held = next(e for e in system.ledger(NAME) if e.verb == 'held')
    cause = system.ledger(NAME)[held.payload['cause'] - 1]
    assert cause.verb == {'rejected': 'rejected', 'reopened': 'withdrawn',
                          'deleted': 'ticket-missing',
                          'released': 'released',
                          'closed unsigned': 'closed-unsigned'}[how]
    assert f'entry {cause.number} ' in held.payload['reason']
    assert not gate()
    assert bool(system.check(NAME, False, 'root')) is (how == 'deleted')


@pytest.fixture
def expired(launched, env):
    """Production goes on; nobody changed anything since a waiver's end."""
    with store.open_campaign(env, store.campaign_id(env, NAME)) as book:
        book.record(now(), 'anna', 'withdrawn', 'physics-results',
                    role='contact', contact='anna', statement='A hole.')
        book.record(now(), 'dora', 'waived', 'physics-results',
                    role='administrator', statement='It is small.', waiver={
                        'reason': 'withdrawn', 'until': '2020-01-01',
                        'bounds': []})
    return launched


ALARM = ('Production should stop: the launch gate is shut; the waiver of '
         '#7 Physics results ok expired with 2020-01-01')


def test_every_page_tells_that_production_goes_on_behind_a_shut_gate(
        expired, client):
    for address in ('/roadmap', '/campaign', f'/campaign/{quote(NAME)}',
                    '/ticket/7', '/ticket/1', PAGE,
                    f'/milestone/{quote(NAME)}%3A%203.%20pre-production',
                    '/admin/production/campaigns'):
        answer = client('coordinator').get(address)
        assert ALARM in words_of(answer), address
    answer = client('anna').get(f'/campaign/{quote(NAME)}/gate')
    assert json.loads(answer.text)['verdict'].startswith(ALARM)


def test_check_tells_it_and_its_repair_puts_the_campaign_on_hold(
        expired, system, admin):
    code, out, _ = admin('campaign', 'check', NAME)
    assert code == 1
    assert ('production goes on although the launch gate is shut; the waiver '
            'of #7 Physics results ok expired with 2020-01-01') in out
    admin('campaign', 'check', NAME, '--repair')
    campaign = system.decision(NAME).snapshot.state.campaign
    assert campaign.held_by == 'prodworkflow'
    assert admin('campaign', 'check', NAME)[:2] == (0, '')


def test_whom_it_waits_for_is_told_with_their_deputy(campaign, system,
                                                     client):
    system.change(NAME, ADMIN, CampaignChanges('Anna is away.', None, (
        ('feature-freeze', SignerChanges(deputies=(
            'bruno for anna 2020-01-01..2099-12-31',))),)))
    assert ('anna (or deputy bruno) #1 Feature Freeze'
            in words_of(client('anna').get('/roadmap')))


def test_the_box_says_why_it_was_rejected(campaign, system, client, sign):
    system.say(NAME, 'feature-freeze', Person('anna'),
               SignOffRequest(Verdict.REJECTED, 'Two <b> merges are open.'))
    told = 'Because “Two &lt;b&gt; merges are open.” anna, '
    assert told in words_of(client('bruno').get('/ticket/1'))
    sign('feature-freeze')
    assert 'Because' not in words_of(client('bruno').get('/ticket/1'))


def test_a_hold_names_the_entry_that_shut_the_gate(launched, system):
    """Of several changes at once only one matters here."""
    system.change(NAME, ADMIN, CampaignChanges('Others now.', None, (
        ('feature-freeze', SignerChanges(('bruno',))),
        ('physics-results', SignerChanges(('anna', 'bruno'))))))
    entries = system.ledger(NAME)
    held = next(e for e in entries if e.verb == 'held')
    cause = entries[held.payload['cause'] - 1]
    assert (cause.verb, cause.requirement) == ('contacts-changed',
                                               'feature-freeze')


@pytest.mark.parametrize(('enforcement', 'words'), [
    ('standard', 'the launch gate is open'),
    ('advisory', 'nothing is blocked (advisory enforcement)')])
def test_who_goes_on_without_a_word_does_so_by_the_rules(
        create, sign, system, enforcement, words):
    create(enforcement=enforcement)
    if enforcement == 'standard':
        sign(*CONTACTS)
    system.hold(NAME, ADMIN, 'Wait.')
    system.resume(NAME, ADMIN, '')
    system.launch(NAME, ADMIN, ' ')
    entries = [e for e in system.ledger(NAME)
               if e.verb in ('resumed', 'launched')]
    assert [e.payload['reason'] for e in entries] == [words] * 2


def test_going_on_after_a_hold_needs_the_gate(launched, system, sign, gate):
    system.say(NAME, 'physics-results', Person('anna'),
               SignOffRequest(Verdict.REJECTED, 'A hole in phi.'))
    with pytest.raises(GateShut, match='was rejected by anna'):
        system.resume(NAME, ADMIN, 'Go.')
    sign('physics-results')
    system.resume(NAME, ADMIN, 'Mended.')
    assert gate()


@pytest.mark.parametrize(('command', 'word'), [('close', 'closed'),
                                               ('abandon', 'abandoned')])
def test_an_ended_campaign_is_read_only_and_folded_away(
        launched, admin, client, system, env, command, word):
    assert admin('campaign', command, NAME, '--reason=Over.')[0] == 0
    count = len(system.ledger(NAME))
    for args in (('hold', NAME, '--reason=x'), ('launch', NAME),
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
    assert len(system.ledger(NAME)) == count or [
        e.verb for e in system.ledger(NAME)[count:]] == ['refused']
    roadmap = client('anna').get('/roadmap').text
    assert '1 campaign is over' in roadmap
    assert word in roadmap
    assert client('anna').get(f'/campaign/{quote(NAME)}').status == 200
    assert client('anna').get(f'/campaign/{quote(NAME)}/gate').status == 409


def test_what_was_never_launched_is_abandoned_not_closed(campaign, system):
    with pytest.raises(GateShut, match='may abandon it instead'):
        system.end(NAME, ADMIN, Phase.CLOSED, 'Over.')
    with pytest.raises(GateShut, match='only a holder of CAMPAIGN_ADMIN'):
        system.end(NAME, EVE, Phase.ABANDONED, 'Over.')
    with pytest.raises(InvalidRequest, match='Say why'):
        system.end(NAME, ADMIN, Phase.ABANDONED, ' ')


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


# Changes

def test_contacts_change_with_a_reason_and_old_approvals_go(
        campaign, sign, admin, ticket, system, client):
    sign('feature-freeze')
    code, out, _ = admin('campaign', 'change', NAME,
                         '--contact=feature-freeze:bruno',
                         '--reason=anna has left')
    assert code == 0
    assert '1 changed.' in out
    assert ticket(1)['status'] == 'reopened'
    assert ticket(1)['owner'] == 'bruno'
    assert 'anna has left' in ' '.join(
        c[4] or '' for c in ticket(1).get_changelog())
    with pytest.raises(GateShut, match='only bruno may sign'):
        system.sign(NAME, 'feature-freeze', 'anna', False, '')
    roadmap = client('anna').get('/roadmap').text
    assert 'anna has left' in roadmap
    system.sign(NAME, 'feature-freeze', 'bruno', False, 'Fine.')
    assert system.check(NAME, False, 'root') == []


def test_a_deputy_signs_within_the_dates(campaign, system, admin):
    assert admin('campaign', 'change', NAME, '--deputy=feature-freeze:bruno '
                 'for anna 2020-01-01..2020-02-01', '--reason=x')[0] == 0
    with pytest.raises(GateShut, match='only anna may sign'):
        system.sign(NAME, 'feature-freeze', 'bruno', False, '')
    assert admin('campaign', 'change', NAME, '--deputy=feature-freeze:bruno '
                 'for anna 2020-01-01..2099-02-01', '--reason=x')[0] == 0
    system.sign(NAME, 'feature-freeze', 'bruno', False, 'Fine.')
    answer = system.decision(NAME).answer('feature-freeze')
    assert answer.words == 'signed off by bruno (for anna)'


def test_enforcement_changes_are_shown_while_they_matter(
        campaign, system, client, admin):
    admin('campaign', 'change', NAME, '--enforcement=advisory',
          '--reason=the conference')
    roadmap = client('anna').get('/roadmap').text
    assert 'enforcement lowered to advisory by' in roadmap
    assert 'the conference' in roadmap
    admin('campaign', 'change', NAME, '--enforcement=standard',
          '--reason=over')
    assert 'the conference' not in client('anna').get('/roadmap').text


def test_raising_enforcement_reopens_what_should_not_be_closed(
        create, system, admin, stored):
    create(enforcement='advisory')
    admin('milestone', 'completed', f'{NAME}: 1. Software preparation',
          'now')
    assert stored(1) == [True]
    admin('campaign', 'change', NAME, '--enforcement=standard',
          '--reason=enough')
    assert stored(1) == [False]


CHANGES = [
    pytest.param(CampaignChanges('', 'strict'), 'Say why', id='no reason'),
    pytest.param(CampaignChanges('x', 'lax'), 'no way of enforcement',
                 id='lax'),
    pytest.param(CampaignChanges('x', None, (('feature-freeze',
                                              SignerChanges(('ana',))),)),
                 'Did you mean anna', id='unknown user'),
    pytest.param(CampaignChanges('x', None,
                                 (('freeze', SignerChanges(('anna',))),)),
                 'There is no requirement "freeze"', id='unknown key'),
    pytest.param(CampaignChanges('x', None, (('feature-freeze',
                                              SignerChanges(quorum='2')),)),
                 'The quorum of feature-freeze (Feature Freeze) is 2, but '
                 'only anna can sign it', id='quorum out of reach'),
    pytest.param(CampaignChanges('x', None, (('feature-freeze', SignerChanges(
        deputies=('bruno for eve 2026-01-01..2026-02-01',))),)),
        'cannot stand for eve', id='deputy of nobody'),
    pytest.param(CampaignChanges('x', None, (('feature-freeze', SignerChanges(
        deputies=('bruno instead of anna',))),)),
        'names no deputy', id='no deputy'),
    pytest.param(CampaignChanges('x', None, (('feature-freeze', SignerChanges(
        deputies=('bruno for anna 2026-02-02..2026-02-01',))),)),
        'names no deputy', id='dates turned round'),
]


@pytest.mark.parametrize(('wish', 'words'), CHANGES)
def test_changes_that_make_no_sense_change_nothing(campaign, system, wish,
                                                   words):
    with pytest.raises(InvalidRequest) as error:
        system.change(NAME, ADMIN, wish)
    assert words in str(error.value)
    assert len(system.ledger(NAME)) == 1


def test_only_administrators_change_a_campaign(campaign, system, client):
    with pytest.raises(GateShut, match='only a holder of CAMPAIGN_ADMIN'):
        system.change(NAME, EVE, CampaignChanges('x', 'advisory'))
    assert client('anna').get(PAGE).status == 403


@pytest.mark.parametrize(('fields', 'status'), [
    pytest.param({'act': 'sing'}, 400, id='unknown act'),
    pytest.param({}, 400, id='no act'),
    pytest.param({'act': 'hold', 'reason': ''}, 400, id='no reason'),
    pytest.param({'act': 'launch', 'reason': 'x'}, 409, id='gate shut'),
    pytest.param({'act': 'change', 'enforcement': 'lax', 'reason': 'x'},
                 400, id='lax'),
    pytest.param({'act': 'release', 'release': '', 'reason': 'x'}, 400,
                 id='no release'),
    pytest.param({'act': 'hold', 'reason': 'x', '__FORM_TOKEN': 'forged'},
                 400, id='forged'),
])
def test_the_pages_refuse_with_a_status(campaign, client, system, fields,
                                        status):
    for where in (PAGE, f'/campaign/{quote(NAME)}'):
        assert client('coordinator').post(where, fields).status == status
    assert len(system.ledger(NAME)) == 1


def test_there_is_no_page_for_a_campaign_that_is_not(client):
    assert client('coordinator').get(
        '/admin/production/campaigns/None').status == 404


# From its page

def test_its_page_launches_and_closes_a_campaign(campaign, sign, client,
                                                 system):
    sign(*CONTACTS)
    user = client('coordinator')
    told = user.post(PAGE, {'act': 'launch', 'reason': 'Go.'})
    assert told.status == 200
    assert 'Launched: the start of production is recorded.' in told.text
    told = user.post(PAGE, {'act': 'close', 'reason': 'All is produced.'})
    assert '2011 Prod is closed.' in told.text
    state = system.decision(NAME).snapshot.state
    assert state.campaign.phase == Phase.CLOSED.value


def test_its_page_moves_it_to_a_release_and_says_what_that_touches(
        ready, client, system):
    page = f'/admin/production/campaigns/{FULL}'
    told = client('coordinator').post(page, {
        'act': 'release', 'release': 'V1.1', 'touches': 'emc',
        'reason': 'Clusters were split.'})
    assert told.status == 200
    text = ' '.join(re.sub('<[^>]+>', '', told.text).split())
    assert 'Full is on release V1.1. To be signed again: #4, #6, #8 and #9.' \
        in text
    assert 'Carried over: #5 and #7.' in text
    told = client('coordinator').post(page, {
        'act': 'release', 'release': 'V1.2', 'reason': 'Only the notes.'})
    assert 'Full is on release V1.2. ' in re.sub('<[^>]+>', '', told.text)


def test_a_form_that_changes_nothing_says_so(campaign, client, system):
    state = system.decision(NAME).snapshot.state
    fields = {'act': 'change', 'reason': 'x', 'enforcement': 'standard'}
    for r in state.requirements:
        fields[f'contact:{r.key}'] = ', '.join(r.contacts)
        fields[f'quorum:{r.key}'] = str(r.quorum)
    told = client('coordinator').post(PAGE, fields)
    assert 'Nothing was changed.' in told.text
    assert len(system.ledger(NAME)) == 1
    told = client('coordinator').post(PAGE, {
        **fields, 'contact:feature-freeze': 'bruno'})
    assert '1 changed.' in told.text
    assert system.requirement(NAME, 'feature-freeze').contacts == ('bruno',)


def test_nothing_is_reported_without_a_value_or_a_word(campaign, system):
    with pytest.raises(InvalidRequest, match='There is nothing to report'):
        system.say(NAME, 'feature-freeze', Person('anna'),
                   SignOffRequest(Verdict.REPORTED, ''))
    assert len(system.ledger(NAME)) == 1


def test_a_closed_campaign_is_signed_by_nobody(launched, system):
    system.end(NAME, ADMIN, Phase.CLOSED, 'All is produced.')
    before = len(system.ledger(NAME))
    with pytest.raises(GateShut, match='closed'):
        system.sign(NAME, 'feature-freeze', 'anna', False, 'Fine.')
    assert [e.verb for e in system.ledger(NAME)][before:] in (
        [], ['refused'])
