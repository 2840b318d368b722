"""More ends than one: statuses that the site counts as done block nothing."""

from __future__ import annotations

import time
from urllib.parse import quote

import pytest
from trac.ticket.default_workflow import ConfigurableTicketWorkflow
from trac.ticket.model import Ticket

from prodworkflow.api import GateShut, Verdict
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.services.campaigns.known_issues import KnownIssueRequest
from support.campaigns import ADMIN, ANNA, CONTACTS, FULL, NAME
from support.http_client import words_of
from support.signoffs import leak, TOMORROW
from support.sites.workflows import use_workflow

KEY = 'feature-freeze'
FIRST = f'{NAME}: 1. Software preparation'
GROUPS = {'closed': 'closed,rejected,verified',
          'closed.overall_completion': 'true', 'active': '*'}


@pytest.fixture
def two_ends(env):
    """A workflow with two ends, both of which the site counts as done."""
    def follow(workflow='verified', groups=GROUPS, **options):
        use_workflow(env.config, workflow)
        for option, _ in list(env.config.options('milestone-groups')):
            env.config.remove('milestone-groups', option)
        for option, text in groups.items():
            env.config.set('milestone-groups', option, text)
        for option, text in options.items():
            env.config.set('prodworkflow', option, text)
        env.config.save()
        env.components.pop(ConfigurableTicketWorkflow, None)
    return follow


@pytest.fixture
def site(two_ends, site):  # before the first request
    two_ends()
    return site


@pytest.fixture
def other(env):
    """An ordinary ticket in the first milestone, with that status."""
    def make(status, milestone=FIRST):
        ticket = Ticket(env)
        ticket.populate({'summary': 'Not ours', 'reporter': 'eve',
                         'status': status, 'milestone': milestone,
                         'type': 'defect', 'priority': 'blocker'})
        return ticket.insert()
    return make


@pytest.mark.parametrize(('groups', 'option', 'blocks'), [
    pytest.param(GROUPS, '', False, id='group'),
    pytest.param({}, 'verified', False, id='option'),
    pytest.param({}, 'rejected, verified', False, id='option of two'),
    pytest.param({}, '', True, id='neither'),
    pytest.param({'closed': 'closed,verified'}, '', True,
                 id='a group that does not count'),
    pytest.param(GROUPS, 'rejected', True, id='option without it'),
    pytest.param({'open': 'new,reopened', 'end': '*',
                  'end.overall_completion': '1'}, '', False,
                 id='the rest'),
])
def test_an_open_ticket_blocks_unless_the_site_counts_it_as_done(
        groups, option, blocks, two_ends, campaign, sign, gate, other, client,
        admin, system):
    two_ends(groups=groups, done_statuses=option)
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    sign('release-validated', 'remote-sites-validated')
    number = other('verified')
    assert gate('1')
    assert admin('milestone', 'completed', FIRST, 'now')[0] == 0
    # Open tickets of others stand against the launch, and the next stage.
    launch = system.queries.decision(NAME).launch
    assert bool([o for o in launch.obstacles if o.ticket == number]) is blocks
    page = words_of(client('coordinator').get('/campaign/2011%20Prod'))
    assert (f'#{number}' in page) is blocks
    roadmap = client('coordinator').get('/roadmap').text
    assert (f'/ticket/{number}"' in roadmap) is blocks


def test_a_ticket_that_enters_as_done_does_not_hold_production(
        site, launched, other, system, verbs, env, ticket):
    number = other('verified')
    campaign = system.queries.decision(NAME).snapshot.state.campaign
    assert not campaign.held_since
    assert verbs()[-1] == 'launched'
    assert number not in [t for found in system.queries.decision(
        NAME).snapshot.others.values() for t in found]


def test_there_is_nothing_to_tolerate_of_a_ticket_that_is_done(
        site, campaign, other, system):
    number = other('rejected')
    with pytest.raises(Exception, match=f'#{number} is closed'):
        system.lifecycle.tolerate(NAME, ADMIN, KnownIssueRequest(
            str(number), 'It is small.', TOMORROW))


