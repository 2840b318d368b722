"""Reopening a signed ticket: withdrawn, objected to, or refused."""

from __future__ import annotations

import pytest
from trac.ticket.model import Ticket

from prodworkflow.api import context, SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
from support.campaigns import ADMIN, ANNA, CONTACTS, NAME

REOPEN = {'status': 'reopened', 'resolution': ''}
WAYS = [
    pytest.param(lambda d, user: d.client(user).act(
        1, 'reopen', comment='It crashes.'), id='page'),
    pytest.param(lambda d, user: d.client(user).act(
        1, 'again', comment='It crashes.'), id='custom action'),
    pytest.param(lambda d, user: d.batch(user, 1, action='reopen'),
                 id='batch'),
    pytest.param(lambda d, user: d.batch_page(
        user, 1, action='reopen', batchmod_value_comment='It crashes.'),
        id='batch page'),
    pytest.param(lambda d, user: d.rpc_by_action(user, 1, action='reopen'),
                 id='xml-rpc action'),
    pytest.param(lambda d, user: d.rpc_legacy(user, 1, **REOPEN),
                 id='xml-rpc legacy'),
    pytest.param(lambda d, user: d.save(1, user, **REOPEN),
                 id='save_changes'),
]


@pytest.fixture(autouse=True)
def batches(admin):
    """Let contacts change tickets in batches, as members do at many sites."""
    admin('permission', 'add', 'anna', 'TICKET_BATCH_MODIFY')
    admin('permission', 'add', 'anna', 'TICKET_ADMIN')


@pytest.fixture
def stage(milestone):
    """Whether the first stage's milestone is completed."""
    return lambda number=1: bool(milestone(number).completed)


@pytest.fixture
def launched(campaign, sign, system):
    sign(*CONTACTS)
    system.lifecycle.launch(NAME, ADMIN, 'Go.')


def last(system):
    entry = system.queries.ledger(NAME)[-1]
    return entry.verb, entry.actor


def held(system):
    return bool(system.queries.decision(
        NAME).snapshot.state.campaign.held_since)


@pytest.mark.parametrize('way', WAYS)
def test_anybody_else_who_reopens_objects_and_the_approvals_stay(
        way, campaign, doors, sign, gate, system, verbs, admin, stage):
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    assert admin('milestone', 'completed',
                 f'{NAME}: 1. Software preparation', 'now')[0] == 0
    way(doors, 'eve')
    assert 'withdrawn' not in verbs()
    assert ('objected', 'eve') in [
        (e.verb, e.actor) for e in system.queries.ledger(NAME)]
    answer = system.queries.decision(NAME).answer('feature-freeze')
    assert (answer.reason.value, answer.signers) == ('objected', ('anna',))
    assert answer.words.startswith('was objected to by eve')
    assert answer.words.endswith('awaits an answer by anna')
    assert not gate('1')
    assert not stage()
    assert admin('campaign', 'check') == (0, '', '')


@pytest.mark.parametrize('user', ['anna', 'coordinator'])
@pytest.mark.parametrize('way', WAYS)
def test_signers_and_administrators_withdraw_by_reopening(
        way, user, campaign, doors, sign, gate, system):
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    way(doors, user)
    assert last(system) == ('withdrawn', user)
    answer = system.queries.decision(NAME).answer('feature-freeze')
    assert (answer.reason.value, answer.signers) == ('withdrawn', ())
    assert not gate('1')


ANSWERS = [
    pytest.param(lambda d: d.client('anna').resolve(1, comment='It does not.'),
                 id='page'),
    pytest.param(lambda d: d.rpc_by_action(
        'anna', 1, action='resolve',
        action_resolve_resolve_resolution='fixed'), id='xml-rpc action'),
    pytest.param(lambda d: d.batch_page(
        'anna', 1, action='resolve', batchmod_value_comment='It does not.',
        action_resolve_resolve_resolution='fixed'), id='batch page'),
    pytest.param(lambda d: d.client('anna').post(
        '/campaign/2011%20Prod/sign', {
            'requirement': 'feature-freeze', 'verdict': 'answered',
            'statement': 'It does not.'}), id='box'),
]


