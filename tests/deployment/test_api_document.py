"""The served OpenAPI document against the handlers, by schemathesis.

Asked as an administrator, a contact, a token and a stranger: no answer departs
from the document, and none is a failure of the server.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from support.api_client import ROOT
from support.campaigns import FULL

pytest.importorskip('schemathesis')
# Those of the rules, of Trac's tickets and of If-Match, for what is well
# formed; and of a token, a person or a stranger who may not.
# OpenAPI cannot say that a file needs ?filename=: 415.
TAKEN = [200, 201, 304, 400, 401, 403, 404, 409, 412, 415, 422]
REFUSED = [400, 401, 403, 404, 405, 406, 409, 411, 412, 413, 415, 422]
THOROUGH = ('contact', 'token')
CONFIG = '''
base-url = "{url}"
workers = 1
request-timeout = 60
[generation]
database = "none"
deterministic = {deterministic}
[parameters]
"path.name" = "{name}"
"path.key" = "memory-leaks"
{more}
[checks.positive_data_acceptance]
expected-statuses = {taken}
[checks.negative_data_rejection]
expected-statuses = {refused}
'''


@pytest.fixture
def who(request, full, api, token):
    """Headers and parameters of whoever asks, by what they are."""
    if request.param == 'stranger':
        return {}, {}
    if request.param == 'token':
        secret = token('gate:read,evidence:write,hold').secret
        return {'Authorization': f'Bearer {secret}'}, {}
    asking = api({'administrator': 'coordinator'}.get(request.param, 'anna'))
    cookies = '; '.join(f'{c.name}={c.value}' for c in asking.client.jar)
    return {'Cookie': cookies}, {
        'header.X-Trac-Form-Token': asking.form_token}


@pytest.mark.parametrize('who', ['administrator', 'contact', 'token',
                                 'stranger'], indirect=True)
def test_answers_are_as_the_document_says(who, site, tmp_path, request):
    headers, parameters = who
    role = request.node.callspec.params['who']
    budget = int(request.config.getoption('--seconds')) // 4
    long = budget > 15
    config = tmp_path / 'schemathesis.toml'
    config.write_text(CONFIG.format(
        url=site + ROOT, deterministic=json.dumps(not long), name=FULL,
        taken=TAKEN, refused=REFUSED,
        more='\n'.join(f'{json.dumps(k)} = {json.dumps(v)}'
                       for k, v in parameters.items())))
    # A session's cookies go along as a header, even where none is meant to.
    left_out = ['--exclude-checks', 'ignored_auth'] if parameters else []
    much = ['--max-time', str(budget)] if long else ['--max-examples', '2']
    # The edges of everything take the longest, and are the same for all.
    phases = ['coverage'] if long or role in THOROUGH else []
    done = subprocess.run(
        [sys.executable, '-m', 'schemathesis.cli', '--config-file',
         str(config), '--no-color', 'run', f'{site}{ROOT}/openapi.json',
         '--checks', 'all', *left_out, *much, '--continue-on-failure',
         '--no-shrink', '--suppress-health-check', 'all',
         '--phases', ','.join([*phases, 'fuzzing']),
         *(part for name, value in headers.items()
           for part in ('-H', f'{name}:{value}'))],
        cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
