"""The recipes for closed sites: nginx and Apache, as the page has them.

Each is started with exactly the text of `docs/administration/tokens.rst`; only
addresses and paths are filled in.
"""

from __future__ import annotations

import base64
import os
import random
import re
import shutil
import tempfile
import textwrap
from pathlib import Path
from urllib.parse import quote

import pytest

from prodworkflow.api import CampaignRequest, CampaignSystem, TokenRequest
from support.campaigns import CONTACTS, NAME
from support.deployment import Deployment, free_port, need, PATH
from support.tokens import Machine

PAGE = (Path(__file__).parents[2] / 'docs' / 'administration'
        / 'tokens.rst').read_text(encoding='utf-8')
GATE = f'/campaign/{quote(NAME)}/gate'
FEED = f'/campaign/{quote(NAME)}/feed'
API = '/campaign/api/v1/campaigns'
NOBODY = 'Bearer pwf_1_' + 'a' * 43
# What strangers send who would like to get past the password.
SMUGGLED = [
    '/', '/wiki', '/login', '/logout', '/roadmap', '/ticket/1', '/campaign',
    '/campaign/', '/campaign/My', f'/campaign/{quote(NAME)}',
    '//campaign/x/gate', '/campaign//x/gate', '//wiki', '/x/../wiki',
    '/campaign/../login', '/campaign/api/v1/../../../wiki',
    '/campaign/x/../../wiki', '/campaign/./x/gate',
    '/campaign/x/gate/../../..', '/campaign/%2e%2e/login',
    '/campaign/api/v1/..%2f..%2f..%2fwiki',
    '/campaign/api/v1/%2E%2E/%2e%2e/%2e%2e/wiki', '/campaign/x%2fgate',
    '/campaign/api/v1/..%5c..%5cwiki', '/login?x=/campaign/',
    '/login?/campaign/api/v1/', '/wiki?x=/campaign/x/gate',
    '/wiki;/campaign/api/v1/',
    '/Campaign/x/gate', '/campaigns/x/gate', '/campaign/x/gates',
    '/campaign/x/gate/', '/campaign/feeds', '/campaign/due.icsx',
    '/campaign/api/v2/', '/campaign/api', '/xcampaign/api/v1/',
    'http://trac.example.org/wiki']
FORGED = [('X-Remote-User', 'coordinator'), ('X_Remote_User', 'coordinator'),
          ('Remote-User', 'coordinator'), ('REMOTE_USER', 'coordinator'),
          ('SCRIPT_NAME', '/campaign/api/v1'), ('PATH_INFO', '/wiki'),
          ('X-Forwarded-User', 'coordinator')]
BOTH = ['nginx', 'apache']


def block(kind, number=0):
    """A recipe of the page, as an administrator copies it."""
    found = re.findall(
        rf'(?m)^\.\. code-block:: {kind}\n\n((?:    .*\n|\n)+)', PAGE)
    return textwrap.dedent(found[number])


def filled(text, **values):
    for placeholder, value in values.items():
        assert value[0] in text, placeholder
        text = text.replace(value[0], str(value[1]))
    return text


class ClosedSite(Deployment):
    """A closed Trac behind a web server that asks for passwords."""

    def closed_nginx(self, node):
        port = free_port()
        place = self.folder / 'nginx'
        place.mkdir()
        (place / 'site.conf').write_text(filled(
            block('nginx'), listen=('127.0.0.1:8080', f'127.0.0.1:{port}'),
            node=('127.0.0.1:8001', node),
            users=('/srv/trac/htpasswd', self.htpasswd)))
        temporary = ''.join(f'{kind}_temp_path {place}/{kind};\n' for kind in
                            ('client_body', 'proxy', 'fastcgi', 'uwsgi',
                             'scgi'))
        user = 'user root;' if os.getuid() == 0 else ''
        (place / 'main.conf').write_text(
            f'{user}\npid {place}/pid;\nerror_log {place}/log;\n'
            'daemon off;\nworker_processes 1;\nevents {}\nhttp {\n'
            f'access_log off;\n{temporary}include {place}/site.conf;\n}}\n')
        self._start(place / 'out', [
            shutil.which('nginx', path=PATH), '-e', place / 'log', '-c',
            place / 'main.conf'], port)
        return f'http://127.0.0.1:{port}'

    def closed_apache(self, node):
        port = free_port()
        site = filled(
            block('apache'), listen=('127.0.0.1:8081', f'127.0.0.1:{port}'),
            node=('127.0.0.1:8001', node),
            users=('/srv/trac/htpasswd', self.htpasswd))
        modules = re.search('a2enmod ((?:[a-z_]+\\s+)*[a-z_]+)``', PAGE)
        return self.apache(port, site, modules[1].split())

    def apache(self, port, site, modules):
        """Start Debian's apache2 with a site, and these modules enabled."""
        place = self.folder / f'apache{port}'
        place.mkdir()
        who = ('User www-data\nGroup www-data\n' if os.getuid() == 0 else '')
        loaded = ['mpm_event', 'authn_core', 'authz_core', *modules]
        if 'proxy_http' in modules:
            loaded.append('proxy')
        lines = ''.join(
            f'LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so'
            '\n' for name in sorted(loaded, key=lambda n: n != 'proxy'))
        (place / 'apache.conf').write_text(
            f'ServerRoot {place}\nServerName localhost\n{who}'
            f'PidFile {place}/pid\nErrorLog {place}/log\n'
            f'DefaultRuntimeDir {place}\n{lines}{site}')
        self._start(place / 'out', [
            shutil.which('apache2', path=PATH), '-DFOREGROUND', '-f',
            place / 'apache.conf'], port)
        return f'http://127.0.0.1:{port}'


