"""The launch is downstream of every stage; known issues pass it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from urllib.parse import quote

import pytest

from prodworkflow import store
from prodworkflow.api import GateShut, InvalidRequest, KnownIssueRequest
from prodworkflow.domain.ledger import fold
from prodworkflow.gateways.clock import now
from support.campaigns import ADMIN, CONTACTS, EVE, NAME
from support.http_client import words_of
from support.permissions import hide
from support.written_days import written

PAGE = f'/campaign/{quote(NAME)}'
PANEL = f'/admin/production/campaigns/{quote(NAME)}'
LAST = f'{NAME}: 3. pre-production'
FIRST = f'{NAME}: 1. Software preparation'
TODAY = date.today().isoformat()
LATER = (date.today() + timedelta(days=30)).isoformat()


@pytest.fixture
def ready(campaign, sign):
    sign(*CONTACTS)


@pytest.fixture
def tolerate(system):
    def ask(ticket, person=ADMIN, until=LATER, reason='Cosmetic.', **more):
        system.lifecycle.tolerate(NAME, person, KnownIssueRequest(
            f'#{ticket}', reason, until, **more))
    return ask


@pytest.mark.parametrize('milestone', [FIRST, LAST])
def test_open_ticket_of_any_stage_stops_the_launch_by_every_door(
        ready, blocker, client, admin, system, milestone):
    """Seen: an open blocker of the pre-production, and launched."""
    number = blocker(milestone)
    user = client('coordinator')
    assert user.get(f'{PAGE}/gate').status == 409
    for where in (PAGE, PANEL):
        answer = user.post(where, {'act': 'launch', 'reason': 'Go.'})
        assert answer.status == 409
        assert (f'#{number} is open in {milestone} (coordinator can close '
                'or tolerate it)') in words_of(answer)
    code, _, err = admin('campaign', 'launch', NAME, '--reason=Go.')
    assert (code, f'#{number} is open in' in err) == (2, True)
    assert admin('campaign', 'gate', NAME)[0] == 1
    with pytest.raises(GateShut, match=f'#{number} is open'):
        system.lifecycle.launch(NAME, ADMIN, 'Go.')
    assert not system.queries.decision(NAME).snapshot.state.campaign.launched


def test_open_ticket_of_the_last_stage_leaves_its_own_gate_open(
        ready, blocker, gate):
    blocker()
    assert (gate(), gate('3')) == (False, True)


def test_known_issue_passes_the_launch_and_is_named_everywhere(
        ready, blocker, client, admin, system):
    number = blocker()
    told = f'known issue #{number}, open in {LAST}, tolerated by'
    code, out, _ = admin('campaign', 'tolerate', NAME, f'#{number}',
                         f'--until={LATER}', '--reason=Cosmetic.')
    assert code == 0
    assert f'sign-offs are given, with the known issue #{number}.' in out
    user = client('coordinator')
    for address in (PAGE, '/roadmap', '/campaign', PANEL):
        assert told in words_of(user.get(address)), address
    answer = user.get(f'{PAGE}/gate')
    assert answer.status == 200
    issue, = json.loads(answer.text)['known_issues']
    assert (issue['ticket'], issue['until'], issue['because']) == (
        number, LATER, 'Cosmetic.')
    assert told in admin('campaign', 'show', NAME)[1]
    assert 'Launched' in words_of(user.post(PAGE, {'act': 'launch',
                                                   'reason': 'Go.'}))
    entry = system.queries.ledger(NAME)[-1]
    assert entry.verb == 'launched'
    kept, = entry.payload['known_issues']
    assert kept['ticket'] == number
    assert (f'launched production with the known issue #{number}: “Go.”'
            in words_of(user.get(PAGE)))
    assert system.check(NAME, False, 'root') == []


def test_page_offers_a_form_for_each_open_ticket(ready, blocker, client,
                                                 gate):
    one, two = blocker(), blocker(FIRST, 'Typing error')
    page = client('coordinator').get(PAGE).text
    assert f'#{one} Jobs crash' in page
    for number in (one, two):
        assert f'name="ticket" value="{number}"' in page
    assert 'name="ticket"' not in client('anna').get(PAGE).text
    user = client('coordinator')
    for number in (one, two):
        answer = user.post(PAGE, {'act': 'tolerate', 'ticket': str(number),
                                  'until': LATER, 'reason': 'Cosmetic.'})
        assert (f'#{number} is a known issue until {written(LATER)}.'
                in words_of(answer))
    assert gate()
    answer = user.post(PAGE, {'act': 'tolerate', 'ticket': str(two),
                              'end': '1', 'reason': 'It is none.'})
    assert f'#{two} is tolerated no more.' in words_of(answer)
    assert not gate()


@pytest.mark.parametrize(('fields', 'status', 'words'), [
    pytest.param({'until': '2020-01-01'}, 400, 'is no day from today on',
                 id='in the past'),
    pytest.param({'reason': ''}, 400, 'Say why', id='no reason'),
    pytest.param({'ticket': '999'}, 400, '#999 is no ticket in a milestone',
                 id='no such ticket'),
    pytest.param({'ticket': '1'}, 400, '#1 is a sign-off ticket',
                 id='sign-off ticket'),
    pytest.param({'ticket': 'x'}, 400, '"x" is no ticket', id='no number'),
    pytest.param({'end': '1'}, 400, 'is no known issue', id='not known'),
])
def test_what_cannot_be_tolerated_is_refused_and_kept_in_the_form(
        ready, blocker, client, verbs, fields, status, words):
    number = blocker()
    before = verbs()
    answer = client('coordinator').post(PAGE, {
        'act': 'tolerate', 'ticket': str(number), 'until': LATER,
        'reason': 'Cosmetic.', **fields})
    assert (answer.status, words in words_of(answer)) == (status, True)
    assert verbs() == before


def test_only_holders_of_campaign_waive_tolerate(ready, blocker, tolerate,
                                                 client, verbs):
    number = blocker()
    before = verbs()
    with pytest.raises(GateShut, match='only a holder of CAMPAIGN_WAIVE'):
        tolerate(number, EVE)
    answer = client('anna').post(PAGE, {
        'act': 'tolerate', 'ticket': str(number), 'until': LATER,
        'reason': 'x'})
    assert answer.status == 409
    assert verbs() == before


def test_trac_admin_refuses_a_past_day_and_two_wishes_at_once(
        ready, blocker, admin):
    number = str(blocker())
    code, _, err = admin('campaign', 'tolerate', NAME, number,
                         '--until=2020-01-01', '--reason=x')
    assert (code, 'is no day from today on' in err) == (2, True)
    assert admin('campaign', 'tolerate', NAME, number, '--end',
                 f'--until={LATER}', '--reason=x')[0] == 2
    assert admin('campaign', 'tolerate', NAME, number, '--end',
                 '--reason=x')[0] == 2


def test_launch_with_a_known_issue_closes_the_stages_before_it(
        ready, blocker, tolerate, system, stored):
    tolerate(blocker(FIRST))
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    assert [stored(n) for n in (1, 2, 3)] == [[True], [False], [False]]
    assert system.check(NAME, False, 'root') == []


def test_production_is_held_when_a_known_issue_is_taken_back(
        ready, blocker, tolerate, system):
    number = blocker()
    tolerate(number)
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    tolerate(number, until='', end=True, reason='Jobs crash.')
    state = system.queries.decision(NAME).snapshot.state
    assert state.campaign.held_by == 'prodworkflow'
    assert state == fold(system.queries.ledger(NAME))
    with pytest.raises(InvalidRequest, match='is no known issue'):
        tolerate(number, until='', end=True)


def test_known_issue_passes_however_many_tickets_are_tolerated(
        ready, blocker, tolerate, system, client, gate):
    """The roadmap names 5 of a milestone, and known issues beside."""
    for _ in range(7):
        tolerate(blocker())
    assert gate()
    decisions, _ = system.queries.underway()
    assert decisions[0].launch.open
    blocker()
    decisions, _ = system.queries.underway()
    assert not decisions[0].launch.open
    assert not gate()


def test_ticket_that_gets_the_number_of_a_known_issue_is_another(
        ready, blocker, tolerate, env, gate):
    number = blocker()
    tolerate(number)
    with env.db_transaction as db:
        db('UPDATE ticket SET time=time+%s WHERE id=%s',
           (3600 * 10**6, number))
    assert not gate()


def test_hidden_ticket_is_neither_named_nor_tolerated(
        ready, blocker, tolerate, client, env):
    number = blocker(summary='Secret')
    tolerate(number, reason='Confidential.')
    hide(env, number)
    for address in (PAGE, '/roadmap', f'{PAGE}/gate', '/campaign'):
        text = client('anna').get(address).text
        assert 'Secret' not in text
        assert f'#{number}' not in text
        assert 'Confidential' not in text


def test_known_issue_that_lapses_after_the_launch_is_told_and_then_holds(
        ready, blocker, tolerate, system, env, client, admin):
    number = blocker()
    tolerate(number)
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    with store.open_campaign(env, store.campaign_id(env, NAME)) as book:
        book.record(now(), 'coordinator', 'tolerated', ticket=number,
                    until='2020-01-01', reason='Cosmetic.', stage='')
    told = f'the toleration of #{number} ended with '
    for address in (PAGE, '/roadmap', PANEL):
        assert f'{told}{written("2020-01-01")}' in words_of(
            client('coordinator').get(address)), address
    code, out, _ = admin('campaign', 'check', NAME)
    assert (code, f'{told}2020-01-01' in out) == (1, True)
    admin('campaign', 'check', NAME, '--repair')
    campaign = system.queries.decision(NAME).snapshot.state.campaign
    assert campaign.held_by == 'prodworkflow'