@pytest.fixture
def objected(campaign, doors, sign):
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    doors.save(1, 'eve', **REOPEN)


@pytest.mark.parametrize('answer', ANSWERS)
def test_one_who_may_sign_answers_and_no_new_quorum_is_needed(
        answer, objected, doors, gate, system, ticket, admin):
    assert not gate('1')
    answer(doors)
    assert last(system) == ('answered', 'anna')
    assert system.queries.ledger(NAME)[-1].payload['statement']
    assert gate('1')
    assert (ticket(1)['status'], ticket(1)['resolution']) == (
        'closed', 'fixed')
    assert admin('campaign', 'check') == (0, '', '')


@pytest.mark.parametrize(('way', 'words'), [
    pytest.param(lambda d: d.client('anna').resolve(1, comment=''),
                 'Say in a sentence what answers the objection of eve',
                 id='page, no comment'),
    pytest.param(lambda d: d.client('anna').post(
        '/campaign/2011%20Prod/sign', {
            'requirement': 'feature-freeze', 'verdict': 'answered',
            'statement': ' '}), 'Say in a sentence what answers',
        id='box, no statement'),
    pytest.param(lambda d: d.client('bruno').post(
        '/campaign/2011%20Prod/sign', {
            'requirement': 'feature-freeze', 'verdict': 'answered',
            'statement': 'Fine.'}), 'only anna may answer the objection',
        id='box, somebody else'),
    pytest.param(lambda d: d.client('eve').resolve(1),
                 'only anna may sign', id='page, somebody else'),
])
def test_an_answer_needs_a_sentence_of_one_who_may_sign(
        way, words, objected, doors, gate, verbs):
    answer = way(doors)
    assert answer.status in (400, 409)
    assert words in answer.text
    assert 'answered' not in verbs()
    assert not gate('1')


def test_an_objection_to_two_signatures_is_answered_by_one_signer(
        create, doors, gate, system, client):
    create(quorums={'resources-estimate': '2'})
    for person in ('anna', 'bruno'):
        system.sign(NAME, 'resources-estimate', person, False, 'Fine.')
    doors.save(3, 'eve', **REOPEN)
    assert client('bruno').resolve(3, comment='Counted twice.').status == 200
    assert last(system) == ('answered', 'bruno')
    answer = system.queries.decision(NAME).answer('resources-estimate')
    assert (answer.met, answer.signers) == (True, ('anna', 'bruno'))


def test_who_may_not_sign_objects_in_the_box_with_a_sentence(
        campaign, sign, client, system, gate):
    sign('feature-freeze')
    form = {'requirement': 'feature-freeze', 'verdict': 'objected'}
    page = client('eve').get('/ticket/1').text
    assert 'value="objected"' in page
    assert 'value="withdrawn"' not in page
    answer = client('eve').post('/campaign/2011%20Prod/sign', form)
    assert answer.status == 400
    assert 'Say what you object to' in answer.text
    answer = client('eve').post('/campaign/2011%20Prod/sign',
                                {**form, 'statement': 'It crashes.'})
    assert 'Objected.' in answer.text
    assert last(system) == ('objected', 'eve')
    page = client('anna').get('/ticket/1').text
    assert 'It crashes.' in page
    assert 'value="answered"' in page


def test_an_objection_does_not_end_the_feature_freeze(
        campaign, doors, sign, system, client):
    sign('feature-freeze')
    doors.save(1, 'eve', **REOPEN)
    answer = client('eve').post('/newticket', {
        'field_summary': 'More', 'field_type': 'enhancement',
        'field_priority': 'major', 'submit': '1', 'field_status': 'new',
        'field_milestone': f'{NAME}: 1. Software preparation'})
    assert answer.status == 409


