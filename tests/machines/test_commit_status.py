"""gate_status.py: a commit of GitLab or GitHub is told what the gate says."""

from __future__ import annotations

import json
import sys
import threading

import pytest

from support.campaigns import CONTACTS, NAME
from support.machines import MACHINES

SCRIPT = MACHINES / 'gate_status.py'
COMMIT = 'a' * 40
# What the two answer to the call that they document.
CREATED = {'status': 201, 'body': b'{"id": 1}'}
GITLAB = ['--gitlab', 'GITLAB_TOKEN', 'group/sub name',
          f'/api/v4/projects/group%2Fsub%20name/statuses/{COMMIT}']
GITHUB = ['--github', 'GITHUB_TOKEN', 'owner/name',
          f'/repos/owner/name/statuses/{COMMIT}']
PLACES = pytest.mark.parametrize('place', [GITLAB, GITHUB],
                                 ids=['GitLab', 'GitHub'])


@pytest.fixture
def post(run, odd_server, site, token):
    """Posts the gate of the real Trac; what ended and what was received."""
    secret = token('gate:read').secret

    def posting(place, *arguments, answer=CREATED, **variables):
        option, name, project, path = place
        server = odd_server(**answer)
        done = run(sys.executable, '-E', SCRIPT, '--campaign', NAME, option,
                   server.address, '--project', project, '--commit', COMMIT,
                   *arguments, **{
                       'PRODWORKFLOW_URL': site, 'PRODWORKFLOW_TOKEN': secret,
                       name: 'key-of-the-forge', **variables})
        assert all((method, asked) == ('POST', path)
                   for method, asked, _, _ in server.asked)
        return done, [(headers, json.loads(body))
                      for _, _, headers, body in server.asked]
    return posting


def test_gitlab_is_told_that_the_gate_is_shut_and_then_open(
        campaign, sign, post, site):
    done, [(headers, told)] = post(GITLAB)
    assert (done.code, done.err) == (0, '')
    assert headers['Private-Token'] == 'key-of-the-forge'
    assert headers['Content-Type'] == 'application/json'
    words = told.pop('description')
    assert words.startswith('Not ready')
    assert len(words) <= 140
    assert told == {'state': 'failed', 'name': f'gate {NAME}',
                    'target_url': f'{site}/campaign/2011%20Prod'}
    sign(*CONTACTS)
    [(_, told)] = post(GITLAB)[1]
    assert told['state'] == 'success'


def test_github_is_told_that_the_gate_is_shut_and_then_open(
        campaign, sign, post, site):
    done, [(headers, told)] = post(GITHUB, '--stage', '1')
    assert (done.code, done.err) == (0, '')
    assert headers['Authorization'] == 'Bearer key-of-the-forge'
    assert headers['Accept'] == 'application/vnd.github+json'
    assert headers['X-Github-Api-Version'] == '2022-11-28'
    words = told.pop('description')
    assert words.startswith('Not ready')
    assert told == {'state': 'failure', 'context': f'gate {NAME} 1',
                    'target_url': f'{site}/campaign/2011%20Prod'}
    sign(*CONTACTS)
    [(_, told)] = post(GITHUB, '--stage', '1')[1]
    assert told['state'] == 'success'


@PLACES
@pytest.mark.parametrize(('arguments', 'variables', 'words'), [
    pytest.param(['--stage', 'nine'], {}, 'could not be asked: 404',
                 id='no such stage'),
    pytest.param([], {'PRODWORKFLOW_TOKEN': 'pwf_1_x'},
                 'could not be asked: 401', id='no such token'),
    pytest.param([], {'PRODWORKFLOW_TOKEN': ''}, 'Set PRODWORKFLOW_TOKEN',
                 id='no token'),
    pytest.param([], {'PRODWORKFLOW_URL': 'http://trac.invalid'},
                 'does not answer', id='no Trac'),
    pytest.param([], {'PRODWORKFLOW_URL': 'file:///etc/passwd#'},
                 'is no address', id='no web address')])
