"""Moving the start of a real campaign: shown first, then done as a whole."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from trac.ticket.model import Milestone
from trac.util.datefmt import from_utimestamp, parse_date, utc

from prodworkflow.api import GateShut
from prodworkflow.domain.model.person import Person
from prodworkflow.services.campaigns.changes import CampaignChanges
from support.campaigns import CONTACTS, NAME
from support.written_days import written

ADMIN = Person('coordinator', grants=frozenset({'CAMPAIGN_ADMIN'}))
PAGE = f'/admin/production/campaigns/{quote(NAME)}'
START, LATER = '2031-06-01', '2031-06-15'


@pytest.fixture
def planned_campaign(create):
    create(start=START)


@pytest.fixture
def due_dates(system, env):
    """The planned days of the stages, after checking Trac has the same."""
    def read():
        stages = system.queries.decision(NAME).snapshot.state.stages
        found = [s.due.isoformat() if s.due else '' for s in stages]
        trac = [due for due, in env.db_query(
            "SELECT due FROM milestone WHERE name LIKE %s ORDER BY name",
            (f'{NAME}: %',))]
        assert [from_utimestamp(d).isoformat() if d else '' for d in trac] \
            == [f'{d}T12:00:00+00:00' if d else '' for d in found]
        return found
    return read


def move(admin, start=LATER, *more):
    return admin('campaign', 'change', NAME, f'--start={start}',
                 '--reason=The magnet.', *more)


def test_due_dates_and_milestones_follow_the_start(planned_campaign, admin,
                                                   due_dates,
                                                   system):
    before = due_dates()
    code, out, _ = move(admin)
    assert code == 0
    assert 'The start moves from 2031-06-01 to 2031-06-15, 14 days later.' \
        in out
    after = due_dates()
    for was, is_ in zip(before, after):
        assert (parse_date(is_, utc) - parse_date(was, utc)).days == 14
        assert f'due {was} -> {is_}' in out
    last = system.queries.ledger(NAME)[-1]
    assert (last.verb, last.payload['reason']) == ('rescheduled',
                                                   'The magnet.')
    assert (last.payload['was'], last.payload['start']) == (START, LATER)
    assert system.check(NAME, False, 'root') == []


def test_closed_stage_keeps_its_due_date(planned_campaign, admin, due_dates,
                                         sign):
    before = due_dates()
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    admin('milestone', 'completed', f'{NAME}: 1. Software preparation',
          'now')
    _, out, _ = move(admin)
    after = due_dates()
    assert after[0] == before[0]
    assert after[1:] != before[1:]
    assert '1. Software preparation (closed): stays' in out


def test_dry_run_of_a_moved_start_moves_nothing(planned_campaign, admin,
                                                due_dates, system):
    before = due_dates()
    code, out, _ = move(admin, LATER, '--dry-run')
    assert code == 0
    assert out.count(' -> ') == 3
    assert 'Nothing was changed.' in out
    assert due_dates() == before
    assert len(system.queries.ledger(NAME)) == 1


def test_first_start_sets_due_dates_and_none_removes_them(
        create, admin, due_dates, system):
    create()
    assert due_dates() == ['', '', '']
    assert move(admin, START)[0] == 0
    assert all(due_dates())
    assert move(admin, 'none')[0] == 0
    assert due_dates() == ['', '', '']
    assert system.queries.decision(NAME).snapshot.state.campaign.start is None
    assert system.check(NAME, False, 'root') == []


def test_a_milestone_s_own_date_is_trac_s_until_the_start_moves(
        planned_campaign, admin, milestone, system, due_dates):
    first = milestone(1)
    first.due = parse_date('2031-01-01T12:00:00Z', utc)
    first.update()
    state = system.queries.decision(NAME).snapshot.state
    assert state.stages[0].due.isoformat() != '2031-01-01'
    assert system.check(NAME, False, 'root') == []
    _, out, _ = move(admin)
    assert '(set to 2031-01-01 by hand)' in out
    due_dates()
    entry = system.queries.ledger(NAME)[-1]
    assert entry.payload['by_hand'] == {'software-preparation': '2031-01-01'}


def test_start_moves_though_a_milestone_is_lost(planned_campaign, env, admin,
                                                system):
    Milestone(env, f'{NAME}: 2. Release validation').delete()
    assert move(admin)[0] == 0
    assert admin('campaign', 'check', '--repair')[0] == 0
    due = Milestone(env, f'{NAME}: 2. Release validation').due
    assert due.date() == system.queries.decision(NAME).snapshot.state.stages[
        1].due


def test_moved_start_is_told_while_it_matters(
        planned_campaign, admin, client, sign, system):
    move(admin)
    words = 'start moved from 2031-06-01 to 2031-06-15 by'
    read = (f'start moved from {written("2031-06-01")} to '
            f'{written("2031-06-15")} by')
    assert read in client('anna').get('/roadmap').text
    assert words in admin('campaign', 'show', NAME)[1]
    assert 'moved the start from 2031-06-01 to 2031-06-15: “The magnet.”' in \
        admin('campaign', 'show', NAME)[1]
    move(admin, START)
    assert 'start moved' not in client('anna').get('/roadmap').text


def test_ticket_box_says_when_the_sign_off_is_due(
        planned_campaign, admin, client, sign):
    def due():
        return re.search(r'<dt>Due</dt>\s*<dd>([^<]*)</dd>',
                         client('anna').get('/ticket/1').text)
    before = due()[1]
    move(admin)
    assert due()[1] != before
    sign('feature-freeze')
    assert due() is None


@pytest.mark.parametrize(('args', 'words'), [
    pytest.param(('--start=2031-06-15',), 'Say why', id='no reason'),
    pytest.param(('--start=soon', '--reason=x'), 'is no day between',
                 id='no day'),
    pytest.param(('--start=', '--reason=x'), 'or "none" to plan none',
                 id='nothing'),
    pytest.param(('--start=2031-06-01', '--reason=x'),
                 'starts on 2031-06-01 already', id='the same'),
    pytest.param(('--dry-run', '--reason=x'), 'give --start', id='dry'),
    pytest.param(('--dry-run', '--start=2031-06-15',
                  '--enforcement=strict'), 'nothing else', id='dry, more'),
    pytest.param(('--dry-run', '--start=2031-06-15',
                  '--drop-item=sites:ral'), 'nothing else', id='dry, item'),
    pytest.param(('--start=2031-06-15', '--enforcement=lax', '--reason=x'),
                 'no way of enforcement', id='one of two is wrong'),
    pytest.param(('--start=soon', '--enforcement=strict', '--reason=x'),
                 'is no day between', id='the other is wrong'),
])
def test_invalid_start_changes_nothing(
        planned_campaign, admin, system, due_dates, args, words):
    before = due_dates()
    code, _, err = admin('campaign', 'change', NAME, *args)
    assert (code, words in err) == (2, True), err
    assert due_dates() == before
    assert len(system.queries.ledger(NAME)) == 1


def test_start_and_enforcement_change_at_once(planned_campaign, admin, verbs):
    assert move(admin, LATER, '--enforcement=strict')[0] == 0
    assert verbs() == ['created', 'enforcement-changed', 'rescheduled']


def test_start_of_a_launched_or_ended_campaign_does_not_move(
        planned_campaign, sign, system, admin):
    sign(*CONTACTS)
    admin('campaign', 'launch', NAME, '--reason=Go.')
    code, _, err = move(admin)
    assert (code, 'Production was launched' in err) == (2, True)
    admin('campaign', 'close', NAME, '--reason=Over.')
    code, _, err = move(admin)
    assert code == 2


def test_only_administrators_move_the_start(planned_campaign, system, client):
    with pytest.raises(GateShut, match='only a holder of CAMPAIGN_ADMIN'):
        system.change(NAME, Person('anna'), CampaignChanges('x', start=LATER))
    answer = client('anna').post(f'/campaign/{quote(NAME)}', {
        'act': 'reschedule', 'start': LATER, 'reason': 'x'})
    assert answer.status == 409
    assert len(system.queries.ledger(NAME)) == 1


# The page

def ask(client, **fields):
    return client('coordinator').post(PAGE, {
        'act': 'reschedule', 'start': LATER, 'reason': 'The magnet.',
        **fields})


def confirm_of(page):
    return re.search(r'name="confirm" value="(\w+)"', page)[1]


def test_page_shows_the_moved_schedule_before_it_is_confirmed(
        planned_campaign, client, due_dates, system):
    before = due_dates()
    shown = ask(client)
    assert shown.status == 200
    assert '14 days later' in shown.text
    assert 'Move the start' in shown.text
    assert due_dates() == before
    done = ask(client, confirm=confirm_of(shown.text))
    assert 'The start moves from' in done.text
    assert due_dates() != before
    assert 'name="confirm"' not in done.text


def test_confirmation_of_another_schedule_than_shown_moves_nothing(
        planned_campaign, client, due_dates, admin):
    before = due_dates()
    shown = ask(client)
    again = ask(client, confirm=confirm_of(shown.text), start='2031-06-20')
    assert '19 days later' in again.text
    assert due_dates() == before
    move(admin, '2031-07-01')
    moved = due_dates()
    ask(client, confirm=confirm_of(shown.text))
    assert due_dates() == moved


@pytest.mark.parametrize(('fields', 'words'), [
    pytest.param({'reason': ''}, 'Say why', id='no reason'),
    pytest.param({'start': START}, 'already', id='the same'),
    pytest.param({'start': 'soon'}, 'is no day', id='no day'),
])
def test_page_refuses_an_invalid_start(planned_campaign, client, system,
                                       fields, words):
    answer = ask(client, **fields)
    assert (answer.status, words in answer.text) == (400, True)
    assert 'name="confirm"' not in answer.text
    assert len(system.queries.ledger(NAME)) == 1


def test_an_empty_start_is_shown_as_none(planned_campaign, client, due_dates):
    shown = ask(client, start='')
    assert 'No start is planned any more' in shown.text
    ask(client, start='', confirm=confirm_of(shown.text))
    assert due_dates() == ['', '', '']