@pytest.fixture(scope='module')
def closed():
    """A closed Trac on SQLite, in a folder that www-data may read."""
    pytest.importorskip('gunicorn')
    need('nginx', 'apache2')
    folder = Path(tempfile.mkdtemp(prefix='closed-'))
    folder.chmod(0o755)
    made = ClosedSite(folder, 'sqlite:db/trac.db',
                      ('coordinator', 'anna', 'bruno'),
                      [('coordinator', 'TRAC_ADMIN')])
    yield made
    made.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope='module')
def secret(closed):
    """The secret of a token of anna's."""
    with closed.environment() as env:
        system = CampaignSystem(env)
        system.create(CampaignRequest(
            NAME, 'path-to-production', 'V1', contacts=CONTACTS),
            'coordinator')
        return system.tokens.add(TokenRequest(
            'anna', 'gate:read,feed:read,evidence:write')).secret


@pytest.fixture(scope='module')
def sites(closed, secret):
    """The addresses of both servers before one node."""
    node = closed.node('one', workers=1)
    return {'node': f'http://{node}', 'nginx': closed.closed_nginx(node),
            'apache': closed.closed_apache(node)}


@pytest.fixture(params=BOTH)
def site(request, sites):
    return sites[request.param]


def basic(user, password=None):
    word = base64.b64encode(f'{user}:{password or user}'.encode()).decode()
    return f'Basic {word}'


def asks_for_password(reply):
    """Whether the web server itself has refused, and shows nothing."""
    return (reply.status == 401
            and reply.headers['WWW-Authenticate'].startswith('Basic')
            and 'campaign' not in reply.text.lower())


def test_stranger_is_asked_for_a_password_everywhere(site):
    for address in [*SMUGGLED, GATE, FEED, API, '/campaign/due.ics']:
        assert asks_for_password(Machine(site).send(address)), address


@pytest.mark.parametrize('header', [
    pytest.param(NOBODY, id='a token'), pytest.param('Bearer x', id='a word'),
    pytest.param('bearer x', id='in small letters')])
def test_stranger_with_a_token_gets_past_it_nowhere_else(site, header):
    for address in SMUGGLED:
        assert asks_for_password(Machine(site, header).send(address)), address


def test_whatever_a_stranger_writes_one_of_two_checks_meets_it(site):
    """Of addresses drawn at random: a password, or the token, is asked for."""
    draw = random.Random(19)
    parts = ['campaign', 'api', 'v1', '..', '.', '%2e%2e', '%2E.', '%2f',
             '%5c', '%00', '%', '', 'wiki', 'login', 'gate', 'feed', 'x',
             'due.ics', ';', '%3f', '%c0%af']
    for _ in range(400):
        path = '/' + '/'.join(draw.choices(parts, k=draw.randint(1, 7)))
        if draw.random() < .6:
            path = f'/campaign{path}'
        reply = Machine(site, NOBODY).send(path)
        asked = (reply.headers['WWW-Authenticate'] or '').partition(' ')[0]
        if asked == 'Bearer':
            assert reply.problem == 'There is no such token.'
        elif asked != 'Basic':  # by the server itself, before all else
            assert reply.status in (400, 404), path
            assert re.search('(?i)<center>nginx|requested URL was not found|'
                             'could not understand', reply.text), path


def test_stranger_with_a_token_meets_the_token_check(site):
    for address in (GATE, FEED, API, '/campaign/due.ics', '/campaign/feed',
                    '/campaign/metrics', f'{GATE}?at=//..',
                    '/campaign/api/v1/nonsense'):
        reply = Machine(site, NOBODY).send(address)
        assert reply.status == 401, address
        assert reply.headers['WWW-Authenticate'].startswith('Bearer')
        assert reply.problem == 'There is no such token.'


def test_token_reaches_gate_feed_and_nothing_else(site, secret):
    sent = Machine(site, f'Bearer {secret}')
    assert sent.send(GATE).status == 409
    assert '"campaign": "2011 Prod"' in sent.send(GATE).text
    assert sent.send(FEED).status == 200
    for address in SMUGGLED:
        assert asks_for_password(sent.send(address)), address