def test_a_frozen_branch_takes_no_commit_for_a_ticket_that_is_done(
        site, campaign, sign, other, client):
    number = other('verified', '')
    sign(KEY)
    answer = client('anna').get(
        f'/campaign/2011%20Prod/gate?commit={number}')
    assert answer.status in (404, 409)


# A signed ticket that is moved on.

def test_a_signed_ticket_that_is_moved_on_stays_signed(
        site, campaign, client, ticket, verbs, system, gate, sign, stored,
        admin):
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    assert admin('milestone', 'completed', FIRST, 'now')[0] == 0
    answer = client('eve').act(1, 'verify', comment='So it is.')
    assert answer.status == 200
    assert ticket(1)['status'] == 'verified'
    assert verbs()[-1] == 'moved-on'
    assert system.queries.decision(NAME).answer(KEY).met
    assert gate('1')
    assert stored(1) == [True]
    assert system.check(NAME, False, 'root') == []
    page = words_of(client('anna').get('/campaign/2011%20Prod'))
    assert ('moved #1 Feature Freeze on to verified, which leaves its '
            'sign-off') in page


def test_it_is_reopened_from_there_as_from_closed(
        site, campaign, client, ticket, verbs, system, sign, gate):
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    client('anna').act(1, 'verify', comment='So it is.')
    client('anna').act(1, 'reopen', comment='It crashes.')
    assert verbs()[-2:] == ['moved-on', 'withdrawn']
    assert ticket(1)['status'] == 'reopened'
    assert not gate('1')
    client('anna').post('/campaign/2011%20Prod/sign', {
        'requirement': KEY, 'verdict': 'approved', 'statement': 'Fine.'})
    assert (ticket(1)['status'], gate('1')) == ('closed', True)


def test_it_is_withdrawn_from_there_in_its_box(
        site, campaign, client, ticket, verbs, sign):
    sign(KEY)
    client('eve').act(1, 'verify', comment='So it is.')
    client('anna').post('/campaign/2011%20Prod/sign', {
        'requirement': KEY, 'verdict': 'withdrawn', 'statement': 'A hole.'})
    assert verbs()[-1] == 'withdrawn'
    assert (ticket(1)['status'], ticket(1)['resolution']) == ('reopened', '')


def test_after_the_launch_others_do_not_reopen_it_from_there(
        site, launched, doors, ticket, system, verbs):
    doors.save(1, 'eve', status='verified')
    doors.save(1, 'eve', status='reopened', resolution='')
    assert 'reopening-refused' in verbs()
    assert (ticket(1)['status'], ticket(1)['resolution']) == ('verified',
                                                              'fixed')
    assert system.queries.decision(NAME).launch.open
    assert system.check(NAME, False, 'root') == []


@pytest.mark.parametrize('back', [
    pytest.param({'status': 'closed'}, id='back'),
    pytest.param({'status': 'rejected', 'resolution': ''},
                 id='resolution taken off')])
def test_it_is_moved_on_and_on(back, site, campaign, doors, sign, system,
                               verbs):
    sign(KEY)
    doors.save(1, 'eve', status='verified')
    doors.save(1, 'eve', **back)
    assert verbs()[-2:] == ['moved-on', 'moved-on']
    assert system.queries.decision(NAME).answer(KEY).met


# What was never signed is not signed by another end.

UNSIGNED = [
    pytest.param({'status': 'rejected'}, id='ended'),
    pytest.param({'status': 'verified', 'resolution': 'fixed'},
                 id='ended as fixed'),
]


@pytest.mark.parametrize('values', UNSIGNED)
def test_another_end_by_a_side_door_is_a_closing_without_a_sign_off(
        values, site, campaign, doors, system, verbs):
    doors.save(1, 'anna', **values)
    assert verbs()[-1] == 'closed-unsigned'
    answer = system.queries.decision(NAME).answer(KEY)
    assert answer.reason.value == 'closed-unsigned'
    doors.save(1, 'anna', status='closed')
    assert verbs()[-1] == 'moved-on'
    answer = system.queries.decision(NAME).answer(KEY)
    assert answer.reason.value == 'closed-unsigned'
    assert system.check(NAME, False, 'root') == []


