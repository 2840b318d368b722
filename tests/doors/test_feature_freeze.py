"""The feature freeze: at Trac's doors, and before a Git branch."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from trac.ticket.model import Milestone, Ticket

from prodworkflow.workflow.ticket_manipulator import SignOffWorkflow
from support.campaigns import CONTACTS, NAME

FIRST = f'{NAME}: 1. Software preparation'
SECOND = f'{NAME}: 2. Release validation'
HOOK = Path(__file__).parents[2] / 'contrib' / 'pre-receive'
TEMPLATE = '''
title = "Own rule"
[freeze]
requirement = "frozen"
types = ["enhancement", "task"]
priority = "major"
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "frozen"
title = "Frozen"
'''


@pytest.fixture
def make_ticket(env):
    """Makes a ticket as a script does, past Trac's checks."""
    def made(**values):
        ticket = Ticket(env)
        ticket.populate({'summary': 'Something', 'reporter': 'eve',
                         'status': 'new', 'type': 'defect',
                         'priority': 'major', **values})
        ticket.insert()
        return ticket.id
    return made


@pytest.fixture
def frozen_campaign(campaign, sign):
    sign('feature-freeze')


NEW = [
    pytest.param('defect', 'critical', True, id='critical defect'),
    pytest.param('defect', 'blocker', True, id='blocking defect'),
    pytest.param('defect', 'major', False, id='major defect'),
    pytest.param('enhancement', 'blocker', False, id='urgent enhancement'),
    pytest.param('task', 'critical', False, id='task'),
]


@pytest.mark.parametrize(('type_', 'priority', 'enters'), NEW)
def test_only_urgent_defects_enter_a_frozen_campaign_by_the_page(
        frozen_campaign, client, ticket, type_, priority, enters):
    answer = client('eve').post('/newticket', {
        'field_summary': 'Something', 'field_type': type_,
        'field_priority': priority, 'field_milestone': FIRST,
        'field_status': 'new', 'submit': '1'})
    assert answer.status == (200 if enters else 409)
    if enters:
        assert ticket(8)['milestone'] == FIRST
    else:
        assert 'is frozen' in answer.text
        assert 'Ask anna' in answer.text


def test_any_ticket_enters_before_the_freeze(campaign, make_ticket, ticket):
    assert ticket(make_ticket(type='task',
                              milestone=FIRST))['milestone'] == FIRST


def test_withdrawn_feature_freeze_lets_any_ticket_enter(
        frozen_campaign, client, make_ticket, ticket):
    client('anna').act(1, 'reopen')
    assert ticket(make_ticket(type='task',
                              milestone=FIRST))['milestone'] == FIRST


@pytest.mark.parametrize(('type_', 'priority', 'enters'), NEW)
def test_ticket_that_enters_a_frozen_campaign_without_a_page_is_moved_out(
        frozen_campaign, make_ticket, ticket, verbs, system, type_, priority,
        enters):
    number = make_ticket(type=type_, priority=priority, milestone=SECOND)
    assert (ticket(number)['milestone'] == SECOND) is enters
    assert ('ticket-turned-away' in verbs()) is not enters
    if not enters:
        assert 'is frozen' in ticket(number).get_changelog()[-1][4] or any(
            'is frozen' in (c[4] or '')
            for c in ticket(number).get_changelog())
    assert system.check(NAME, False, 'root') == []


def test_moving_a_ticket_into_a_frozen_campaign_is_refused_or_undone(
        frozen_campaign, make_ticket, ticket, client, env):
    number = make_ticket(milestone='milestone1')
    answer = client('eve').act(number, 'leave', field_milestone=FIRST)
    assert answer.status == 409
    found = Ticket(env, number)
    found['milestone'] = FIRST
    found.save_changes('eve', 'In with it.')
    assert ticket(number)['milestone'] == 'milestone1'


@pytest.mark.parametrize('form', [
    pytest.param({'action': 'edit', 'name': 'milestone1', 'completed': '1',
                  'completeddate': '', 'retarget': '1', 'save': '1'},
                 id='completed'),
    pytest.param({'action': 'delete', 'delete': '1'}, id='deleted'),
])
def test_a_milestone_page_moves_nothing_into_a_frozen_campaign(
        frozen_campaign, make_ticket, ticket, client, form):
    number = make_ticket(milestone='milestone1')
    if 'completeddate' in form:
        page = client('eve').get('/milestone/milestone1?action=edit').text
        form = {**form, 'completeddate': re.search(
            r'name="completeddate"[^>]*value="([^"]+)"', page)[1]}
    answer = client('eve').post('/milestone/milestone1',
                                {'target': FIRST, **form})
    assert answer.status == 409
    assert f'#{number} is defect, major' in re.sub('<[^>]+>', '', answer.text)
    assert 'Ask anna.' in answer.text
    assert ticket(number)['milestone'] == 'milestone1'
    assert Milestone(ticket(number).env, 'milestone1').completed is None


