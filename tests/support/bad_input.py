"""Bad input: one served environment for many cases, none of which changes it.

`attacked_site` is made once a module: a plain campaign and one that asks for
evidence, served over real HTTP.  What a case may leave behind is a `refused`
entry in a ledger, with the campaign's revision and head, and nothing else.
"""

from __future__ import annotations

import re
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote
from wsgiref.util import setup_testing_defaults

import pytest
from trac.admin import console
from trac.db.api import DatabaseManager
from trac.env import Environment
from trac.web.main import dispatch_request

from prodworkflow.api import CampaignRequest, CampaignSystem
from prodworkflow.domain.template.versions import TemplateDraft
from support.campaigns import CONTACTS, FULL, FULL_CONTACTS, FULL_TEXT, NAME
from support.environment import serving
from support.environment_copies import copied
from support.http_client import Answer, Client

CALM = {'session', 'session_attribute', 'auth_cookie', 'cache', 'system'}
TRACES = re.compile(r'Traceback \(most recent|Internal Error|'
                    r'python-traceback|<module>')
FOLLOWED = ('href', 'src', 'action', 'formaction', 'data', 'srcdoc')


class Dangers(HTMLParser):
    """What a browser would run of a page that an attacker wrote."""

    def __init__(self):
        super().__init__()
        self.found, self.script = [], False

    @classmethod
    def of(cls, page):
        reader = cls()
        reader.feed(page)
        return reader.found

    def handle_starttag(self, tag, attrs):
        self.script = tag == 'script'
        self.found += [(tag, name, value) for name, value in attrs
                       if (name.startswith('on') and 'alert(' in value)
                       or (name in FOLLOWED and (value or '').strip().lower()
                           .startswith('javascript:'))]

    def handle_data(self, data):
        if self.script and re.match(r'\s*alert\(', data):
            self.found.append(('script', '', data))


@dataclass
class AttackedSite:
    """An environment, its site, and what is stored in it."""

    env: Any
    site: str
    tickets: dict
    full: dict
    clients: dict = field(default_factory=dict)
    columns: dict = field(default_factory=dict)
    calm: dict = field(default_factory=dict)

    @property
    def system(self):
        return CampaignSystem(self.env)

    def client(self, user=None):
        """The client of a user, logged in once."""
        if user not in self.clients:
            self.clients[user] = Client(self.site, user)
            self.clients[user].get('/about')
        return self.clients[user]

    def get(self, path, user='coordinator'):
        return self.client(user).get(path)

    def post(self, path, fields, user='coordinator', headers=()):
        return self.client(user).post(path, fields, headers)

    def send(self, path, data=None, method='POST', user='coordinator',
             headers=()):
        """Send bytes as they are."""
        return self.client(user)._open(urllib.request.Request(
            self.site + path, data, dict(headers), method=method))

    def by_wsgi(self, method, where, query=''):
        """What a server that passes on every method gets as an answer."""
        environ = {'REQUEST_METHOD': method, 'PATH_INFO': unquote(where),
                   'QUERY_STRING': query, 'trac.env_path': self.env.path,
                   'REMOTE_USER': 'coordinator'}
        setup_testing_defaults(environ)
        told = []
        body = dispatch_request(environ, lambda status, *_: told.append(
            status) or told.append)
        return int(told[0][:3]), b''.join(
            part for part in [*told[1:], *(body or ())]
            if isinstance(part, bytes)).decode()

    def stored(self):
        """All rows by table, but sessions and what was refused."""
        if not self.columns:
            manager = DatabaseManager(self.env)
            self.columns.update(
                (table, manager.get_column_names(table))
                for table in manager.get_table_names() if table not in CALM)
        with self.env.db_query as db:  # a connection for all of them
            return {table: sorted(map(repr, _lasting(
                table, names, db(f'SELECT * FROM {table}'))))
                for table, names in self.columns.items()}


def _lasting(table, names, rows):
    """The rows of a table, without what a refusal may leave in it."""
    if table == 'prodworkflow_ledger':
        return [r for r in rows if r[names.index('verb')] != 'refused']
    if table == 'prodworkflow_campaign':
        drop = {names.index('revision'), names.index('head')}
        return [tuple(v for i, v in enumerate(r) if i not in drop)
                for r in rows]
    return rows


@pytest.fixture(scope='module')
def attacked_site(made_once, database, tmp_path_factory):
    """Two campaigns and a kept template, served; nothing may change them."""
    path = tmp_path_factory.mktemp('attacked') / 'trac'
    uri = copied(database, made_once, path)
    env = Environment(str(path))
    system = CampaignSystem(env)
    tickets = dict(zip(CONTACTS, system.create(
        CampaignRequest(NAME, 'path-to-production', contacts=CONTACTS),
        'coordinator')))
    full = dict(zip(FULL_CONTACTS, system.create(
        CampaignRequest(FULL, 'full', 'V1', '2030-01-31',
                        contacts=FULL_CONTACTS,
                        template_text=FULL_TEXT), 'coordinator')))
    system.templates.save(TemplateDraft('mine', FULL_TEXT, 'To begin with.'),
                          'coordinator')
    env.config.set('components', 'tracticketrpc.*', 'enabled')
    env.config.save()
    with serving(path) as site:
        yield AttackedSite(env, site, tickets, full)
    env.shutdown()
    database.drop(uri)


@pytest.fixture
def unchanged_site(attacked_site):
    """Fails where a case leaves something behind."""
    before = attacked_site.calm or attacked_site.stored()
    yield attacked_site
    after = attacked_site.calm = attacked_site.stored()
    changed = [t for t in before if before[t] != after[t]]
    assert not changed, [set(after[t]) ^ set(before[t]) for t in changed]


@pytest.fixture
def refused(unchanged_site):
    """Asserts that an answer is a calm 4xx that runs nothing."""
    def check(answer: Answer, *statuses, typed=''):
        assert 400 <= answer.status < 500, (answer.status, answer.text[:2000])
        assert not statuses or answer.status in statuses, answer.status
        calm(answer, typed)
        return answer
    return check


@pytest.fixture
def refused_command(unchanged_site, capsys):
    """Runs a trac-admin command that must be refused; its message."""
    def run(*args, code=2):
        capsys.readouterr()
        found = console.run([unchanged_site.env.path, *args])
        out, err = capsys.readouterr()
        assert found == code, (found, out, err)
        assert not TRACES.search(out + err), err
        return err
    return run


def calm(answer, typed=''):
    """No 5xx, no traceback, no markup of the attacker's, no new header."""
    assert answer.status < 500, (answer.status, answer.text[:3000])
    assert not TRACES.search(answer.text), answer.text[:3000]
    assert 'X-Evil' not in answer.headers
    assert 'evil=1' not in str(answer.headers)
    if 'html' in answer.headers.get('Content-Type', 'html'):
        assert not Dangers.of(answer.text)
    if '<' in typed and not answer.headers.get(
            'Content-Type', '').startswith('application/json'):
        assert typed not in answer.text
