"""Workflow plugins: closing actions that also set another field.

What they set may be what a sign-off ticket has to keep; then the refusal names
the box, which closes the ticket and sets nothing.
"""

from __future__ import annotations

import pytest
from trac.ticket.model import Milestone, Version

from support.campaigns import NAME
from support.http_client import words_of
from support.sites.action_controllers import use_controllers
from support.sites.workflows import use_workflow

KEY = 'feature-freeze'
BOX = ('Sign it off in the box on the page of #1: that closes it and changes '
       'nothing else.')
HOME = f'{NAME}: 1. Software preparation'
# A controller, the operation that trac.ini names, and the refusal's words.
REFUSED = [
    pytest.param('SetMilestone', 'set_milestone',
                 f'stays in milestone {HOME}', id='milestone'),
    pytest.param('SetVersion', 'set_version', 'V9', id='version'),
]


@pytest.fixture
def closing_also(env, campaign):
    """Lets `resolve` close a ticket and do what another plugin adds."""
    def follow(controller, operation, **more):
        for kind in (Milestone(env), Version(env)):
            kind.name = 'V9' if isinstance(kind, Version) else 'Finished'
            kind.insert()
        use_workflow(env.config, 'basic')
        env.config.set('ticket-workflow', 'resolve.operations',
                       f'set_resolution,{operation}')
        for option, text in more.items():
            env.config.set('ticket-workflow', option, text)
        use_controllers(env, 'ConfigurableTicketWorkflow',
                        *filter(None, [controller]), 'SignOffActions')
    return follow


@pytest.mark.parametrize(('controller', 'operation', 'words'), REFUSED)
def test_a_contact_whose_closing_sets_more_is_sent_to_the_box(
        controller, operation, words, closing_also, client, ticket, verbs,
        post):
    closing_also(controller, operation)
    answer = client('anna').resolve(1, comment='It is frozen.')
    assert answer.status == 409
    assert words in words_of(answer)
    assert BOX in words_of(answer)
    assert 'It is frozen.' in answer.text
    assert ticket(1)['status'] == 'new'
    assert verbs() == ['created', 'refused']
    post('anna', NAME, KEY)
    found = ticket(1)
    assert (found['status'], found['resolution'], found['milestone'],
            found['version']) == ('closed', 'fixed', HOME, 'V1')
    assert verbs()[-1] == 'approved'


@pytest.mark.parametrize(('controller', 'operation', 'words'), REFUSED)
def test_a_workflow_action_of_the_sign_off_sets_nothing_more(
        controller, operation, words, closing_also, client, ticket, verbs,
        system):
    closing_also(controller, operation)
    client('anna').act(1, 'signoff_approved', comment='It is frozen.')
    assert (ticket(1)['status'], ticket(1)['milestone'],
            ticket(1)['version']) == ('closed', HOME, 'V1')
    client('anna').act(1, 'signoff_withdrawn', comment='It crashes.')
    assert ticket(1)['status'] == 'reopened'
    client('anna').act(1, 'signoff_approved', comment='It does not.')
    assert verbs()[1:] == ['approved', 'withdrawn', 'approved']
    assert system.check(NAME, False, 'root') == []


def test_who_may_not_sign_is_not_sent_to_the_box(
        closing_also, client, verbs):
    closing_also('SetMilestone', 'set_milestone')
    answer = client('eve').resolve(1, comment='It is frozen.')
    assert answer.status == 409
    assert f'stays in milestone {HOME}' in words_of(answer)
    assert 'eve' in words_of(answer)
    assert BOX not in words_of(answer)


@pytest.mark.parametrize(('controller', 'operation', 'options', 'changed'), [
    pytest.param('', 'set_owner_to_self', {}, {'owner': 'bruno'},
                 id='owner, oneself'),
    pytest.param('', 'set_owner', {'resolve.set_owner': 'coordinator'},
                 {'owner': 'coordinator'}, id='owner, another'),
    pytest.param('', 'del_owner', {}, {'owner': ''}, id='owner, none'),
    pytest.param('SetKeywords', 'set_keywords', {},
                 {'keywords': 'closed by bruno'}, id='another field'),
])
def test_a_closing_that_sets_what_is_free_signs_off(
        controller, operation, options, changed, closing_also, client,
        ticket, verbs, system):
    closing_also(controller, operation, **options)
    more = {'action_resolve_reassign_owner': options['resolve.set_owner']
            } if options else {}
    answer = client('bruno').resolve(3, comment='Fine.', **more)
    assert answer.status == 200
    assert ticket(3)['status'] == 'closed'
    assert {name: ticket(3)[name] or '' for name in changed} == changed
    assert verbs() == ['created', 'approved']
    assert system.check(NAME, False, 'root') == []


def test_a_closing_that_sets_another_resolution_is_sent_to_the_box(
        closing_also, client, ticket):
    closing_also('', 'del_owner', **{'resolve.set_resolution': 'duplicate'})
    answer = client('anna').resolve(1, 'duplicate')
    assert answer.status == 409
    assert 'sign it off in its box, which closes it' in words_of(answer)
    assert ticket(1)['owner'] == 'anna'


@pytest.mark.parametrize('door', ['rpc_by_action', 'batch'])
def test_other_doors_are_refused_the_same(
        door, closing_also, doors, ticket, verbs, admin):
    admin('permission', 'add', 'anna', 'TICKET_BATCH_MODIFY')
    closing_also('SetMilestone', 'set_milestone')
    if door == 'batch':
        doors.batch('anna', 1, action='resolve',
                    action_resolve_resolve_resolution='fixed')
    else:
        doors.rpc_by_action('anna', 1, action='resolve',
                            action_resolve_resolve_resolution='fixed')
    assert (ticket(1)['status'], ticket(1)['milestone']) == ('new', HOME)
    assert verbs() == ['created', 'refused']


def test_a_status_that_is_unknown_is_reset_and_signed(
        closing_also, client, ticket, verbs, env, system):
    closing_also('', 'del_owner')
    with env.db_transaction as db:
        db("UPDATE ticket SET status='gone' WHERE id IN (1, 2)")
    answer = client('eve').act(1, '_reset', comment='It was gone.')
    assert answer.status == 200
    assert ticket(1)['status'] == 'new'
    assert verbs() == ['created']
    for number in (1, 2):  # out of the unknown status, too
        client('anna').act(number, 'signoff_approved', comment='Fine.')
        assert ticket(number)['status'] == 'closed'
    assert system.check(NAME, False, 'root') == []
