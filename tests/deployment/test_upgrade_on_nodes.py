"""An upgrade that is killed at any statement is taken up again, and whole.

Meanwhile every node says that the environment needs it. `--every=N` strikes
at every n-th statement only.
"""

from __future__ import annotations

import io
import itertools
import os
import subprocess
import sys

import pytest
from trac.env import Environment
from trac.web.main import dispatch_request

from prodworkflow.api import CampaignSystem
from support import first_release_schema
from support.campaigns import NAME
from support.database_servers import Sqlite
from support.deployment import KINDS, TESTS, tracebacks
from support.environment_copies import copied, OPTIONS


@pytest.fixture(scope='module', params=KINDS)
def server(request):
    return (Sqlite() if request.param == 'sqlite'
            else request.getfixturevalue('shared'))


@pytest.fixture(scope='module')
def old(server, tmp_path_factory):
    """An environment of the first release, to be copied."""
    path = tmp_path_factory.mktemp('old') / 'env'
    env = Environment(str(path), create=True, options=[
        *(o for o in OPTIONS if o[1] != 'prodworkflow.*'),
        ('trac', 'database', server.new()), ('logging', 'log_type', 'none')])
    first_release_schema.restore(env)
    env.config.set('components', 'prodworkflow.*', 'enabled')
    env.config.save()
    env.shutdown()
    return path


@pytest.fixture(scope='module')
def upgrade(tmp_path_factory):
    """Upgrades an environment, killed at a statement; how it ended."""
    orders = tmp_path_factory.mktemp('orders') / 'orders.json'
    with subprocess.Popen(
            [sys.executable, '-W', 'ignore', '-m',
             'support.fault_injection'], cwd=TESTS,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ,
                 'PRODWORKFLOW_TEST_ORDERS': str(orders)}) as made:
        def run(path, number):
            made.stdin.write(f'{number} {path}\n')
            made.stdin.flush()
            return int(made.stdout.readline()), orders.with_suffix('.struck')
        yield run
        made.stdin.close()


def ask(path):
    """Status and page of the gate, as a worker that starts now answers."""
    said, written = [], []

    def start(status, headers, exc_info=None):
        said.append(status)
        return written.append
    body = dispatch_request({
        'trac.env_path': str(path), 'wsgi.run_once': True,
        'REQUEST_METHOD': 'GET', 'PATH_INFO': f'/campaign/{NAME}/gate',
        'SCRIPT_NAME': '', 'QUERY_STRING': '', 'SERVER_NAME': 'localhost',
        'SERVER_PORT': '80', 'wsgi.url_scheme': 'http',
        'REMOTE_ADDR': '127.0.0.1', 'HTTP_HOST': 'localhost',
        'wsgi.input': io.BytesIO(), 'wsgi.errors': io.StringIO()}, start)
    page = b''.join([*body, *written]).decode()
    return int(said[0][:3]), page


def test_a_killed_upgrade_loses_nothing(server, old, upgrade, tmp_path,
                                        request):
    every = request.config.getoption('every')
    for number in itertools.count(1, every):
        path = tmp_path / f'env{number}'
        uri = copied(server, old, path)
        code, struck = upgrade(path, number)
        assert code in (0, -9)
        status, page = ask(path)
        assert not tracebacks(page)
        if status == 409:  # struck after the last commit, or not at all
            assert code == 0 or struck.exists()
        else:
            assert status == 500
            assert 'needs to be upgraded' in page, struck.read_text()
            assert upgrade(path, 0)[0] == 0
            assert ask(path)[0] == 409
        env = Environment(str(path))
        assert CampaignSystem(env).check(None, False, 'root') == []
        assert [a.requirement.key for a
                in CampaignSystem(env).queries.decision(
            NAME).launch.answers if a.met] == [
            'feature-freeze', 'software-quality', 'resources-estimate',
            'release-validated']
        env.shutdown()
        server.drop(uri)
        if code == 0:
            break
    print(f'{server.name}: killed {(number - 1) // every} times')
    assert number > 20