def test_another_end_is_refused_and_the_box_is_named(
        two_ends, campaign, client, ticket, verbs):
    two_ends('two-ends')
    answer = client('anna').act(1, 'reject', comment='No.')
    assert answer.status == 409
    assert ('Only "closed" approves "Feature Freeze" (2011 Prod); "rejected" '
            'would end #1 without a sign-off. Sign it off in its box, which '
            'closes it, or, if it cannot be approved, leave it open and '
            'reject it there.') in words_of(answer)
    assert ticket(1)['status'] == 'new'
    assert verbs() == ['created', 'refused']


def test_one_resolution_for_another_is_no_moving_on(
        site, campaign, doors, sign, verbs, system):
    sign(KEY)
    doors.save(1, 'eve', status='verified', resolution='invalid')
    assert verbs()[-1] == 'closed-unsigned'
    assert not system.queries.decision(NAME).answer(KEY).met


# What happened while nobody was watching.

@pytest.fixture
def unseen(env):
    """Changes a ticket's status as while the plugin was off."""
    def change(*steps, ticket=1, author='eve'):
        moment = int(time.time() * 10**6) + 10**6
        for place, (was, now) in enumerate(steps):
            with env.db_transaction as db:
                db("UPDATE ticket SET status=%s WHERE id=%s", (now, ticket))
                db("""INSERT INTO ticket_change
                      (ticket, time, author, field, oldvalue, newvalue)
                      VALUES (%s, %s, %s, 'status', %s, %s)""",
                   (ticket, moment + place, author, was, now))
    return change


def test_check_records_a_moving_on_that_nobody_saw(
        site, campaign, sign, unseen, system, verbs):
    sign(KEY)
    unseen(('closed', 'verified'))
    found, = system.check(NAME, False, 'root')
    assert found.words == ('#1 Feature Freeze was moved on to verified while '
                           'nobody was watching')
    assert found.remedy == 'record it, and leave what was signed'
    assert not system.queries.decision(NAME).answer(KEY).met
    system.check(NAME, True, 'root')
    assert verbs()[-1] == 'moved-on'
    assert system.queries.decision(NAME).answer(KEY).met
    assert system.check(NAME, False, 'root') == []


@pytest.mark.parametrize('later', [None, 'verified'])
def test_a_closing_that_nobody_saw_is_not_covered_by_moving_it_on(
        later, site, campaign, sign, unseen, system, verbs, doors):
    """Opened, and closed by somebody whom nobody asked."""
    sign(KEY)
    unseen(('closed', 'reopened'), ('reopened', 'closed'))
    if later:
        doors.save(1, 'eve', status=later)
    else:
        system.check(NAME, True, 'root')
    assert verbs()[-1] == 'closed-unsigned'
    assert not system.queries.decision(NAME).answer(KEY).met


def test_a_moving_on_that_is_cut_from_the_history_leaves_the_sign_off(
        site, campaign, sign, doors, system, ticket, verbs):
    sign(KEY)
    doors.save(1, 'eve', status='verified')
    found = ticket(1)
    found.delete_change(cdate=found['changetime'])
    assert ticket(1)['status'] == 'closed'
    assert verbs()[-2:] == ['moved-on', 'moved-on']
    assert system.queries.decision(NAME).answer(KEY).met
    assert system.check(NAME, False, 'root') == []


