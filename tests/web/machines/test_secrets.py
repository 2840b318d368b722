"""Secrets of tokens: shown once, and to be found nowhere afterwards."""

from __future__ import annotations

import logging
import re
from urllib.parse import quote

import pytest
from trac.db.api import DatabaseManager

from prodworkflow.domain.model.machines.token import hash_of
from prodworkflow.gateways.clock import now
from support.campaigns import NAME
from support.http_client import Client
from support.tokens import Machine

PAGE = f'/campaign/{quote(NAME)}'
ADDRESSES = (f'{PAGE}/gate', f'{PAGE}/feed', '/campaign/due.ics', PAGE,
             '/campaign/%c0%af/gate', '/campaign/api/v1/campaigns')
PANEL = '/prefs/production-tokens'
JSON = [('Content-Type', 'application/json')]
API = f'/campaign/api/v1/campaigns/{quote(NAME)}'


class Everything(logging.Handler):
    """Keeps all that is logged, at any level, with its traceback."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter(
            '%(name)s %(levelname)s %(message)s'))
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def heard(env):
    """What is logged while the test runs, by whomever, at all levels."""
    env.config.set('logging', 'log_level', 'DEBUG')
    env.config.save()
    handler = Everything()
    logs = env.log, logging.getLogger()
    for log in logs:
        log.addHandler(handler)
    yield handler.lines
    for log in logs:
        log.removeHandler(handler)


def _quoted(env, table):
    with env.db_query as db:
        return db.quote(table)


def dump(env, path):
    """The whole database as text, as a backup holds it."""
    tables = DatabaseManager(env).get_table_names()
    rows = [str(env.db_query(f'SELECT * FROM {_quoted(env, t)}'))
            for t in tables]
    assert len(rows) > 20
    return '\n'.join(rows) + ''.join(
        file.read_bytes().decode('latin-1')
        for file in path.glob('db/*') if file.is_file())


def state_of(env):
    """All that requests could change, but for the last use of tokens."""
    tables = ('prodworkflow_ledger', 'prodworkflow_campaign', 'ticket',
              'ticket_change', 'attachment', 'prodworkflow_event', 'session')
    return {table: env.db_query(f'SELECT * FROM {table}') for table in tables}


def post(sent, path, body=b'{"reason": "Jobs fail.", "values": {}}'):
    return sent.send(path, 'POST', body, JSON)


def acts(key):
    """The addresses where machines change something."""
    return f'{API}/requirements/{key}/evidence', f'{API}/hold'


def test_secret_is_in_no_log_no_page_and_no_backup(
        campaign, env, heard, path, client, site):
    """Whatever is asked with it, right or wrong."""
    anna = client('anna')
    page = anna.post(PANEL, {
        'make': '1', 'name': 'nightly',
        'scope': ['gate:read', 'feed:read', 'hold', 'evidence:write']})
    secret, = re.findall('pwf_[0-9]+_[A-Za-z0-9_-]{43}', page.text)
    random = secret.split('_', 2)[2]
    for header in (f'Bearer {secret}', f'Bearer {secret}x',
                   f'Bearer {secret}, Bearer {secret}', f'bearer  {secret}'):
        for address in ADDRESSES:
            assert random not in Machine(site, header).send(address).text
            assert random not in post(Machine(site, header), address).text
    for address in (PANEL, PAGE, '/campaign', '/timeline', '/ticket/1',
                    f'{PAGE}/feed', '/about'):
        assert random not in anna.get(address).text
    assert any('Dispatching' in line for line in heard)
    assert [line for line in heard if random in line] == []
    stored = dump(env, path)
    assert hash_of(secret) in stored
    assert random not in stored


def test_secret_is_in_no_address_so_that_no_referrer_has_it(campaign, client,
                                                           site):
    """Its page is the answer to the form, at an address of its own."""
    anna = Client(site, 'anna', follow=False)
    page = anna.post(PANEL, {'make': '1', 'scope': 'hold'})
    secret, = re.findall('pwf_[0-9]+_[A-Za-z0-9_-]{43}', page.text)
    assert (page.status, page.url) == (200, f'{site}{PANEL}')
    assert 'Location' not in page.headers
    for attribute in re.findall(r'(?:href|src|action)="[^"]*"', page.text):
        assert secret not in attribute


def test_token_in_an_address_is_refused_and_not_repeated(
        campaign, heard, site, token):
    """It would count for nothing, and whoever sent it would not know."""
    secret = token('gate:read, feed:read').secret
    machines = [Machine(site), Machine(site, f'Bearer {secret}'),
                Machine(site, 'Bearer x')]
    asked = [(f'{PAGE}/gate', 'stage'), (f'{PAGE}/feed', 'token'),
             ('/campaign/due.ics', 'campaign'), (PAGE, 'token'),
             ('/campaign/api/v1/campaigns', 'access_token')]
    for address, word in asked:
        for machine in machines:
            reply = machine.send(f'{address}?{word}={secret}')
            assert reply.status == 400
            assert 'in the header "Authorization: Bearer' in reply.problem
            assert secret not in reply.text
    told = [line for line in heard if secret in line]
    assert all('DEBUG Dispatching' in line for line in told)


def test_token_in_an_address_is_refused_whatever_the_cookies(campaign, site,
                                                             token):
    reply = Machine(site).send(f'{PAGE}/gate?token={token().secret}',
                               headers=[('Cookie', 'a\x01b=c')])
    assert reply.status == 400
    assert 'pwf_' not in reply.text


def test_token_in_an_address_is_refused_however_it_is_escaped(campaign, site,
                                                              token):
    secret = token().secret
    for sign, escaped in (('_', '%5F'), ('p', '%70'), ('-', '%2d')):
        query = secret.replace(sign, escaped)
        assert Machine(site).send(f'{PAGE}/gate?x={query}').status == 400


def test_what_is_no_token_is_left_in_an_address(campaign, site):
    for query in ('token=pwf_1_short', 'q=pwf_', 'x=%E2%82%AC'):
        assert Machine(site).send(f'{PAGE}/gate?{query}').status == 409


def test_traceback_of_a_failing_request_shows_no_secret(
        campaign, env, heard, machine, token):
    """An administrator, too, is shown no variables of a machine's request."""
    made = token('gate:read', owner='coordinator')
    env.db_transaction('DROP TABLE prodworkflow_requirement')
    reply = machine(secret=made.secret).send(f'{PAGE}/gate')
    assert reply.status in (500, 503)
    assert reply.problem
    assert 'Traceback' not in reply.text
    told = reply.text + '\n'.join(heard)
    assert made.secret.split('_', 2)[2] not in told