@pytest.mark.parametrize('header', [
    pytest.param('Bearer', id='no secret'),
    pytest.param('Bearer x y', id='two words'),
    pytest.param('Bearer x /campaign/api/v1/', id='an address in it'),
    pytest.param('Bearer x, Bearer y', id='two in one'),
    pytest.param('Token x', id='another scheme'),
    pytest.param(basic('anna', 'wrong'), id='a wrong password')])
def test_header_that_is_no_token_is_asked_for_a_password(site, header):
    for address in (GATE, API, '/wiki'):
        reply = Machine(site, header).send(address)
        assert asks_for_password(reply), address


@pytest.mark.parametrize('name', sorted({name for name, _ in FORGED}))
def test_nobody_names_themselves(site, secret, name):
    """A login comes from a password alone, and a token has its owner's."""
    forged = [pair for pair in FORGED if pair[0] == name]
    assert asks_for_password(Machine(site).send('/admin', headers=forged))
    for address in (GATE, API, f'{API}/x/requirements/wiki'):
        reply = Machine(site, NOBODY).send(address, headers=forged)
        assert (reply.status, reply.problem) == (
            401, 'There is no such token.'), address
    reply = Machine(site, basic('anna')).send('/admin/general/perm',
                                              headers=forged)
    assert reply.status in (403, 404)
    assert Machine(site, f'Bearer {secret}').send(
        GATE, headers=forged).status == 409


def test_password_and_token_together_are_refused(site, secret):
    """In either order: what two say, nobody has said."""
    for first, second in ((basic('anna'), f'Bearer {secret}'),
                          (f'Bearer {secret}', basic('coordinator'))):
        reply = Machine(site, first).send(GATE, headers=[
            ('Authorization', second)])
        assert reply.status in (400, 401)
        assert '"campaign"' not in reply.text


def test_login_of_the_web_server_adds_nothing_to_a_token(sites, secret):
    """REMOTE_USER beside a token, as a web server set up otherwise sends it.
    """
    beside = [('X-Remote-User', 'coordinator')]
    node = sites['node']
    assert 'logged in as' in Machine(node).send('/campaign', 'GET', None,
                                                beside).text
    for address, status in ((GATE, 409), ('/campaign', 403), (
            '/campaign/api/v1/templates', 403)):
        sent = Machine(node, f'Bearer {secret}')
        assert sent.send(address, headers=beside).status == status
        assert Machine(node, NOBODY).send(address,
                                          headers=beside).status == 401


def test_people_come_in_by_their_passwords_as_before(site):
    anna = Machine(site, basic('anna'))
    assert 'logged in as' in anna.send('/campaign').text
    assert anna.send(GATE).status == 409
    assert anna.send('/wiki').status in (200, 404)
    assert asks_for_password(Machine(site, basic('anna', 'x')).send(GATE))


def test_large_headers_are_refused_by_somebody(site):
    for size in (9_000, 1_000_000):
        try:
            reply = Machine(site, 'Bearer ' + 'a' * size).send(GATE)
        except (BrokenPipeError, ConnectionResetError):
            continue  # the server hung up before it had read it all
        assert 400 <= reply.status < 500


def test_mod_wsgi_passes_the_token_on_and_believes_no_header(closed):
    """The recipe for mod_wsgi, with an application that tells what it got.

    Debian's mod_wsgi runs Debian's Python, which has no Trac.
    """
    script = closed.folder / 'trac.wsgi'
    script.write_text(textwrap.dedent("""\
        def application(environ, start_response):
            told = '{}|{}|{}'.format(
                environ.get('REMOTE_USER'), environ.get('HTTP_AUTHORIZATION'),
                environ['PATH_INFO'])
            start_response('200 OK', [('Content-Type', 'text/plain')])
            return [told.encode()]
        """))
    port = free_port()
    wsgi = filled(block('apache', 1),
                  script=('/srv/trac/trac.wsgi', script))
    site = filled(
        re.sub(r'(?m)^ *(RequestHeader|Proxy).*\n', '', block('apache')),
        listen=('127.0.0.1:8081', f'127.0.0.1:{port}'),
        users=('/srv/trac/htpasswd', closed.htpasswd),
        wsgi=('</VirtualHost>', f'{wsgi}\n<Directory {closed.folder}>\n'
              'Require all granted\n</Directory>\n</VirtualHost>'))
    address = closed.apache(port, site, [
        'auth_basic', 'authn_file', 'authz_user', 'setenvif', 'wsgi'])
    for name, value in FORGED:
        told = Machine(address, 'Bearer abc').send(GATE, headers=[
            (name, value)])
        assert told.text == f'None|Bearer abc|/campaign/{NAME}/gate'
    told = Machine(address, basic('anna')).send('/wiki').text
    assert told.startswith('anna|Basic ')
    for path in SMUGGLED:
        assert asks_for_password(Machine(address, 'Bearer abc').send(path))
