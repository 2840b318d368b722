"""Closing a sign-off ticket without the right to leaves its gate shut.

Each way of closing is a function of `support.doors.Doors`, which offers
the doors that Trac and its plugins have; the table below names them.
"""

from __future__ import annotations

import threading
import time

import pytest
from trac.ticket.batch import BatchModifyModule
from trac.ticket.model import Ticket

from prodworkflow import store
from support.campaigns import CONTACTS, NAME

RIGHTLESS = 'eve'


WAYS = [
    pytest.param(lambda d: d.client('eve').resolve(3), id='resolve'),
    pytest.param(lambda d: d.client('eve').resolve(3, 'wontfix'),
                 id='resolve as wontfix'),
    pytest.param(lambda d: d.client('anna').resolve(3, 'invalid'),
                 id='contact, invalid'),
    pytest.param(lambda d: d.client('anna').resolve(3, 'waived'),
                 id='contact, waived'),
    pytest.param(lambda d: d.client('anna').resolve(3, 'tolerable'),
                 id='contact, tolerable'),
    pytest.param(lambda d: d.client('coordinator').resolve(3),
                 id='administrator for a contact'),
    pytest.param(lambda d: d.client('eve').resolve(3, author='anna'),
                 id='under another name'),
    pytest.param(lambda d: d.client('eve').act(3, 'finish'),
                 id='custom action'),
    pytest.param(lambda d: d.client('anna').act(
        3, 'resolve', field_milestone='milestone1'),
        id='contact moves it away at once'),
    pytest.param(lambda d: d.batch('eve', 3, action='finish'), id='batch'),
    pytest.param(lambda d: d.batch_page(
        'coordinator', 1, 3, action='resolve',
        action_resolve_resolve_resolution='fixed'), id='batch page'),
    pytest.param(lambda d: d.rpc_by_action(
        'eve', 3, action='resolve',
        action_resolve_resolve_resolution='fixed'), id='xml-rpc action'),
    pytest.param(lambda d: d.rpc_by_action('eve', 3, action='finish'),
                 id='xml-rpc custom action'),
    pytest.param(lambda d: d.save(3, 'eve', status='closed',
                                  resolution='fixed'), id='save_changes'),
    pytest.param(lambda d: d.save(3, 'anna', status='closed',
                                  resolution='fixed'),
                 id='save_changes in the name of a contact'),
    pytest.param(lambda d: d.save(3, None, status='closed'),
                 id='save_changes by nobody'),
    pytest.param(lambda d: d.save(3, 'eve', status='closed',
                                  resolution='fixed', milestone=''),
                 id='save_changes, moved away'),
    pytest.param(lambda d: d.commit('eve', 'This closes #3.'),
                 id='commit message'),
    pytest.param(lambda d: d.commit('anna', 'Fixes #3'),
                 id='commit message in the name of a contact'),
    pytest.param(lambda d: d.json_rpc('eve', 3), id='json-rpc'),
    pytest.param(lambda d: d.json_rpc('anna', 3), id='json-rpc, contact'),
    pytest.param(lambda d: Ticket(d.env, 3).delete(), id='delete'),
]


@pytest.mark.parametrize('enforcement', ['standard', 'strict'])
@pytest.mark.parametrize('way', WAYS)
def test_gate_stays_shut_after_any_unsigned_closing_and_the_ledger_tells(
        way, enforcement, create, doors, sign, gate, verbs, system):
    create(enforcement=enforcement)
    sign('feature-freeze', 'software-quality')
    before = len(verbs())
    way(doors)
    assert not gate('1')
    told = set(verbs()[before:])
    assert told & {'refused', 'closed-unsigned', 'ticket-missing'}
    assert 'approved' not in told
    answer = system.queries.decision(NAME).answer('resources-estimate')
    assert not answer.met


@pytest.mark.parametrize('way', WAYS)
def test_unsigned_closing_in_an_advisory_campaign_does_not_count_as_signed(
        way, create, doors, gate, verbs):
    create(enforcement='advisory')
    way(doors)
    assert not gate('1')
    assert 'approved' not in verbs()


def test_json_rpc_closes_tickets(campaign, doors, ticket):
    """Else the cases above would prove nothing."""
    assert '"result"' in doors.json_rpc('eve', 3).text
    assert ticket(3)['status'] == 'closed'