def test_gate_that_cannot_be_asked_is_never_a_success(
        campaign, sign, post, place, arguments, variables, words):
    sign(*CONTACTS)
    done, [(_, told)] = post(place, *arguments, **variables)
    assert done.code == 0
    assert told['state'] == ('failed' if place is GITLAB else 'error')
    assert words in told['description']


@pytest.mark.parametrize('answer', [
    pytest.param({'body': b'<html>Log in</html>'}, id='log-in page'),
    pytest.param({'body': b'{"passes": false}'}, id='does not pass'),
    pytest.param({'body': b'{"passes": "true"}'}, id='of another type'),
    pytest.param({'body': b'[true]'}, id='no object'),
    pytest.param({'status': 409, 'body': b'{"passes": true}'}, id='409'),
    pytest.param({'status': 304}, id='304'),
    pytest.param({'status': 302, 'headers': {'Location': '/'},
                  'body': b'{"passes": true}'}, id='redirect')])
def test_only_the_gates_own_200_is_a_success(post, odd_server, answer):
    gate = odd_server(**answer)
    _, [(_, told)] = post(GITHUB, PRODWORKFLOW_URL=gate.address)
    assert told['state'] == 'error'


@PLACES
@pytest.mark.parametrize('answer', [
    {'status': 401, 'body': b'{"message": "401 Unauthorized"}'},
    {'status': 404}, {'status': 422}, {'status': 500},
    {'status': 302, 'headers': {'Location': '/users/sign_in'}}])
def test_status_that_was_not_taken_is_an_error(campaign, post, place, answer):
    done, _ = post(place, answer=answer)
    assert (done.code, done.out) == (2, '')
    assert f'refused ({answer["status"]})' in done.err


@PLACES
def test_keys_come_from_files_of_nobody_else_and_are_told_nowhere(
        campaign, post, place, token, tmp_path):
    keys = {'PRODWORKFLOW_TOKEN': token('gate:read').secret,
            place[1]: 'key-in-the-file'}
    given = {}
    for name, secret in keys.items():
        path = tmp_path / name
        path.write_text(f'{secret}\n')
        path.chmod(0o600)
        given |= {name: '', f'{name}_FILE': str(path)}
    done, [(headers, told)] = post(place, **given)
    assert done.code == 0
    assert told['state'] in ('failed', 'failure')
    assert 'key-in-the-file' in f'{headers}'
    assert not any(key in done.out + done.err + f'{told}'
                   for key in keys.values())
    path.chmod(0o644)
    done, received = post(place, **given)
    assert (done.code, received) == (2, [])
    assert 'chmod 600' in done.err


def test_forge_that_does_not_answer_is_an_error(campaign, run, site, token,
                                                unused_tcp_port_number):
    done = run(sys.executable, SCRIPT, '--campaign', NAME, '--gitlab',
               f'http://127.0.0.1:{unused_tcp_port_number}', '--project', '7',
               '--commit', COMMIT, PRODWORKFLOW_URL=site,
               PRODWORKFLOW_TOKEN=token('gate:read').secret,
               GITLAB_TOKEN='x')
    assert done.code == 2
    assert 'does not answer' in done.err


def test_gate_that_hangs_is_not_waited_for(run, odd_server):
    """The scripts wait 30 s; here they are told to wait less."""
    hanging = odd_server(delay=threading.Event())
    forge = odd_server(**CREATED)
    code = ('import sys; sys.path.insert(0, sys.argv[1]); import machine; '
            'machine.TIMEOUT = 0.5; import gate_status; '
            'sys.exit(gate_status.main(sys.argv[2:]))')
    done = run(sys.executable, '-c', code, MACHINES, '--campaign', NAME,
               '--github', forge.address, '--project', 'o/n', '--commit',
               COMMIT, PRODWORKFLOW_URL=hanging.address,
               PRODWORKFLOW_TOKEN='x', GITHUB_TOKEN='x')
    assert done.code == 0
    [(_, _, _, body)] = forge.asked
    assert json.loads(body)['state'] == 'error'