@pytest.mark.parametrize('why', ['revoked', 'expired', 'changed'])
def test_worthless_token_changes_nothing(campaign, env, system, machine,
                                         token, why):
    made = token('gate:read,evidence:write,hold,feed:read')
    secret = made.secret
    if why == 'revoked':
        system.tokens.revoke(str(made.token.id))
    elif why == 'expired':
        env.db_transaction('UPDATE prodworkflow_token SET expires=%s',
                           (now(),))
    else:
        secret = f'{secret[:-1]}{"a" if secret[-1] != "a" else "b"}'
    before = state_of(env)
    for address in acts('feature-freeze'):
        reply = post(machine(secret=secret), address)
        assert reply.status == 401
        assert reply.headers['WWW-Authenticate'].startswith('Bearer')
        assert reply.problem
    assert state_of(env) == before


@pytest.mark.parametrize(('scopes', 'more'), [
    pytest.param('gate:read,feed:read', {}, id='another scope'),
    pytest.param('evidence:write,hold', {'campaign': 'Other'},
                 id='another campaign'),
    pytest.param('evidence:write', {'campaign': NAME,
                                    'requirement': 'software-quality'},
                 id='another requirement')])
def test_token_for_something_else_changes_nothing(create, env, machine,
                                                  scopes, more):
    create()
    create('Other')
    sent = machine(scopes, **more)
    before = state_of(env)
    for address in acts('feature-freeze'):
        reply = post(sent, address)
        assert reply.status in (403, 404)
        assert reply.problem
    assert state_of(env) == before


def test_nothing_is_changed_by_get_or_without_a_token(campaign, env, site,
                                                      machine):
    sent = machine('gate:read,evidence:write,hold,feed:read')
    before = state_of(env)
    for address in (*ADDRESSES, *acts('feature-freeze')):
        sent.send(address)
        assert sent.send(f'{address}?reason=x&_method=POST').status < 500
        assert post(Machine(site), address).status >= 400
    assert state_of(env) == before
