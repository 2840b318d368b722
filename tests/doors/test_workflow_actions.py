"""The sign-off actions in Trac's own *Action* fieldset."""

from __future__ import annotations

import pytest

from support.campaigns import FULL, NAME
from support.http_client import words_of
from support.signoffs import LEAKS, TOMORROW


@pytest.fixture(autouse=True)
def sign_off_actions(env):
    """The site has named the component in its workflow."""
    env.config.set('ticket', 'workflow',
                   'ConfigurableTicketWorkflow, SignOffActions')
    env.config.save()


def test_sign_off_actions_are_offered_to_those_who_may_use_them(
        campaign, client):
    anna, eve = client('anna').get('/ticket/1'), client('eve').get('/ticket/1')
    assert 'value="signoff_approved"' in anna.text
    assert 'value="signoff_rejected"' in anna.text
    assert 'signoff_waived' not in anna.text
    assert 'signoff_' not in eve.text
    page = client('coordinator').get('/ticket/1').text
    assert 'value="signoff_waived"' in page
    assert 'value="signoff_approved"' not in page


def test_signing_by_a_workflow_action_is_one_entry(
        campaign, client, system, ticket):
    answer = client('anna').act(1, 'signoff_approved', comment='Frozen.')
    assert answer.status == 200
    assert ticket(1)['resolution'] == 'fixed'
    assert [(e.verb, e.payload.get('statement'))
            for e in system.queries.ledger(NAME)[1:]] == [('approved',
                                                           'Frozen.')]
    assert system.check(NAME, False, 'root') == []


REPORT = 'https://example.org/leaks'


def test_evidence_values_are_given_by_a_workflow_action(
        full, client, system, ticket):
    number, anna = full[LEAKS], client('anna')
    page = anna.get(f'/ticket/{number}').text
    assert 'name="signoff_approved_value:memory_growth"' in page
    answer = anna.act(number, 'signoff_approved', comment='Fine.',
                      **{'signoff_approved_value:memory_growth': '5 furlong'})
    assert 'cannot be counted in kB/event' in words_of(answer)
    assert ticket(number).get_changelog() == []
    answer = anna.act(number, 'signoff_approved', comment='Fine.', **{
        'signoff_approved_value:memory_growth': '0.5 kB/event',
        'signoff_approved_link:leak report': REPORT})
    assert 'Signed off. Not ready: 8 of 9' in words_of(answer)
    assert ticket(number)['resolution'] == 'fixed'
    assert [e.verb for e in system.queries.ledger(FULL)[1:]] == ['approved']


def test_waiver_by_a_workflow_action_has_its_bound(full, client, ticket):
    number, anna = full[LEAKS], client('anna')
    anna.act(number, 'signoff_reported', comment='Measured.', **{
        'signoff_reported_value:memory_growth': '4.9 MB per 1000 events',
        'signoff_reported_link:leak report': REPORT})
    answer = client('coordinator').act(
        number, 'signoff_waived', comment='Small.', **{
            'signoff_waived_reason': 'out-of-bounds',
            'signoff_waived_until': TOMORROW,
            'signoff_waived_bound_max:memory_growth': '5 kB/event'})
    assert 'Waived. Not ready' in words_of(answer)
    anna.act(number, 'signoff_approved', comment='Known.')
    assert ticket(number)['resolution'] == 'tolerable'


def test_sign_off_is_rejected_and_withdrawn_by_workflow_actions(
        campaign, client, system, ticket):
    client('anna').act(1, 'signoff_rejected', comment='Too early.')
    assert ticket(1)['status'] == 'new'
    client('anna').act(1, 'signoff_approved', comment='Now.')
    client('anna').act(1, 'signoff_withdrawn', comment='A doubt.')
    assert ticket(1)['status'] == 'reopened'
    assert [e.verb for e in system.queries.ledger(NAME)[1:]] == [
        'rejected', 'approved', 'withdrawn']


def test_requirement_is_waived_by_a_workflow_action(
        campaign, client, system, ticket):
    answer = client('coordinator').act(
        1, 'signoff_waived', comment='No time.',
        signoff_waived_reason='awaiting', signoff_waived_until=TOMORROW)
    assert answer.status == 200
    assert ticket(1)['resolution'] == 'waived'
    assert system.queries.decision(NAME).answer('feature-freeze').waived


@pytest.mark.parametrize(('user', 'action', 'comment', 'words'), [
    pytest.param('anna', 'signoff_rejected', '', 'Say why', id='no reason'),
    pytest.param('coordinator', 'signoff_waived', 'x',
                 'is no day from today on', id='no end'),
])
def test_invalid_workflow_action_is_refused_before_the_ticket_is_saved(
        campaign, client, system, ticket, user, action, comment, words):
    answer = client(user).act(1, action, comment=comment,
                              signoff_waived_reason='awaiting')
    assert words in answer.text
    assert len(system.queries.ledger(NAME)) == 1
    assert ticket(1).get_changelog() == []


def test_workflow_action_of_somebody_else_is_ignored(
        campaign, client, system, ticket):
    client('eve').act(1, 'signoff_approved', comment='Mine.')
    assert ticket(1)['status'] == 'new'
    assert [e.verb for e in system.queries.ledger(NAME)] == ['created']


def test_objecting_and_answering_are_workflow_actions(
        campaign, client, sign, ticket, verbs, gate):
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    page = client('eve').get('/ticket/1').text
    assert 'value="signoff_objected"' in page
    assert 'value="signoff_withdrawn"' not in page
    client('eve').act(1, 'signoff_objected', comment='It crashes.')
    assert verbs()[-1] == 'objected'
    assert ticket(1)['status'] == 'reopened'
    assert not gate('1')
    assert 'value="signoff_answered"' in client('anna').get('/ticket/1').text
    client('anna').act(1, 'signoff_answered', comment='It does not.')
    assert verbs()[-1] == 'answered'
    assert ticket(1)['status'] == 'closed'
    assert gate('1')
