"""contrib/machines/gate: nothing but the gate's own 200 lets pass."""

from __future__ import annotations

import os
import threading

import pytest

from support.campaigns import CONTACTS, NAME
from support.machines import MACHINES

GATE = MACHINES / 'gate'
PASSES = b'{\n "campaign": "2011 Prod",\n "passes": true,\n "x": 1\n}\n'
SHUT = b'{\n "campaign": "2011 Prod",\n "passes": false,\n "x": 1\n}\n'
COMPACT = b'{"campaign":"2011 Prod","passes":true,"x":1}'
QUOTED = b'{"campaign": "2011 Prod", "verdict": "so ,\\"passes\\": true,"}'
NESTED = b'{"passes": false, "note": {"passes": true}, "x": 1}'
QUOTING = b'<html><pre>{"passes": true, "x": 1}</pre></html>'
LOGIN = b'<html><title>Login</title> "passes": true, </html>'


@pytest.fixture
def ask(run, site, token):
    """Asks the gate of the real Trac by a token."""
    secret = token('gate:read').secret

    def asking(*arguments, **variables):
        return run(GATE, *arguments, **{
            'PRODWORKFLOW_URL': site, 'PRODWORKFLOW_TOKEN': secret,
            **variables})
    return asking


@pytest.mark.parametrize('arguments', [[], ['stage=1']])
def test_gate_lets_pass_once_all_is_signed(campaign, sign, ask, arguments):
    shut = ask(NAME, *arguments)
    assert (shut.code, shut.out) == (1, '')
    assert 'Not ready' in shut.err
    assert 'gate: the gate is shut' in shut.err
    sign(*CONTACTS)
    passed = ask(NAME, *arguments)
    assert (passed.code, passed.out, passed.err) == (0, '', '')


@pytest.mark.parametrize(('arguments', 'words'), [
    ([], 'name the campaign'), (['Other'], '404'),
    ([NAME, 'stage=nine'], '404'), ([NAME, 'item=RAL'], '404'),
    ([NAME, 'at=2011-01-01'], 'neither item'), ([NAME, 'item='], 'neither')])
def test_question_that_has_no_answer_is_no(campaign, ask, arguments, words):
    asked = ask(*arguments)
    assert asked.code == 2
    assert words in asked.err


@pytest.mark.parametrize(('secret', 'words'), [
    ('pwf_1_' + 'a' * 43, 'answers 401'), ('a"\nurl = "http://x', 'no token'),
    ('é', 'no token')])
def test_token_that_is_none_is_no(campaign, ask, secret, words):
    asked = ask(NAME, PRODWORKFLOW_TOKEN=secret)
    assert asked.code == 2
    assert words in asked.err
    assert secret not in asked.err


def test_token_comes_from_a_file_that_nobody_else_may_read(
        campaign, sign, ask, token, tmp_path):
    sign(*CONTACTS)
    path = tmp_path / 'token'
    path.write_text(token('gate:read').secret + '\n')
    given = {'PRODWORKFLOW_TOKEN': '', 'PRODWORKFLOW_TOKEN_FILE': str(path)}
    for mode in (0o600, 0o400):
        path.chmod(mode)
        assert ask(NAME, **given).code == 0
    for mode in (0o640, 0o604, 0o622):
        path.chmod(mode)
        asked = ask(NAME, **given)
        assert (asked.code, 'chmod 600' in asked.err) == (2, True)
    path.unlink()
    assert 'is not there' in ask(NAME, **given).err


def test_token_is_in_no_argument_of_any_program(run, odd_server, tmp_path):
    """All that is started is written down by a curl of ours before it."""
    curl = tmp_path / 'bin' / 'curl'
    curl.parent.mkdir()
    curl.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >>arguments\n'
                    'PATH=${PATH#*:}\nexec curl "$@"\n')
    curl.chmod(0o755)
    server = odd_server(body=PASSES)
    asked = run(GATE, NAME, PRODWORKFLOW_URL=server.address,
                PRODWORKFLOW_TOKEN='pwf_1_abc',
                PATH=f'{curl.parent}:{os.environ["PATH"]}')
    assert asked.code == 0
    [(_, _, headers, _)] = server.asked
    assert headers['Authorization'] == 'Bearer pwf_1_abc'
    assert 'pwf_1_abc' not in (tmp_path / 'arguments').read_text()


@pytest.mark.parametrize(('answer', 'code'), [
    pytest.param({'body': PASSES}, 0, id='passes'),
    pytest.param({'body': COMPACT}, 0, id='passes, on one line'),
    pytest.param({'body': QUOTED}, 2, id='somebody says so'),
    pytest.param({'body': SHUT}, 2, id='200 that does not pass'),
    pytest.param({'body': b''}, 2, id='200 of nothing'),
    pytest.param({'body': LOGIN}, 2, id='log-in page with 200'),
    pytest.param({'body': QUOTING}, 2, id='page that quotes the gate'),
    pytest.param({'body': NESTED}, 2, id='something within it passes'),
    pytest.param({'status': 409, 'body': SHUT}, 1, id='shut'),
    pytest.param({'status': 409, 'body': PASSES}, 1, id='shut with odd body'),
    pytest.param({'status': 304}, 2, id='304'),
    pytest.param({'status': 204}, 2, id='204'),
    pytest.param({'status': 302, 'headers': {'Location': '/login'},
                  'body': PASSES}, 2, id='redirect to the log-in page'),
    pytest.param({'status': 401, 'body': PASSES}, 2, id='401'),
    pytest.param({'status': 500, 'body': PASSES}, 2, id='500'),
    pytest.param({'status': 503, 'body': PASSES}, 2, id='503')])
def test_only_the_gates_own_200_is_a_yes(run, odd_server, answer, code):
    server = odd_server(**answer)
    asked = run(GATE, NAME, PRODWORKFLOW_URL=server.address)
    assert asked.code == code
    assert bool(asked.err) is (code != 0)
    assert all(path.startswith('/campaign/%32%30%31%31%20%50%72%6f%64/gate')
               for _, path, _, _ in server.asked)


def test_options_of_curls_own_file_do_not_count(run, odd_server, tmp_path):
    """Somebody's curl follows redirects."""
    (tmp_path / '.curlrc').write_text('location\ninsecure\n')
    elsewhere = odd_server(body=PASSES)
    server = odd_server(status=302, headers={'Location': elsewhere.address})
    assert run(GATE, NAME, PRODWORKFLOW_URL=server.address).code == 2
    assert not elsewhere.asked


def test_silence_is_no(run, odd_server, unused_tcp_port_number):
    slow = odd_server(body=PASSES, delay=threading.Event())
    asked = run(GATE, NAME, PRODWORKFLOW_URL=slow.address,
                PRODWORKFLOW_TIMEOUT='1')
    assert (asked.code, 'does not answer' in asked.err) == (2, True)
    nobody = f'http://127.0.0.1:{unused_tcp_port_number}'
    for address in (nobody, 'http://trac.invalid', 'file:///etc', ''):
        assert run(GATE, NAME, PRODWORKFLOW_URL=address).code == 2


def test_item_and_stage_are_asked_for_as_they_are_named(run, odd_server):
    server = odd_server(body=PASSES)
    assert run(GATE, 'Réco & more', 'item=a/b?', 'stage=1',
               PRODWORKFLOW_URL=f'{server.address}/prod/').code == 0
    [(_, path, _, _)] = server.asked
    assert path.startswith('/prod/campaign/%52%c3%a9')
    assert path.endswith('/gate?item=%61%2f%62%3f&stage=%31')
