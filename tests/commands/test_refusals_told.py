"""Refusals are Trac's: `Error: …`, exit code 2, and one line in the log."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from trac.admin.api import AdminCommandError, AdminCommandManager
from trac.core import TracError
from trac.ticket.model import Milestone
from trac.util.datefmt import datetime_now, utc

from prodworkflow.api import GateShut
from support.campaigns import NAME
from support.logs import listening

FIRST = f'{NAME}: 1. Software preparation'
COMPLETED = {'name': FIRST, 'save': 'Save', 'completed': 'on',
             'completeddate': '2026-01-01', 'description': ''}
REFUSED = r'campaign .*: refused by |refused '


@pytest.fixture
def log(env):
    with listening(env) as heard:
        yield heard


def milestone_command(admin, client, doors):
    admin('milestone', 'completed', FIRST, 'now')


def launch_command(admin, client, doors):
    admin('campaign', 'launch', NAME, '--reason=Now.')


def milestone_page(admin, client, doors):
    client('eve').post('/milestone/' + quote(FIRST),
                       {'action': 'edit', **COMPLETED})


def milestone_panel(admin, client, doors):
    client('eve').post('/admin/ticket/milestones/' + quote(FIRST), COMPLETED)


def ticket_page(admin, client, doors):
    client('eve').resolve(1)


def box(admin, client, doors):
    client('eve').post(f'/campaign/{quote(NAME)}/sign', {
        'requirement': 'feature-freeze', 'verdict': 'approved',
        'statement': 'I say so.'})


def batch(admin, client, doors):
    doors.batch_page('eve', 1, action='resolve',
                     action_resolve_resolve_resolution='fixed')


def rpc(admin, client, doors):
    doors.rpc_by_action('eve', 1, action='resolve',
                        action_resolve_resolve_resolution='fixed')


def launch_form(admin, client, doors):
    client('coordinator').post(f'/campaign/{quote(NAME)}/launch',
                               {'statement': 'Now.', 'reason': 'Now.'})


@pytest.mark.parametrize('attempt', [
    milestone_command, launch_command, milestone_page, milestone_panel,
    ticket_page, box, batch, rpc, launch_form])
def test_refusal_is_one_info_line_and_no_traceback(campaign, log, admin,
                                                   client, doors, attempt):
    attempt(admin, client, doors)
    (level, line), = log.matching(REFUSED)
    assert level == 'INFO'
    assert '\n' not in line
    assert not [each for each in log.records
                if 'Traceback' in each[1] or 'GateShut' in each[1]
                or each[0] in ('ERROR', 'CRITICAL')]


def test_milestone_is_not_completed_by_a_command_in_trac_s_own_words(
        campaign, admin):
    code, out, err = admin('milestone', 'completed', FIRST, 'now')
    assert (code, out) == (2, '')
    assert err.startswith(f'Error: Stage 1. Software preparation of {NAME} '
                          'cannot be closed, its milestone stays open: #1 ')


def test_milestone_of_a_campaign_that_has_ended_is_refused_alike(
        campaign, admin, log):
    admin('campaign', 'abandon', NAME, '--reason=No money.')
    code, _, err = admin('milestone', 'completed', FIRST, 'now')
    assert code == 2
    assert err.startswith('Error: Its milestone stays open: ')
    assert [level for level, _ in log.matching(REFUSED)] == ['INFO']
    assert not [line for _, line in log.records if 'Traceback' in line]


def test_node_that_must_not_write_says_so_in_trac_s_own_words(campaign, env):
    env.db_transaction("UPDATE system SET value='99' "
                       "WHERE name='prodworkflow_version'")
    with pytest.raises(AdminCommandError, match=r'^Nothing was changed: '):
        complete(env)


@pytest.mark.parametrize('place', [
    pytest.param('/rpc', id='XML-RPC'),
    pytest.param('/login/xmlrpc', id='XML-RPC, logged in'),
    pytest.param('/login/jsonrpc', id='JSON-RPC'),
])
def test_rpc_is_told_an_error_of_trac_s(campaign, env, system, request_of,
                                        place):
    req = request_of('eve')
    req.environ['PATH_INFO'] = place
    system.context.bind_request(req)
    with pytest.raises(TracError) as told:
        complete(env)
    assert isinstance(told.value, GateShut)
    assert str(told.value).startswith('Stage 1. Software preparation of ')


def test_page_of_another_plugin_is_told_a_conflict(campaign, env, system,
                                                   request_of):
    req = request_of('eve')
    req.environ['PATH_INFO'] = '/their/rpc/page'
    system.context.bind_request(req)
    with pytest.raises(GateShut) as told:
        complete(env)
    assert not isinstance(told.value, TracError)
    assert told.value.code == 409


def complete(env):
    milestone = Milestone(env, FIRST)
    milestone.completed = datetime_now(utc)
    milestone.update()


def ours(env):
    """Our commands, as they are typed, with what their arguments are."""
    return [(name, args) for name, args, _ in
            AdminCommandManager(env).get_command_help(['campaign'])]


GIVEN = {'campaign create': ['New'], 'campaign waive': [
    NAME, 'feature-freeze', 'awaiting', '--until=2031-01-01', '--reason=x'],
    'campaign tolerate': [NAME, '1', '--end', '--reason=x'],
    'campaign answer': [NAME, 'feature-freeze', '--reason=x'],
    'campaign admits': [NAME, '1'], 'campaign list': [], 'campaign check': [],
    'campaign deputy': ['eve', 'for', 'anna', '--end', '--reason=x'],
    'campaign release': [NAME, 'V2', '--reason=x'],
    'campaign change': [NAME, '--start=2031-06-01', '--reason=x'],
    'campaign show': [NAME], 'campaign gate': [NAME],
    'campaign remind': [NAME], 'campaign deliver': [],
    'campaign token add': ['anna', '--scope=hold'],
    'campaign evidence': [NAME, 'feature-freeze', 'x=1'],
    'campaign token list': [], 'campaign token revoke': ['nightly'],
    'campaign webhook add': ['http://localhost/'],
    'campaign webhook list': [], 'campaign webhook remove': ['1'],
    'campaign template list': [], 'campaign template show': ['mine'],
    'campaign template export': ['mine'],
    'campaign template remove': ['mine', '--reason=x']}


def test_every_command_tells_a_failing_database_in_words(campaign, env,
                                                         admin):
    names = [name for name, _ in ours(env)
             if name != 'campaign template import']  # reads its file first
    assert len(names) >= 19
    env.db_transaction('DROP TABLE prodworkflow_campaign')
    env.db_transaction('DROP TABLE prodworkflow_template')
    env.db_transaction('DROP TABLE prodworkflow_webhook')
    env.db_transaction('DROP TABLE prodworkflow_delivery')
    for name in names:
        code, _, err = admin(*name.split(), *GIVEN.get(
            name, [NAME, '--reason=x']))
        assert (code, err.splitlines()[0][:27]) == (
            2, 'Error: The database failed:'), (name, err)
        assert not re.search(r'\w+Error', err), (name, err)


@pytest.mark.parametrize('more', [
    pytest.param([], id='too few'),
    pytest.param(['--nonsense', *'abcdefg'], id='too many'),
])
def test_every_command_shows_its_usage_for_wrong_arguments(campaign, env,
                                                           admin, more):
    wrong = 0
    for name, args in ours(env):
        if not more and '<' not in args:
            continue
        code, _, err = admin(*name.split(), *more)
        assert code == 2, (name, err)
        assert err.startswith('Error: '), (name, err)
        assert 'TypeError' not in err, (name, err)
        wrong += 1
    assert wrong >= 17


def test_error_of_trac_s_own_in_a_command_is_told_without_its_class(
        env, admin):
    """A workflow that does not exist is an error of Trac's."""
    env.config.set('ticket', 'workflow', 'NoSuchWorkflow')
    env.config.save()
    code, _, err = admin('campaign', 'create', NAME)
    assert code == 2
    assert err.startswith('Error: Cannot find implementation(s) of the '
                          'ITicketActionController interface named ')
    assert 'ConfigurationError' not in err
