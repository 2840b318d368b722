"""What is built where Babel is not at hand works, and speaks English."""

from __future__ import annotations

import pytest

from support.builds import compiled, no_babel, run, sources

__all__ = ['no_babel', 'sources']

PAGE = '''
import sys
from io import BytesIO
from wsgiref.util import setup_testing_defaults
from trac.web.main import dispatch_request
environ = {'trac.env_path': sys.argv[1], 'PATH_INFO': sys.argv[2],
           'HTTP_ACCEPT_LANGUAGE': 'it', 'wsgi.input': BytesIO()}
setup_testing_defaults(environ)
def start(status, headers, error=None):
    print(status)
    return lambda part: print(part.decode())
for part in dispatch_request(environ, start):
    print(part.decode())
'''
ADMIN = ('import sys; from trac.admin.console import run; '
         'sys.exit(run(sys.argv[1:]))')


@pytest.fixture
def built(sources, no_babel, tmp_path):
    """The folder of what a wheel would hold, built without Babel."""
    folder = tmp_path / 'built'
    run(['setup.py', '-q', 'build', '--build-lib', folder], sources, no_babel)
    return folder


def test_a_build_without_babel_works_and_speaks_english(
        built, no_babel, tmp_path):
    names = [str(p.relative_to(built)) for p in built.rglob('*')]
    assert 'prodworkflow/templates/prodworkflow_campaign.html' in names
    assert compiled(names) == set()
    site = tmp_path / 'site'

    def python(code, *words):
        return run(['-c', code, str(site), *words], tmp_path, no_babel, built,
                   LANGUAGE='it')
    python(ADMIN, 'initenv', 'Site', 'sqlite:db/trac.db')
    python(ADMIN, 'config', 'set', 'trac', 'default_language', 'it')
    python(ADMIN, 'config', 'set', 'components', 'prodworkflow.*', 'enabled')
    python(ADMIN, 'upgrade')
    python(ADMIN, 'campaign', 'create', 'Round', '--release=V1',
           '--start=2099-01-05')
    assert 'Not ready: ' in python(ADMIN, 'campaign', 'list')
    page = python(PAGE, '/campaign/Round')
    assert page.startswith('200')
    assert 'Not ready: ' in page
    assert 'prodworkflow/messages' not in page