def test_ticket_turned_away_from_a_deleted_milestone_has_none(
        frozen_campaign, make_ticket, ticket, env):
    number = make_ticket(milestone='milestone1')
    env.db_transaction("DELETE FROM milestone WHERE name='milestone1'")
    found = Ticket(env, number)
    found['milestone'] = FIRST
    found.save_changes('eve', 'In with it.')
    assert ticket(number)['milestone'] == ''


@pytest.mark.parametrize(('change', 'leaves'), [
    pytest.param({'priority': 'minor'}, True, id='less urgent'),
    pytest.param({'type': 'enhancement'}, True, id='another type'),
    pytest.param({'priority': 'blocker'}, False, id='more urgent'),
    pytest.param({'summary': 'Else'}, False, id='something else'),
])
def test_admitted_ticket_that_is_no_urgent_defect_any_more_has_to_leave(
        frozen_campaign, make_ticket, ticket, client, change, leaves):
    number = make_ticket(priority='critical', milestone=FIRST)
    fields = {f'field_{k}': v for k, v in change.items()}
    assert client('eve').act(number, 'leave', **fields).status == (
        409 if leaves else 200)
    assert ticket(number)['milestone'] == FIRST


def test_ticket_inside_before_the_freeze_stays(
        campaign, make_ticket, sign, ticket, client):
    number = make_ticket(type='task', milestone=FIRST)
    sign('feature-freeze')
    assert client('eve').act(number, 'leave',
                             field_priority='minor').status == 200
    assert ticket(number)['milestone'] == FIRST


def test_reopening_a_ticket_inside_a_frozen_campaign_is_refused(
        frozen_campaign, make_ticket, ticket, client):
    number = make_ticket(type='task', milestone=FIRST, status='closed')
    assert ticket(number)['milestone'] == FIRST
    assert client('eve').act(number, 'reopen').status == 409


def test_ticket_entering_a_frozen_campaign_by_plugin_entry_points_is_refused(
        frozen_campaign, env, request_of):
    """XML-RPC and the like ask Trac's ticket manipulators."""
    wanted = Ticket(env)
    wanted.populate({'summary': 'Something', 'milestone': FIRST,
                     'type': 'task', 'status': 'new'})
    refusals = SignOffWorkflow(env).validate_ticket(request_of('eve'), wanted)
    assert 'is frozen' in str(refusals[0][1])


def test_feature_freeze_of_an_advisory_campaign_warns_and_records(
        create, sign, client, ticket, system):
    create(enforcement='advisory')
    sign('feature-freeze')
    answer = client('eve').post('/newticket', {
        'field_summary': 'Something', 'field_type': 'task',
        'field_priority': 'major', 'field_milestone': FIRST,
        'field_status': 'new', 'submit': '1'})
    assert answer.status == 200
    assert 'Nothing is blocked (advisory' in answer.text
    assert ticket(8)['milestone'] == FIRST
    last = system.queries.ledger(NAME)[-1]
    assert last.verb == 'ticket-entered'
    assert 'is frozen' in last.payload['against'][0]


def test_template_has_its_own_feature_freeze_rule(
        tmp_path, admin, system, make_ticket, ticket):
    file = tmp_path / 'own.toml'
    file.write_text(TEMPLATE, encoding='utf-8')
    assert admin('campaign', 'create', 'Own', f'--template-file={file}',
                 '--contact=frozen:anna')[0] == 0
    system.sign('Own', 'frozen', 'anna', False, 'Frozen.')
    first = make_ticket(type='task', milestone='Own: 1. One')
    second = make_ticket(type='defect', milestone='Own: 1. One')
    assert ticket(first)['milestone'] == 'Own: 1. One'
    assert ticket(second)['milestone'] == ''


@pytest.mark.parametrize(('text', 'words'), [
    pytest.param(None, 'cannot be read', id='no file'),
    pytest.param('', 'a template has 1', id='empty'),
    pytest.param('title = 1\n', 'line 1, title', id='wrong'),
])
def test_invalid_feature_freeze_of_a_template_file_makes_no_campaign(
        tmp_path, admin, env, text, words):
    file = tmp_path / 'own.toml'
    if text is not None:
        file.write_text(text, encoding='utf-8')
    code, _, err = admin('campaign', 'create', 'Own',
                         f'--template-file={file}')
    assert code == 2
    assert words in err
    assert env.db_query('SELECT id FROM ticket') == []


# The command and the hook