def test_closing_a_milestone_moves_no_signed_ticket_away(
        site, campaign, sign, client, ticket, stored):
    """To Trac itself, what is verified is open and would be retargeted."""
    sign('feature-freeze', 'software-quality', 'resources-estimate')
    client('eve').act(1, 'verify', comment='So it is.')
    answer = client('coordinator').post(f'/milestone/{quote(FIRST)}', {
        'id': FIRST, 'action': 'edit', 'name': FIRST, 'save': 'Submit',
        'completed': '1', 'completeddate': '2026-01-01', 'retarget': '1',
        'target': f'{NAME}: 3. pre-production', 'comment': ''})
    assert answer.status == 200
    assert stored(1) == [True]
    assert ticket(1)['milestone'] == FIRST


def test_a_launch_needs_no_more_than_that_all_is_done(
        site, campaign, sign, client, system, doors, other):
    sign(*CONTACTS)
    for number in (1, 4):
        doors.save(number, 'eve', status='verified')
    number = other('new')
    with pytest.raises(GateShut):
        system.lifecycle.launch(NAME, ADMIN, 'Go.')
    doors.save(number, 'eve', status='rejected')
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    assert system.queries.decision(
        NAME).snapshot.state.campaign.phase == 'launched'


def test_a_ticket_that_is_done_is_struck_out_as_a_closed_one(
        site, campaign, sign, client, doors):
    sign(KEY)
    doors.save(1, 'eve', status='verified')
    page = client('anna').get('/campaign/2011%20Prod').text
    assert '<a href="/ticket/1" class="closed ticket">#1</a>' in page
    assert '<tr><td><a href="/ticket/2">#2</a>' in page


@pytest.mark.parametrize('how', ['page', 'script'])
def test_what_was_signed_stays_so_after_the_end_of_the_campaign(
        how, site, launched, client, doors, system, verbs, ticket):
    system.lifecycle.end(NAME, ADMIN, Phase.CLOSED, 'Over.')
    if how == 'page':
        assert client('eve').act(1, 'verify').status == 200
    else:
        doors.save(1, 'eve', status='verified')
    assert ticket(1)['status'] == 'verified'
    assert verbs()[-1] == 'moved-on'
    assert system.queries.decision(NAME).answer(KEY).met
    doors.save(1, 'eve', summary='Over', status='reopened', resolution='')
    assert verbs()[-1] == 'moved-on'  # the campaign is read-only


def test_an_ordinary_ticket_that_ends_otherwise_leaves_the_stage(
        site, campaign, other, doors, verbs, system):
    number = other('new')
    assert verbs()[-1] == 'ticket-entered'
    doors.save(number, 'eve', status='rejected')
    assert verbs()[-1] == 'ticket-left'
    doors.save(number, 'eve', status='verified')
    assert verbs()[-1] == 'ticket-left'
    doors.save(number, 'eve', status='reopened')
    assert verbs()[-1] == 'ticket-entered'
    assert number in system.queries.decision(
        NAME).snapshot.others['software-preparation']


@pytest.mark.parametrize('resolution', ['fixed', ''])
def test_what_is_reported_leaves_a_ticket_where_it_was_moved_on_to(
        resolution, site, full, doors, system, ticket):
    system.record(FULL, 'memory-leaks', ANNA,
                  leak('0.5 kB/event', 'Fine.', Verdict.APPROVED))
    number = full['memory-leaks']
    doors.save(number, 'eve', status='verified', resolution=resolution)
    system.record(FULL, 'memory-leaks', ANNA, leak('0.5 kB/event'))
    assert (ticket(number)['status'], ticket(number)['resolution']) == (
        'verified', resolution)
    assert system.queries.decision(FULL).answer('memory-leaks').met
    system.record(FULL, 'memory-leaks', ANNA, leak('9 kB/event'))
    assert (ticket(number)['status'], ticket(number)['resolution']) == (
        'reopened', '')
    assert system.check(FULL, False, 'root') == []


def test_who_signs_what_ended_unsigned_closes_it(
        site, campaign, doors, system, ticket, sign):
    doors.save(1, 'eve', status='verified')
    sign(KEY)
    assert (ticket(1)['status'], ticket(1)['resolution']) == ('closed',
                                                              'fixed')
    assert system.check(NAME, False, 'root') == []
