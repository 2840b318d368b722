"""Without Babel, which Trac does not need, the plugin speaks English."""

from __future__ import annotations

import subprocess
import sys

import pytest

from support.campaigns import NAME

# Asks for the page at a path, in Italian, where Babel cannot be imported.
ASKING = '''
import io, sys
sys.modules['babel'] = None
from trac.web.main import dispatch_request
from trac.util.translation import has_babel
assert not has_babel
folder, path = sys.argv[1:]
dispatch_request({
    'trac.env_path': folder, 'REQUEST_METHOD': 'GET', 'PATH_INFO': path,
    'SCRIPT_NAME': '', 'QUERY_STRING': '', 'SERVER_NAME': 'localhost',
    'SERVER_PORT': '80', 'SERVER_PROTOCOL': 'HTTP/1.1',
    'HTTP_ACCEPT_LANGUAGE': 'it', 'wsgi.url_scheme': 'http',
    'wsgi.version': (1, 0), 'wsgi.input': io.BytesIO(),
    'wsgi.errors': sys.stderr, 'wsgi.multithread': False,
    'wsgi.multiprocess': False, 'wsgi.run_once': True,
}, lambda status, headers, *_: print(status, flush=True) or (
    lambda data: sys.stdout.buffer.write(data)))
'''


@pytest.mark.parametrize(('place', 'said'), [
    (f'/campaign/{NAME}', '7 of 7 sign-offs missing'),
    (f'/campaign/{NAME}/meeting', 'Not ready'),
    ('/campaign', 'My sign-offs'), ('/roadmap', NAME),
    ('/ticket/1', 'anna')])
def test_pages_are_in_english_without_babel(campaign, env, place, said):
    done = subprocess.run([sys.executable, '-W', 'ignore', '-c', ASKING,
                           env.path, place], capture_output=True, check=False)
    page = done.stdout.decode()
    assert page.startswith('200 '), (page[:500], done.stderr.decode())
    assert said in page


def test_commands_are_in_english_without_babel(campaign, env):
    done = subprocess.run(
        [sys.executable, '-W', 'ignore', '-c',
         "import sys; sys.modules['babel'] = None\n"
         'from trac.admin.console import run; sys.exit(run(sys.argv[1:]))',
         env.path, 'campaign', 'show', NAME], capture_output=True,
        text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert 'Not ready: ' in done.stdout