@pytest.mark.parametrize(('tickets', 'code', 'words'), [
    pytest.param([], 1, 'name the ticket', id='none'),
    pytest.param(['9'], 1, 'is defect, major', id='not urgent'),
    pytest.param(['8'], 0, '', id='urgent'),
    pytest.param(['#8'], 0, '', id='urgent, with a sign'),
    pytest.param(['8', '9'], 1, '#9 is defect', id='one of two'),
    pytest.param(['99'], 1, 'no ticket #99', id='no ticket'),
    pytest.param(['x'], 1, 'no ticket #x', id='no number'),
])
def test_admits_command_admits_urgent_defects(
        frozen_campaign, make_ticket, admin, tickets, code, words):
    make_ticket(priority='critical')
    make_ticket()
    found, _, err = admin('campaign', 'admits', NAME, *tickets)
    assert found == code
    assert words in err


def test_admits_command_admits_all_tickets_before_the_freeze(campaign, admin):
    assert admin('campaign', 'admits', NAME)[0] == 0
    assert admin('campaign', 'admits', 'None')[0] == 2


@pytest.fixture
def clone(tmp_path, path):
    """A clone of a repository whose main branch follows the campaign."""
    origin, work = tmp_path / 'origin.git', tmp_path / 'work'
    run('git', 'init', '-q', '--bare', '-b', 'main', str(origin))
    admin = tmp_path / 'trac-admin'
    admin.write_text(f'#!/bin/sh\nexec {sys.executable} -m '
                     'trac.admin.console "$@"\n', encoding='utf-8')
    admin.chmod(0o755)
    for key, value in (('env', path), ('campaign', NAME),
                       ('admin', admin)):
        run('git', '-C', str(origin), 'config', f'prodworkflow.{key}',
            str(value))
    hook = origin / 'hooks' / 'pre-receive'
    hook.write_bytes(HOOK.read_bytes())
    hook.chmod(0o755)
    run('git', 'clone', '-q', str(origin), str(work))
    return work


def run(*args, cwd=None):
    """Run a command; its exit code and what it said."""
    env = {**os.environ, 'GIT_AUTHOR_NAME': 'anna', 'GIT_AUTHOR_EMAIL': 'a@b',
           'GIT_COMMITTER_NAME': 'anna', 'GIT_COMMITTER_EMAIL': 'a@b',
           'GIT_CONFIG_NOSYSTEM': '1'}
    done = subprocess.run(args, cwd=cwd, env=env, capture_output=True,
                          text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def push(clone, message, branch='main'):
    """Commit something with that message and push it."""
    run('git', 'commit', '-q', '--allow-empty', '-m', message, cwd=clone)
    code, told = run('git', 'push', '-q', 'origin', f'HEAD:{branch}',
                     cwd=clone)
    if code:
        run('git', 'reset', '-q', '--hard', f'origin/{branch}', cwd=clone)
    return code, told


def test_git_hook_asks_for_the_ticket_of_each_commit(
        campaign, sign, make_ticket, clone, path):
    assert push(clone, 'Begin')[0] == 0
    urgent, other = make_ticket(priority='critical'), make_ticket()
    sign('feature-freeze')
    code, told = push(clone, 'A new feature')
    assert code != 0
    assert 'is frozen: name the ticket' in told
    code, told = push(clone, f'Better, see #{other}')
    assert code != 0
    assert 'Ask anna' in told
    assert push(clone, f'No more crash (#{urgent})')[0] == 0
    code, told = push(clone, f'Both #{urgent} and #{other}')
    assert code != 0


def test_git_hook_leaves_other_branches_alone(frozen_campaign, clone):
    assert push(clone, 'An idea', 'idea')[0] == 0
    assert push(clone, 'An idea')[0] != 0


def test_git_hook_refuses_a_push_where_trac_cannot_be_asked(
        frozen_campaign, clone, tmp_path):
    run('git', '-C', str(tmp_path / 'origin.git'), 'config',
        'prodworkflow.env', str(tmp_path / 'nowhere'))
    code, told = push(clone, 'Fix #8')
    assert code != 0
    assert 'could not be asked' in told
    run('git', '-C', str(tmp_path / 'origin.git'), 'config', '--unset',
        'prodworkflow.env')
    code, told = push(clone, 'Fix #8')
    assert code != 0
    assert 'set prodworkflow.env' in told


def test_git_hook_refuses_deleting_or_rewinding_a_frozen_branch(
        campaign, sign, clone):
    assert push(clone, 'One')[0] == push(clone, 'Two')[0] == 0
    sign(*CONTACTS)
    assert run('git', 'push', '-q', 'origin', ':main', cwd=clone)[0] != 0
    run('git', 'reset', '-q', '--hard', 'HEAD~1', cwd=clone)
    code, _ = run('git', 'push', '-q', '-f', 'origin', 'main', cwd=clone)
    assert code != 0
