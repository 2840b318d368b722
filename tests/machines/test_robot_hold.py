"""hold_on_failures.py: too many failing jobs put a campaign on hold."""

from __future__ import annotations

import json
import sys

import pytest

from support.campaigns import ADMIN, NAME
from support.machines import MACHINES

SCRIPT = MACHINES / 'hold_on_failures.py'
GOOD = {'JobStatus': 4, 'ExitCode': 0, 'ExitBySignal': False}


def ads(good, *others):
    return json.dumps([GOOD] * good + list(others))


@pytest.fixture
def robot(run, site, token):
    """Counts, and holds the campaign of the real Trac if it has to."""
    def counting(*arguments, given='', scopes='hold,gate:read', **variables):
        return run(sys.executable, SCRIPT, '--campaign', NAME, *arguments,
                   given=given, **{
                       'PRODWORKFLOW_URL': site,
                       'PRODWORKFLOW_TOKEN': token(scopes).secret,
                       **variables})
    return counting


@pytest.fixture
def held(system):
    """Whether the campaign is on hold, and why."""
    def read():
        campaign = system.queries.decision(NAME).snapshot.state.campaign
        return bool(campaign.held_since), campaign.held_because
    return read


@pytest.mark.parametrize(('failed', 'code'), [
    pytest.param({'JobStatus': 5}, 1, id='held'),
    pytest.param({'JobStatus': 3}, 1, id='removed'),
    pytest.param({**GOOD, 'ExitCode': 1}, 1, id='exit code'),
    pytest.param({**GOOD, 'ExitBySignal': True}, 1, id='signal'),
    pytest.param({**GOOD, 'ExitCode': None}, 1, id='no exit code'),
    pytest.param({**GOOD, 'ExitCode': '/Expr(0)/'}, 1, id='an expression'),
    pytest.param({**GOOD, 'ExitCode': False}, 1, id='another type'),
    pytest.param({'JobStatus': 2}, 0, id='running'),
    pytest.param({'JobStatus': 1}, 0, id='waiting'),
    pytest.param(GOOD, 0, id='good')])
def test_jobs_that_failed_are_counted(campaign, robot, held, failed, code):
    done = robot('--most', '2', given=ads(50, failed, failed, failed))
    assert (done.code, done.err) == (code, '')
    assert held()[0] is bool(code)


def test_campaign_is_held_with_the_numbers_as_the_reason(campaign, robot,
                                                         held):
    done = robot('--most', '20', '--failed', '31', '--of', '5000')
    assert done.code == 1
    assert done.out == (f'31 of 5000 jobs failed; 20 may: {NAME} is on hold.'
                        '\n')
    assert held() == (True, '31 of 5000 jobs failed; 20 may (told by a '
                            'robot).')


def test_as_many_as_may_fail_hold_nothing(campaign, robot, held):
    done = robot('--most', '20', '--failed', '20', '--of', '20')
    assert (done.code, held()[0]) == (0, False)


def test_campaign_on_hold_stays_so_whatever_comes(campaign, robot, held,
                                                  verbs):
    many = ('--most', '1', '--failed', '9', '--of', '9')
    assert [robot(*many).code for _ in range(2)] == [1, 1]
    assert robot('--most', '1', '--failed', '0', '--of', '9').code == 0
    assert held()[0] is True
    assert verbs().count('held') == 1
    assert 'resumed' not in verbs()


def test_hold_that_was_lifted_is_placed_again(campaign, robot, held, system):
    many = ('--most', '1', '--failed', '9', '--of', '9')
    robot(*many)
    system.lifecycle.resume(NAME, ADMIN, 'Understood.')
    assert robot(*many).code == 1
    assert held()[0] is True


@pytest.mark.parametrize(('given', 'arguments'), [
    pytest.param('', (), id='nothing'), pytest.param('{}x', (), id='no JSON'),
    pytest.param('5', (), id='a number'), pytest.param('[5]', (), id='no ad'),
    pytest.param('[' * 10**5, (), id='deep'),
    pytest.param('{}', (), id='no list'),
    pytest.param('[{"JobStatus": "4"}]', (), id='status of another type'),
    pytest.param('[{"JobStatus": 40}]', (), id='unknown status'),
    pytest.param('[{"ExitCode": 1}]', (), id='no status'),
    pytest.param('', ('--failed', '9'), id='of how many'),
    pytest.param('', ('--failed', '9', '--of', '8'), id='more than all'),
    pytest.param('', ('--failed', '-1', '--of', '8'), id='negative')])
def test_what_cannot_be_counted_is_an_error_and_holds_nothing(
        campaign, robot, held, given, arguments):
    done = robot('--most', '1', *arguments, given=given)
    assert (done.code, done.out, held()[0]) == (2, '', False)
    assert done.err.startswith('hold_on_failures: ')


@pytest.mark.parametrize(('more', 'words'), [
    ({'scopes': 'gate:read'}, '(403)'), ({'PRODWORKFLOW_TOKEN': 'x'}, '(401)'),
    ({'PRODWORKFLOW_TOKEN': ''}, 'Set PRODWORKFLOW_TOKEN'),
    ({'PRODWORKFLOW_URL': ''}, 'Set PRODWORKFLOW_URL'),
    ({'PRODWORKFLOW_URL': 'http://trac.invalid'}, 'does not answer')])
def test_hold_that_was_not_placed_is_an_error(campaign, robot, held, more,
                                              words):
    done = robot('--most', '1', '--failed', '9', '--of', '9', **more)
    assert (done.code, done.out, held()[0]) == (2, '', False)
    assert words in done.err


def test_redirect_is_no_hold(robot, odd_server):
    elsewhere = odd_server(status=201)
    server = odd_server(status=302, headers={'Location': elsewhere.address})
    done = robot('--most', '1', '--failed', '9', '--of', '9',
                 PRODWORKFLOW_URL=server.address)
    assert done.code == 2
    assert not elsewhere.asked


@pytest.mark.parametrize('answer', [
    b'SSH-2.0 x\r\n', b'HTTP/1.1 20x Odd\r\n\r\n', b'HTTP/1.1 201 Created',
    b'HTTP/1.1 201 Created\r\nContent-Length: 999\r\n\r\n{"held": ',
    b'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    b'HTTP/1.1 201 Created\r\n' + b'X-A: b\r\n' * 300,
    b'HTTP/1.1 200 ' + b'x' * 10**5,
    b'HTTP/1.1 409 Conflict\r\n\r\n' + b'[' * 10**5])
def test_answer_that_is_cut_or_odd_is_no_hold(robot, raw_server, answer):
    """Python's own exit code of a failure, 1, says that it is on hold."""
    done = robot('--most', '1', '--failed', '9', '--of', '9',
                 PRODWORKFLOW_URL=raw_server(answer))
    assert (done.code, done.out) == (2, '')
    assert 'Traceback' not in done.err