def test_contact_who_resolves_a_ticket_as_fixed_has_approved(
        campaign, client, system, ticket, verbs):
    answer = client('anna').resolve(3, comment='12 CPU h, 4 TB.')
    assert answer.status == 200
    assert ticket(3)['status'] == 'closed'
    entry = system.queries.ledger(NAME)[-1]
    assert (entry.verb, entry.actor) == ('approved', 'anna')
    assert entry.payload['statement'] == '12 CPU h, 4 TB.'
    assert system.queries.decision(NAME).answer('resources-estimate').met


@pytest.mark.parametrize('door', ['batch', 'xml-rpc'])
def test_contact_approves_by_any_way_that_asks_before_it_saves(
        campaign, doors, system, door):
    fields = {'action': 'resolve',
              'action_resolve_resolve_resolution': 'fixed'}
    if door == 'batch':
        doors.batch('anna', 1, 2, 3, **fields)
    else:
        for number in (1, 2, 3):
            doors.rpc_by_action('anna', number, **fields)
    assert system.queries.decision(NAME).gate('1').open


def test_batch_of_sign_off_tickets_is_refused_whole_with_each_reason(
        campaign, doors, ticket, verbs):
    told = doors.batch('bruno', 3, 4, 1, action='resolve',
                       action_resolve_resolve_resolution='fixed')
    assert 'only anna may sign' in told
    assert [ticket(n)['status'] for n in (1, 3, 4)] == ['new'] * 3
    assert 'approved' not in verbs()


def test_refused_closing_names_who_may_sign(campaign, client):
    answer = client('eve').resolve(3)
    assert answer.status == 409
    assert 'only anna or bruno may sign' in answer.text


def test_batches_move_no_sign_off_ticket_away(campaign, doors, ticket):
    req = doors.request_of('coordinator')
    BatchModifyModule(doors.env)._save_ticket_changes(
        req, ['1', '3'], {'milestone': 'milestone1'}, '', 'leave')
    assert 'stays in milestone' in ' '.join(
        str(w) for w in req.chrome['warnings'])
    assert ticket(1)['milestone'] == ticket(3)['milestone'] != 'milestone1'


def test_ticket_page_of_an_advisory_campaign_warns(
        create, client, ticket, gate):
    create(enforcement='advisory')
    answer = client('eve').resolve(3)
    assert answer.status == 200
    assert 'Nothing is blocked (advisory enforcement)' in answer.text
    assert ticket(3)['status'] == 'closed'
    assert not gate('1')


def test_preview_of_a_ticket_records_no_refusal(campaign, client, verbs):
    client('eve').post('/ticket/3', {
        'action': 'resolve', 'preview': '1', 'comment': 'x',
        'action_resolve_resolve_resolution': 'fixed'})
    assert verbs() == ['created']


def test_requirement_without_contacts_is_signed_by_administrators(
        create, client, system):
    create(contacts={})
    assert client('eve').resolve(3).status == 409
    answer = client('coordinator').resolve(3)
    assert answer.status == 200
    assert system.queries.decision(NAME).answer('resources-estimate').met


def test_comments_and_cc_of_a_sign_off_ticket_are_never_blocked(
        campaign, client, ticket):
    answer = client('eve').act(3, 'leave', comment='When?', field_cc='eve')
    assert answer.status == 200
    assert ticket(3)['cc'] == 'eve'
    assert ticket(3).get_change(1)['fields']['comment']['new'] == 'When?'


def test_strict_campaign_refuses_an_approval_before_its_turn(
        create, client, sign, system):
    create(enforcement='strict')
    answer = client('bruno').resolve(4)
    assert answer.status == 409
    assert 'before its turn' in answer.text
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    assert client('bruno').resolve(4).status == 200
    assert system.queries.decision(NAME).answer('release-validated').met


def test_a_ticket_closed_unsigned_can_still_be_signed_in_the_box(
        campaign, doors, sign, gate, client, ticket, admin):
    sign('feature-freeze', 'software-quality')
    doors.save(3, 'eve', status='closed', resolution='invalid')
    assert not gate('1')
    page = client('anna').get('/ticket/3').text
    assert 'was closed (invalid) without a sign-off' in page
    assert 'name="statement"' in page
    assert 'name="statement"' not in client('eve').get('/ticket/3').text
    answer = client('anna').post('/campaign/2011%20Prod/sign', {
        'requirement': 'resources-estimate', 'statement': 'Checked.'})
    assert 'Signed off' in answer.text
    assert gate('1')
    assert ticket(3)['resolution'] == 'fixed'
    assert admin('campaign', 'check') == (0, '', '')


def test_sign_off_in_the_box_for_another_contact_is_refused(
        campaign, client, gate, verbs):
    answer = client('eve').post('/campaign/2011%20Prod/sign', {
        'requirement': 'resources-estimate', 'statement': 'x'})
    assert 'only anna or bruno may sign' in answer.text
    assert 'approved' not in verbs()
    assert client().get('/campaign/2011%20Prod/sign').status == 400