@pytest.mark.parametrize('way', WAYS)
def test_after_the_launch_nobody_else_stops_production_by_reopening(
        way, launched, doors, gate, system, ticket, verbs, stage, admin):
    way(doors, 'eve')
    assert last(system) == ('reopening-refused', 'eve')
    assert ticket(1)['status'] == 'closed'
    assert gate()
    assert not held(system)
    assert stage()
    concern, = system.queries.decision(NAME).snapshot.state.concerns
    assert (concern.ticket, concern.by, concern.requirement) == (
        1, 'eve', 'feature-freeze')
    assert admin('campaign', 'check') == (0, '', '')


@pytest.mark.parametrize('way', WAYS)
def test_after_the_launch_a_signer_stops_production_by_reopening(
        way, launched, doors, system, ticket):
    way(doors, 'anna')
    assert ticket(1)['status'] == 'reopened'
    assert held(system)


def test_refusal_after_the_launch_names_who_can_stop_production(
        launched, client):
    answer = client('eve').act(1, 'reopen', comment='It crashes.')
    assert answer.status == 409
    for words in ('is reopened by anna, or by a holder of CAMPAIGN_ADMIN',
                  'can put the campaign on hold'):
        assert words in answer.text


def test_preview_of_a_reopening_keeps_nothing(launched, client, verbs):
    before = verbs()
    client('eve').post('/ticket/1', {'action': 'reopen', 'preview': '1',
                                     'comment': 'It crashes.'})
    assert verbs() == before


def test_in_advisory_nothing_is_refused_after_the_launch(
        create, client, sign, system, ticket):
    create(enforcement='advisory')
    sign(*CONTACTS)
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    answer = client('eve').act(1, 'reopen', comment='It crashes.')
    assert answer.status == 200
    assert ticket(1)['status'] == 'reopened'
    assert last(system) == ('objected', 'eve')


def test_a_name_that_nobody_checked_withdraws_nothing(
        campaign, sign, doors, system):
    """Trac lets somebody who is not logged in type any name."""
    sign('feature-freeze')
    doors.rpc_legacy('anonymous', 1, 'anna', **REOPEN)
    assert last(system)[0] == 'objected'


def test_a_former_member_withdraws_what_they_signed(
        create, env, system, admin, client):
    admin('permission', 'add', 'dora', 'experts')
    create(contacts={**CONTACTS, 'feature-freeze': ('@experts',)})
    system.sign(NAME, 'feature-freeze', 'dora', False, 'Fine.')
    admin('permission', 'remove', 'dora', 'experts')
    system.record(NAME, 'feature-freeze', Person('dora'), SignOffRequest(
        Verdict.WITHDRAWN, 'I was wrong.'))
    assert last(system) == ('withdrawn', 'dora')


def test_after_an_objection_signing_again_answers_it(
        objected, system, gate, doors):
    """Of one whose own approval is not among those that count."""
    system.record(NAME, 'feature-freeze', ANNA, SignOffRequest(
        Verdict.REJECTED, 'Indeed.'))
    assert not gate('1')
    system.record(NAME, 'feature-freeze', ANNA, SignOffRequest(
        Verdict.APPROVED, 'Mended.'))
    assert gate('1')
    assert Ticket(doors.env, 1)['status'] == 'closed'


def test_command_answers_as_the_login_of_its_shell(
        objected, admin, gate, monkeypatch, verbs):
    words = ('campaign', 'answer', NAME, 'feature-freeze')
    monkeypatch.setattr(context, 'getuser', lambda: 'bruno')
    code, _, err = admin(*words, '--reason=It does not.')
    assert (code, 'only anna may answer the objection' in err) == (2, True)
    monkeypatch.setattr(context, 'getuser', lambda: 'anna')
    code, _, err = admin(*words)
    assert (code, 'Say in a sentence what answers' in err) == (2, True)
    assert 'answered' not in verbs()
    code, out, _ = admin(*words, '--reason=It does not.')
    assert (code, 'Not ready: 4 of 7' in out) == (0, True)
    assert gate('1')
