"""Tickets after the launch: only those responsible stop production."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from trac.ticket.model import Ticket

from support.campaigns import ADMIN, CONTACTS, NAME
from support.http_client import words_of
from support.permissions import hide

PAGE = f'/campaign/{quote(NAME)}'
FIRST = f'{NAME}: 1. Software preparation'
LAST = f'{NAME}: 3. pre-production'


@pytest.fixture
def launched(campaign, sign, system):
    sign(*CONTACTS)
    system.lifecycle.launch(NAME, ADMIN, 'Go.')


@pytest.fixture
def file_ticket(env):
    """Files a blocker, as a script does; its number."""
    def make(author, milestone=FIRST, summary='It crashes', **more):
        ticket = Ticket(env)
        ticket.populate({'summary': summary, 'reporter': author,
                         'status': 'new', 'type': 'defect',
                         'priority': 'blocker', 'milestone': milestone,
                         **more})
        return ticket.insert()
    return make


@pytest.fixture
def runs(system, gate, milestone):
    """Whether production goes on: gate, hold and closed stages agree."""
    def answer():
        state = system.queries.decision(NAME).snapshot.state
        on = gate()
        assert on is not bool(state.campaign.held_since)
        assert not on or all(milestone(n).completed for n in (1, 2, 3))
        return on
    return answer


def concerns(system):
    return [(c.ticket, c.by, c.words) for c in
            system.queries.decision(NAME).snapshot.state.concerns]


def by_page(client, user, milestone):
    client(user).post('/newticket', {
        'field_summary': 'It crashes', 'field_type': 'defect',
        'field_priority': 'blocker', 'field_milestone': milestone,
        'field_status': 'new', 'submit': '1'})


@pytest.mark.parametrize('where', [FIRST, LAST])
@pytest.mark.parametrize('door', ['page', 'script', 'moved', 'reopened'])
def test_ticket_of_anybody_stops_no_production_and_is_kept(
        launched, client, env, file_ticket, runs, system, verbs, admin, door,
        where):
    """Seen: any logged-in user stopped it by filing a ticket."""
    if door == 'page':
        by_page(client, 'eve', where)
    elif door == 'script':
        file_ticket('eve', where)
    else:
        number = (file_ticket('eve', '') if door == 'moved' else
                  file_ticket('eve', where, status='closed'))
        ticket = Ticket(env, number)
        ticket['milestone'], ticket['status'] = where, 'new'
        ticket.save_changes('eve', 'See here.')
    assert verbs()[-1] == 'ticket-noted'
    assert runs()
    assert concerns(system) == [(8, 'eve', 'It crashes')]
    assert admin('campaign', 'check') == (0, '', '')


@pytest.mark.parametrize('author', ['anna', 'coordinator', 'holder'])
@pytest.mark.parametrize('door', ['page', 'script'])
def test_ticket_of_a_contact_or_holder_stops_production(
        launched, client, file_ticket, runs, system, verbs, admin, author,
        door):
    if author == 'holder':
        author = 'eve'
        admin('permission', 'add', 'eve', 'CAMPAIGN_HOLD')
    if door == 'page':
        by_page(client, author, FIRST)
    else:
        file_ticket(author)
    assert 'ticket-entered' in verbs()
    assert not runs()
    assert concerns(system) == []


def test_before_the_launch_every_open_ticket_counts(
        campaign, sign, file_ticket, gate, verbs):
    sign(*CONTACTS)
    file_ticket('eve')
    assert verbs()[-1] == 'ticket-entered'
    assert not gate()


def test_many_tickets_of_anybody_hide_none_of_those_that_count(
        launched, file_ticket, runs, client, system):
    """Of a stage only twenty are named: those that pass do not use them up."""
    for _ in range(23):
        file_ticket('eve')
    assert runs()
    assert len(concerns(system)) == 23
    assert client('anna').get(f'{PAGE}/gate').status == 200
    file_ticket('anna')
    assert not runs()
    assert client('anna').get(f'{PAGE}/gate').status == 409


def test_noted_ticket_counts_once_a_contact_brings_it_in_again(
        launched, file_ticket, runs, env, system):
    number = file_ticket('eve')
    for milestone, author in (('milestone1', 'eve'), (FIRST, 'anna')):
        ticket = Ticket(env, number)
        ticket['milestone'] = milestone
        ticket.save_changes(author, 'Moved.')
    assert not runs()
    assert concerns(system) == []


def test_closed_noted_ticket_is_no_concern_any_more(
        launched, file_ticket, runs, env, system):
    ticket = Ticket(env, file_ticket('eve'))
    ticket['status'], ticket['resolution'] = 'closed', 'fixed'
    ticket.save_changes('eve', 'Mended.')
    assert concerns(system) == []
    assert runs()


@pytest.mark.parametrize('found', ['ticket', 'reopening'])
def test_page_shows_what_others_found_one_click_from_a_hold(
        launched, file_ticket, client, system, found, admin, runs):
    if found == 'ticket':
        number, said = file_ticket('eve'), 'eve filed #8: “It crashes”'
    else:
        client('eve').act(1, 'reopen', comment='It crashes.')
        number, said = 1, 'eve wanted to reopen #1: “It crashes.”'
    page = client('anna').get(PAGE)
    assert 'Found after the launch' in page.text
    assert said in words_of(page)
    concern, = system.queries.decision(NAME).snapshot.state.concerns
    link = f'{PAGE}?hold={concern.number}'
    assert link in page.text
    form = client('anna').get(link)
    assert f'value="{said}"' in form.text
    assert link not in client('eve').get(PAGE).text
    assert said in admin('campaign', 'show', NAME)[1]
    told, = json.loads(client('anna').get(f'{PAGE}/gate').text)['concerns']
    assert (told['ticket'], told['by'], told['words']) == (number, 'eve',
                                                           said)
    answer = client('anna').post(PAGE, {'act': 'hold', 'reason': said})
    assert answer.status == 200
    assert not runs()


def test_concern_about_a_hidden_ticket_is_told_to_nobody_else(
        launched, file_ticket, client, env, system):
    number = file_ticket('eve', summary='Xylophone')
    hide(env, number)
    link = f'{PAGE}?hold={system.queries.ledger(NAME)[-1].number}'
    assert 'Xylophone' in client('coordinator').get(link).text
    for path in (PAGE, link, f'{PAGE}/gate', '/roadmap', '/campaign'):
        answer = client('anna').get(path)
        assert answer.status == 200
        assert 'Xylophone' not in answer.text
        assert f'#{number}' not in answer.text


def test_a_wrong_number_fills_in_no_hold(launched, file_ticket, client):
    file_ticket('eve')
    for wrong in ('0', 'x', '999', ''):
        page = client('anna').get(f'{PAGE}?hold={wrong}')
        assert page.status == 200
        assert 'name="reason" maxlength="2000" required="required" value=""' \
            in page.text


def test_resuming_needs_no_mending_of_what_others_filed(
        launched, file_ticket, system, runs, gate):
    file_ticket('eve')
    system.lifecycle.hold(NAME, ADMIN, 'Looking into it.')
    assert not gate()
    system.lifecycle.resume(NAME, ADMIN, 'Nothing.')
    assert runs()
    assert concerns(system)
