"""In a Trac that was just made, with mail on, every contact hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from trac.admin import console
from trac.env import Environment
from trac.util.datefmt import datetime_now, utc

from prodworkflow import demo
from support.campaigns import NAME
from support.environment import serving
from support.environment_copies import forget
from support.http_client import Client, words_of
from support.mail_servers import Mailbox

# An address of the session, a login that is one, a member of a group, and one
# who gets the domain of the site.
CONTACTS = {'feature-freeze': 'anna', 'software-quality': 'carla@example.org',
            'resources-estimate': '@core', 'release-validated': 'frank'}
SETTINGS = [('components', 'prodworkflow.loading.*', 'disabled'),
            ('notification', 'smtp_enabled', 'enabled'),
            ('notification', 'smtp_server', '127.0.0.1'),
            ('notification', 'smtp_default_domain', 'site.example.org')]
USERS = [('anna', 'Anna', 'anna@example.org'), ('carla@example.org',),
         ('dora', 'Dora', 'dora@example.org'), ('frank',),
         ('edda', 'Edda', 'edda@example.org'), ('coordinator',)]
FIRST = ['anna@example.org', 'carla@example.org', 'dora@example.org',
         'frank@site.example.org']


@pytest.fixture
def fresh(tmp_path, database, unused_tcp_port_number):
    """Runs trac-admin in such a Trac, made by it; with its mailbox."""
    path = tmp_path / 'fresh'

    def run(*args):
        assert console.run([str(path), *args]) == 0, args
    run('initenv', 'Fresh', database.new())
    for setting in (*SETTINGS, ('notification', 'smtp_port',
                                str(unused_tcp_port_number))):
        run('config', 'set', *setting)
    run('config', 'set', 'components', 'prodworkflow.*', 'enabled')
    run('upgrade')
    for user in USERS:
        run('session', 'add', *user)
    run('permission', 'add', 'dora', 'core')
    run('permission', 'add', 'coordinator', 'TRAC_ADMIN')
    (path / 'conf' / 'demo.htpasswd').write_text(
        f'coordinator:{demo.md5crypt("coordinator", "salt", "$apr1$")}\n')
    env = Environment(str(path))
    box = Mailbox(env)
    server = Controller(box, '127.0.0.1', unused_tcp_port_number)
    server.start()
    yield path, run, box
    server.stop()
    env.shutdown()
    forget(path)


def by_command(path, run):
    run('campaign', 'create', NAME, '--template=path-to-production',
        '--release=V1', *(f'--contact={key}:{who}'
                          for key, who in CONTACTS.items()))


def by_web(path, run):
    with serving(path) as address:
        page = Client(address, 'coordinator')
        page.get('/admin/production/campaigns')
        answer = page.post('/admin/production/campaigns', {
            'template': 'path-to-production', 'name': NAME, 'release': 'V1',
            'fields_of': 'path-to-production', 'create': 'Create',
            **{f'contact:{key}': who for key, who in CONTACTS.items()}})
        assert answer.status == 200, words_of(answer)


def told(box):
    """Who got a mail since it was asked last, and its subject."""
    found = sorted((*m.recipients, m['Subject']) for m in box.mails)
    box.mails.clear()
    return found


@pytest.mark.parametrize('create', [by_command, by_web])
def test_every_contact_hears_of_a_new_campaign_and_its_holds(fresh, create):
    path, run, box = fresh
    create(path, run)
    others = [(who, subject) for who, subject in told(box)
              if not who.startswith('coordinator')]
    assert others == [(who, f'[{NAME}] 1 sign-off waits for you')
                      for who in FIRST]
    today = datetime_now(utc).date()
    run('campaign', 'deputy', 'edda', 'for', 'anna',
        f'{today}..{today + timedelta(7)}')
    told(box)
    run('campaign', 'hold', NAME, '--reason=A leak.')
    assert told(box) == [(who, f'[{NAME}] on hold') for who in (
        'carla@example.org', 'coordinator@site.example.org',
        'dora@example.org', 'edda@example.org', 'frank@site.example.org')]
