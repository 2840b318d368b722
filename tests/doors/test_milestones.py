"""No milestone door ends with a stage closed while its gate is shut."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from trac.ticket.model import Milestone, Ticket
from trac.util.datefmt import datetime_now, utc

from prodworkflow.api import GateShut
from support.campaigns import CONTACTS, NAME

TITLES = {1: 'Software preparation', 2: 'Release validation',
          3: 'pre-production'}
SHUT = pytest.mark.parametrize('number', [2, 3])
FIRST = ('feature-freeze', 'software-quality', 'resources-estimate')
SECOND = ('release-validated', 'remote-sites-validated')
FIRMLY = pytest.mark.parametrize('enforcement', ['standard', 'strict'])


def name_of(number):
    return f'{NAME}: {number}. {TITLES[number]}'


def form(number, **more):
    return {'action': 'edit', 'name': name_of(number), 'save': 'Save',
            'description': 'as typed', 'completed': 'on',
            'completeddate': '', 'comment': '', **more}


@pytest.fixture
def signed_but_ticket_3(create, sign):
    """All is signed but the resources estimate, ticket 3."""
    create()
    sign(*(k for k in CONTACTS if k != 'resources-estimate'))


@SHUT
@pytest.mark.parametrize('more', [
    pytest.param({}, id='plain'),
    pytest.param({'retarget': 'on', 'target': 'milestone1'}, id='retarget'),
])
def test_milestone_page_gives_back_the_form_with_reasons(
        signed_but_ticket_3, client, stored, ticket, verbs, number, more):
    answer = client('eve').post('/milestone/' + quote(name_of(number)),
                                form(number, completeddate=now(), **more))
    assert answer.status == 409
    assert 'as typed' in answer.text
    assert re.search(r'name="completed"[^>]*checked', answer.text)
    assert 'href="/ticket/3">#3</a> Resources estimate awaits anna or bruno' \
        in re.sub(r'\s+', ' ', answer.text)
    assert stored(number) == [False]
    assert ticket(3)['milestone'] == name_of(1)
    assert verbs()[-1] == 'refused'


@SHUT
def test_milestone_admin_panel_gives_back_the_form_with_reasons(
        signed_but_ticket_3, client, stored, number):
    answer = client('coordinator').post(
        '/admin/ticket/milestones/' + quote(name_of(number)),
        form(number, completeddate=now()))
    assert answer.status == 409
    assert '#3</a> Resources estimate awaits anna or bruno' in answer.text
    assert stored(number) == [False]


@SHUT
def test_milestone_completed_by_command_is_refused_with_exit_code_2(
        signed_but_ticket_3, admin, stored, number):
    code, _, err = admin('milestone', 'completed', name_of(number), 'now')
    assert code == 2
    assert '#3 Resources estimate awaits anna or bruno' in err
    assert stored(number) == [False]


@SHUT
@FIRMLY
def test_milestone_completed_in_python_is_refused(
        create, env, stored, number, enforcement):
    create(enforcement=enforcement)
    milestone = Milestone(env, name_of(number))
    milestone.completed = datetime_now(utc)
    with pytest.raises(GateShut, match='#3 Resources estimate'):
        milestone.update()
    assert stored(number) == [False]
    assert not Milestone(env, name_of(number)).is_completed


@SHUT
def test_milestone_completed_in_an_outer_transaction_is_rolled_back(
        campaign, env, stored, number):
    with pytest.raises(GateShut), env.db_transaction:
        milestone = Milestone(env, name_of(number))
        milestone.completed = datetime_now(utc)
        milestone.update()
    assert stored(number) == [False]


@SHUT
def test_making_a_deleted_milestone_anew_as_completed_is_refused(
        campaign, env, stored, verbs, number):
    Milestone(env, name_of(number)).delete()
    again = Milestone(env)
    again.name = name_of(number)
    again.completed = datetime_now(utc)
    with pytest.raises(GateShut):
        again.insert()
    assert stored(number) == [False]
    assert verbs()[1:] == ['milestone-missing', 'milestone-restored',
                           'refused']


def test_renaming_and_completing_a_milestone_at_once_is_refused(
        campaign, env, stored, system):
    milestone = Milestone(env, name_of(2))
    milestone.name, milestone.completed = 'Elsewhere', datetime_now(utc)
    with pytest.raises(GateShut):
        milestone.update()
    assert not Milestone(env, 'Elsewhere').is_completed
    stage = system.queries.decision(NAME).gate('2').stage
    assert stage.milestone == 'Elsewhere'


@pytest.mark.parametrize('door', ['page', 'panel', 'command', 'python'])
def test_closing_a_stage_after_its_sign_offs_works(
        campaign, sign, client, admin, env, stored, verbs, door):
    sign(*FIRST, *SECOND)
    if door == 'page':
        answer = client('eve').post('/milestone/' + quote(name_of(2)),
                                    form(2, completeddate=now()))
        assert answer.status == 200
    elif door == 'panel':
        client('coordinator').post(
            '/admin/ticket/milestones/' + quote(name_of(2)),
            form(2, completeddate=now()))
    elif door == 'command':
        assert admin('milestone', 'completed', name_of(2), 'now')[0] == 0
    else:
        milestone = Milestone(env, name_of(2))
        milestone.completed = datetime_now(utc)
        milestone.update()
    assert stored(2) == [True]
    assert verbs()[-1] == 'stage-closed'


def test_closing_a_later_stage_closes_the_earlier_ones_first(
        campaign, sign, admin, stored, system):
    """Stages close in order, in one breath where their gates are open."""
    sign(*FIRST, *SECOND)
    assert admin('milestone', 'completed', name_of(2), 'now')[0] == 0
    assert stored(1) == stored(2) == [True]
    closings = [e.payload['stage'] for e in system.queries.ledger(NAME)
                if e.verb == 'stage-closed']
    assert closings == ['software-preparation', 'release-validation']


def test_ledger_names_who_closed_a_stage(campaign, sign, client, system):
    sign(*FIRST)
    client('eve').post('/milestone/' + quote(name_of(1)),
                       form(1, completeddate=now()))
    assert system.queries.ledger(NAME)[-1].actor == 'eve'


def test_closing_a_stage_without_the_permission_is_not_tried(
        campaign, client, verbs):
    answer = client('bruno').post('/milestone/' + quote(name_of(1)),
                                  form(1, completeddate=now()))
    assert answer.status == 403
    assert verbs() == ['created']


@pytest.mark.parametrize('reopen', ['page', 'python', 'clear'])
def test_reopening_a_sign_off_reopens_its_stage_and_later_ones(
        campaign, sign, client, admin, env, stored, verbs, reopen):
    sign(*CONTACTS)
    assert admin('milestone', 'completed', name_of(3), 'now')[0] == 0
    assert stored(1) == stored(2) == stored(3) == [True]
    if reopen == 'page':
        assert client('eve').act(3, 'reopen').status == 200
    elif reopen == 'python':
        ticket = Ticket(env, 3)
        ticket['status'], ticket['resolution'] = 'reopened', ''
        ticket.save_changes('eve', 'Not yet.')
    else:
        assert admin('milestone', 'completed', name_of(1), '')[0] == 0
    assert stored(1) == stored(2) == stored(3) == [False]
    assert verbs().count('stage-reopened') == 3


def test_new_open_ticket_reopens_its_stage_and_later_ones(
        campaign, sign, admin, env, stored, gate):
    sign(*CONTACTS)
    admin('milestone', 'completed', name_of(3), 'now')
    ticket = Ticket(env)
    ticket.populate({'summary': 'A leak', 'milestone': name_of(1),
                     'status': 'new', 'reporter': 'eve', 'type': 'defect',
                     'priority': 'critical'})
    ticket.insert()
    assert (stored(1), stored(2), stored(3)) == ([True], [False], [False])
    assert not gate()
    ticket['status'], ticket['resolution'] = 'closed', 'fixed'
    ticket.save_changes('eve', 'Gone.')
    assert gate()


def test_a_renamed_milestone_takes_its_stage_along(
        campaign, client, system, gate, verbs, admin):
    client('eve').post('/milestone/' + quote(name_of(1)), {
        **form(1), 'name': 'Preparation', 'completed': []})
    assert system.queries.decision(NAME).gate(
        '1').stage.milestone == 'Preparation'
    assert verbs() == ['created', 'stage-renamed']
    assert admin('campaign', 'check') == (0, '', '')


@pytest.mark.parametrize('door', ['page', 'panel'])
def test_deleting_a_milestone_of_a_campaign_is_refused_on_pages(
        campaign, client, stored, ticket, door):
    if door == 'page':
        answer = client('eve').post('/milestone/' + quote(name_of(1)),
                                    {'action': 'delete', 'target': ''})
    else:
        answer = client('coordinator').post(
            '/admin/ticket/milestones', {
                'remove': 'Remove', 'sel': [name_of(1), 'milestone1']})
    assert answer.status == 409
    assert 'is a stage of a production campaign' in answer.text
    assert stored(1) == [False]
    assert ticket(1)['milestone'] == name_of(1)


def test_milestone_deleted_without_a_page_shuts_the_gate_until_repaired(
        campaign, sign, admin, gate, stored, verbs):
    sign(*CONTACTS)
    admin('milestone', 'completed', name_of(2), 'now')
    assert admin('milestone', 'remove', name_of(1))[0] == 0
    assert not gate()
    assert stored(2) == [False]
    assert 'milestone-missing' in verbs()
    code, out, _ = admin('campaign', 'check')
    assert code == 1
    assert f'milestone {name_of(1)} is missing' in out
    assert admin('campaign', 'check', '--repair')[0] == 0
    assert admin('campaign', 'check') == (0, '', '')
    assert gate()


def test_retargeted_sign_off_tickets_shut_the_gate_until_repaired(
        campaign, sign, env, gate, admin, ticket):
    sign(*CONTACTS)
    Milestone(env, name_of(1)).move_tickets('milestone1', 'eve')
    assert not gate('1')
    assert admin('campaign', 'check')[0] == 1
    assert admin('campaign', 'check', '--repair')[0] == 0
    assert ticket(1)['milestone'] == name_of(1)
    assert gate('1')


def test_closing_a_stage_of_an_advisory_campaign_is_recorded(
        create, admin, stored, system):
    create(enforcement='advisory')
    assert admin('milestone', 'completed', name_of(2), 'now')[0] == 0
    assert stored(2) == [True]
    last = system.queries.ledger(NAME)[-1]
    assert last.verb == 'stage-closed'
    assert any('#3' in reason for reason in last.payload['against'])


def test_damaged_campaign_record_keeps_the_gate_shut(
        campaign, sign, env, admin, stored):
    """In doubt, no: a row written by hand opens nothing."""
    sign('feature-freeze', 'software-quality')
    env.db_transaction("""
        INSERT INTO prodworkflow_signoff
        (campaign, number, requirement, verdict, signer, role, release_name,
         time, statement, contact, evidence, waiver) VALUES
        (1, 99, 'resources-estimate', 'approved', 'anna', 'contact', '',
         1, 'forged', 'anna', '[]', '')""")
    env.db_transaction("""UPDATE ticket SET status='closed',
                          resolution='fixed' WHERE id=3""")
    code, _, err = admin('milestone', 'completed', name_of(1), 'now')
    assert code == 2
    assert 'does not agree with its ledger' in err
    assert stored(1) == [False]
    assert 'sign-off 99 is in its table' in admin('campaign', 'check')[1]


def test_a_stage_that_cannot_be_read_is_not_closed(
        campaign, sign, env, admin, client, stored):
    sign(*CONTACTS)
    env.db_transaction("UPDATE prodworkflow_stage SET due='soon' "
                       "WHERE number=1")
    code, _, err = admin('milestone', 'completed', name_of(1), 'now')
    assert code == 2
    assert 'does not agree with its ledger' in err
    assert client('eve').post('/milestone/' + quote(name_of(1)), form(
        1, completeddate=now())).status == 409
    assert stored(1) == [False]


@pytest.mark.parametrize('payload', ['{', '[]', '7', ''])
def test_a_ledger_that_cannot_be_read_keeps_its_stages_open(
        campaign, sign, env, admin, client, stored, payload):
    sign(*CONTACTS)
    env.db_transaction('UPDATE prodworkflow_ledger SET payload=%s '
                       'WHERE number=8', (payload,))
    assert admin('milestone', 'completed', name_of(1), 'now')[0] == 2
    assert stored(1) == [False]
    assert client().get('/campaign/2011%20Prod').status == 200
    assert admin('campaign', 'show', NAME)[0] == 0
    code, out, _ = admin('campaign', 'check')
    assert code == 1
    assert 'cannot be read' in out


def test_milestone_page_of_an_advisory_campaign_warns(create, client, stored):
    create(enforcement='advisory')
    answer = client('eve').post('/milestone/' + quote(name_of(1)),
                                form(1, completeddate=now()))
    assert answer.status == 200
    assert 'Closed against the rules' in answer.text
    assert '#3</a> Resources estimate awaits' in answer.text
    assert stored(1) == [True]


def test_foreign_milestones_are_left_alone(campaign, admin, client, verbs):
    assert admin('milestone', 'completed', 'milestone1', 'now')[0] == 0
    answer = client('eve').post('/milestone/milestone2', {
        **form(1), 'name': 'milestone2', 'completeddate': now()})
    assert answer.status == 200
    assert client('eve').post('/milestone/milestone2', {
        'action': 'delete'}).status == 200
    assert verbs() == ['created']


def now():
    """A moment that Trac's form takes as it is typed."""
    return datetime_now(utc).strftime('%Y-%m-%dT%H:%M:%SZ')