def test_relabelling_a_signed_ticket_shuts_its_gate(
        campaign, doors, sign, gate, client):
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    assert doors.client('eve').act(1, 'relabel').status == 409
    assert gate('1')
    doors.save(1, 'eve', resolution='invalid')
    assert not gate('1')


def test_deleted_or_edited_comments_take_no_sign_off_back(
        campaign, client, env, gate, sign, admin, system):
    sign('software-quality', 'resources-estimate')
    client('anna').resolve(1, comment='Frozen.')
    ticket = Ticket(env, 1)
    ticket.modify_comment(ticket.get_change(1)['date'], 'eve', 'Never said.')
    ticket.delete_change(1)
    assert Ticket(env, 1)['status'] == 'closed'
    assert gate('1')
    said = [e.payload['statement'] for e in system.queries.ledger(NAME)
            if e.verb == 'approved']
    assert 'Frozen.' in said
    assert admin('campaign', 'check') == (0, '', '')


def test_a_deleted_ticket_is_replaced_by_repair_unsigned(
        campaign, env, sign, gate, admin, ticket, system):
    sign(*CONTACTS)
    assert gate()
    Ticket(env, 7).delete()
    other = Ticket(env)
    other.populate({'summary': 'unrelated', 'status': 'closed',
                    'resolution': 'fixed'})
    other.insert()
    assert not gate()
    code, out, _ = admin('campaign', 'check', NAME, '--repair')
    assert code == 0
    assert 'takes its place, unsigned' in out
    assert not gate()
    fresh = system.queries.requirement(NAME, 'physics-results').ticket
    assert ticket(fresh)['summary'] == 'Physics results ok'
    assert ticket(fresh)['milestone'] == f'{NAME}: 3. pre-production'
    sign('physics-results')
    assert gate()
    assert admin('campaign', 'check') == (0, '', '')


def test_moving_a_sign_off_ticket_is_refused_on_its_page(
        campaign, client, ticket):
    answer = client('eve').act(3, 'leave', field_milestone='milestone1')
    assert answer.status == 409
    assert 'stays in milestone' in answer.text
    assert ticket(3)['milestone'] == f'{NAME}: 1. Software preparation'


def test_sign_off_ticket_moved_without_a_page_is_recorded(
        campaign, doors, verbs, gate, sign):
    sign(*CONTACTS)
    doors.save(3, 'eve', milestone='milestone1')
    assert verbs()[-1] == 'ticket-moved'
    assert not gate('1')


def test_a_sign_off_counts_once(campaign, client, verbs, sign):
    sign('feature-freeze')
    client('anna').act(1, 'leave', comment='More words.')
    assert verbs().count('approved') == 1


def test_a_new_ticket_is_recorded_as_by_who_made_it(campaign, client, system):
    """Not as by the reporter, whom an administrator may name."""
    client('coordinator').post('/newticket', {
        'field_summary': 'Something', 'field_type': 'task',
        'field_priority': 'major', 'field_reporter': 'anna',
        'field_milestone': f'{NAME}: 1. Software preparation',
        'field_status': 'new', 'submit': '1'})
    last = system.queries.ledger(NAME)[-1]
    assert (last.verb, last.actor) == ('ticket-entered', 'coordinator')


def test_batch_change_waits_for_a_sign_off_under_way(
        campaign, env, system, client):
    """It takes the locks before the tickets: else each waits for the other,
    and the database has to break the deadlock.
    """
    eve, answers = client('eve'), []
    batch = threading.Thread(target=lambda: answers.append(eve.post(
        '/batchmodify', {'selected_tickets': '3,4', 'query_href': '/about',
                         'batchmod_value_keywords': 'batch',
                         'batchmod_value_comment': '', 'action': 'leave'})))
    with env.db_transaction as db:
        store.lock_campaigns(
            env, system.doors.campaigns_affected_by([3], []))
        batch.start()
        time.sleep(1)
        db("UPDATE ticket SET keywords='signed' WHERE id=3")
        db("UPDATE ticket SET keywords='signed' WHERE id=4")
    batch.join()
    assert [a.status for a in answers] == [200]
    assert [Ticket(env, n)['keywords'] for n in (3, 4)] == ['batch'] * 2
    assert system.doors.campaigns_affected_by(
        [], [f'{NAME}: 2. Release validation']) == [1]
    assert system.doors.campaigns_affected_by([900], ['elsewhere']) == []
