"""No door gives a sign-off ticket another version than the release."""

from __future__ import annotations

import pytest
from trac.ticket.batch import BatchModifyModule
from trac.ticket.web_ui import TicketModule

from prodworkflow.api import ReleaseRequest
from support.campaigns import ADMIN, NAME


@pytest.mark.parametrize('release', ['V1', ''])
def test_the_version_of_a_sign_off_ticket_is_refused_on_its_page(
        create, client, ticket, release):
    create(release=release)
    answer = client('eve').act(3, 'leave', field_version='1.0')
    assert answer.status == 409
    assert f'stays on version {release or "none"}; a holder of' in answer.text
    assert ticket(3)['version'] == release


def test_batches_give_no_sign_off_ticket_another_version(
        create, doors, ticket):
    create(release='V1')
    req = doors.request_of('coordinator')
    BatchModifyModule(doors.env)._save_ticket_changes(
        req, ['1', '3'], {'version': '1.0'}, '', 'leave')
    assert 'stays on version V1' in ' '.join(
        str(w) for w in req.chrome['warnings'])
    assert ticket(1)['version'] == ticket(3)['version'] == 'V1'


def test_rpc_gives_no_sign_off_ticket_another_version(
        create, env, request_of, ticket):
    create(release='V1')
    found = ticket(3)
    found['version'] = '1.0'
    module = TicketModule(env)
    refused = [words for each in module.ticket_manipulators
               for _, words in each.validate_ticket(
                   request_of('eve', action='leave'), found)]
    assert ['stays on version V1' in str(words) for words in refused] == [
        True]


def test_a_version_set_where_nobody_is_asked_is_told_and_put_back(
        create, doors, ticket, admin, verbs):
    create(release='V1')
    doors.save(3, 'eve', version='1.0')
    doors.save(4, 'eve', version='')
    code, out, _ = admin('campaign', 'check')
    assert code == 1
    assert out == (
        '2011 Prod: #3 Resources estimate has version 1.0, not V1\n'
        '2011 Prod: #4 Release validated has no version, not V1\n')
    assert admin('campaign', 'check', '--repair')[0] == 0
    assert [ticket(n)['version'] for n in (3, 4)] == ['V1', 'V1']
    assert admin('campaign', 'check') == (0, '', '')
    assert verbs() == ['created']


def test_a_wrong_version_may_be_put_right_on_the_page(
        create, doors, client, ticket):
    create(release='V1')
    doors.save(3, 'eve', version='1.0')
    assert client('eve').act(3, 'leave', field_version='V1').status == 200
    assert ticket(3)['version'] == 'V1'


def test_moving_the_campaign_moves_the_versions(create, system, ticket):
    create(release='V1')
    system.release(NAME, ADMIN, ReleaseRequest('V2', (), 'Built.'))
    assert {ticket(n)['version'] for n in range(1, 8)} == {'V2'}
