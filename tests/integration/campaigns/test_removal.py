"""A campaign that nobody has signed is removed with all that was made."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from trac.ticket.model import Milestone, Ticket

from prodworkflow import store
from prodworkflow.api import (
    CampaignChanges,
    CampaignRequest,
    GateShut,
    ItemRemoval,
    SignOffRequest,
    Verdict,
)
from prodworkflow.domain.model.person import Person
from support.campaigns import ADMIN, ANNA, NAME, PANEL_OF
from support.http_client import words_of
from support.page_forms import Page

PAGE = PANEL_OF.format(quote(NAME))


@pytest.fixture
def left(env):
    """The numbers of tickets, and the campaign's milestones, that are there.
    """
    def found():
        return ([row[0] for row in env.db_query('SELECT id FROM ticket')],
                [row[0] for row in env.db_query(
                    'SELECT name FROM milestone WHERE name LIKE %s',
                    (f'{NAME}:%',))])
    return found


def test_the_command_deletes_tickets_and_milestones_and_frees_the_name(
        campaign, admin, left, create, system, env):
    id_ = store.campaign_id(env, NAME)
    code, _, err = admin('campaign', 'remove', NAME, '--with-tickets')
    assert (code, 'its ledger stays' in err) == (0, True)
    assert left() == ([], [])
    assert system.queries.names() == []
    last = list(store.entries(env, id_))[-1]
    assert last.verb == 'removed'
    assert last.payload['tickets'] == list(campaign.values())
    assert len(last.payload['milestones']) == 3
    create()
    assert system.queries.names() == [NAME]
    assert len(left()[1]) == 3
    assert admin('campaign', 'check')[:2] == (0, '')


def test_without_the_option_tickets_and_milestones_stay(
        campaign, admin, left):
    assert admin('campaign', 'remove', NAME)[0] == 0
    assert [len(found) for found in left()] == [7, 3]


@pytest.mark.parametrize('verdict', [
    Verdict.APPROVED, Verdict.REJECTED, Verdict.REPORTED])
def test_once_anything_was_said_it_is_refused_with_words(
        campaign, admin, system, left, verdict):
    system.record(NAME, 'feature-freeze', ANNA,
                  SignOffRequest(verdict, 'So.'))
    before = left()
    code, _, err = admin('campaign', 'remove', NAME, '--with-tickets')
    assert code == 2
    assert ('2011 Prod cannot be removed with its tickets: 1 verdicts are '
            'recorded. "campaign remove" without --with-tickets leaves the '
            'tickets there') in err
    assert left() == before


def test_what_was_said_of_an_item_that_dropped_out_counts(system, env):
    system.create(CampaignRequest('Sites', 'path-to-production-full', 'V1'),
                  'coordinator')
    state = system.queries.decision('Sites').snapshot.state
    one = next(r for r in state.requirements if r.item)
    group = next(g for g in state.groups if g.key == one.group)
    system.record('Sites', one.key, Person('root', grants=ADMIN.grants),
                  SignOffRequest(Verdict.REJECTED, 'No.'))
    system.change('Sites', ADMIN, CampaignChanges(
        'Out.', leavers=(ItemRemoval(group.list, one.item),)))
    assert not system.queries.decision('Sites').snapshot.state.signoffs
    with pytest.raises(GateShut, match='1 verdicts are recorded'):
        system.lifecycle.remove_with_tickets('Sites', ADMIN, 'x')


def test_an_ended_campaign_keeps_its_tickets(campaign, admin, left):
    assert admin('campaign', 'abandon', NAME, '--reason=x')[0] == 0
    code, _, err = admin('campaign', 'remove', NAME, '--with-tickets')
    assert (code, 'it is abandoned, and what was done stays' in err) == (
        2, True)
    assert len(left()[0]) == 7


def test_only_an_administrator_removes(campaign, system, left):
    with pytest.raises(GateShut, match='anna may not'):
        system.lifecycle.remove_with_tickets(NAME, ANNA, 'x')
    assert len(left()[0]) == 7


def test_other_tickets_lose_the_milestone_and_lost_ones_are_no_hindrance(
        campaign, env, system, left, ticket):
    other = Ticket(env)
    other.populate({'summary': 'Bug', 'reporter': 'eve', 'status': 'new',
                    'milestone': f'{NAME}: 2. Release validation'})
    other.insert()
    ticket(campaign['feature-freeze']).delete()
    Milestone(env, f'{NAME}: 3. pre-production').delete()
    system.lifecycle.remove_with_tickets(NAME, ADMIN, 'x')
    assert left() == ([other.id], [])
    assert ticket(other.id)['milestone'] == ''


def test_the_page_removes_it_and_goes_to_the_list(campaign, client, left):
    user = client('coordinator')
    button = 'Remove the campaign and delete its tickets'
    page = Page(user.get(PAGE).text)
    form = page.form((('Reason', 'A try.'),), button)
    fields = dict(form.fields((('Reason', 'A try.'),),
                              form.find(button, True)))
    assert fields['reason'] == 'A try.'
    assert user.post(PAGE, {**fields, 'reason': ''}).status == 400
    told = user.post(PAGE, fields)
    assert told.status == 200
    assert ('2011 Prod is removed, with its milestones and tickets; its '
            'ledger stays.') in words_of(told)
    assert left() == ([], [])


def test_the_page_offers_no_removal_once_something_is_signed(
        campaign, client, sign):
    user = client('coordinator')
    sign('feature-freeze')
    assert 'Remove the campaign and' not in user.get(PAGE).text
    told = user.post(PAGE, {'act': 'remove', 'reason': 'x'})
    assert told.status == 409
    assert 'cannot be removed with its tickets' in words_of(told)
