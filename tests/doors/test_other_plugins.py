"""Beside other plugins and all of tracopt, pages answer and doors hold.

By `--neighbours` the suites of the doors run beside them, too.
"""

from __future__ import annotations

import subprocess
import sys
from urllib.parse import quote

import pytest
from trac.core import ComponentMeta
from trac.util.datefmt import datetime_now, utc

from support import other_plugins
from support.campaigns import CONTACTS, NAME

PANELS = ('/admin/production/campaigns', '/admin/production/templates',
          '/admin/general/basics', '/admin/general/perm',
          '/admin/general/plugin', '/admin/ticket/milestones',
          '/admin/ticket/components')
PAGES = ('/', '/about', '/wiki', '/timeline', '/roadmap', '/report', '/query',
         '/newticket', '/search', '/prefs', '/admin', '/ticket/1', '/campaign',
         f'/campaign/{quote(NAME)}', f'/campaign/{quote(NAME)}/badge.svg',
         '/campaign/feed', '/campaign/due.ics', '/campaign/metrics',
         f'/milestone/{quote(f"{NAME}: 1. Software preparation")}', *PANELS)


@pytest.fixture
def other_plugins_loaded(request, env):
    """That the neighbours are really there, where they were asked for."""
    if request.config.getoption('--neighbours'):
        loaded = {cls.__module__.partition('.')[0]
                  for cls in ComponentMeta._components if env.is_enabled(cls)}
        assert {*other_plugins.PLUGINS, 'tracopt'} <= loaded


@pytest.mark.parametrize('page', PAGES)
def test_every_page_answers_beside_other_plugins(
        other_plugins_loaded, campaign, client, page):
    answer = client('coordinator').get(page)
    assert answer.status == 200
    assert 'Traceback' not in answer.text


def test_roadmap_panel_is_shown_beside_other_plugins(
        other_plugins_loaded, campaign, client):
    text = client('coordinator').get('/roadmap').text
    assert 'Not ready: 7 of 7 sign-offs missing' in text


# Loaded before us, as plugins are whose names come earlier in the alphabet.
FAILING = """
import sys
from trac.core import Component, implements
from trac.ticket.api import IMilestoneChangeListener, ITicketChangeListener

class Failing(Component):
    implements(IMilestoneChangeListener, ITicketChangeListener)

    def fail(self, *args):
        raise RuntimeError('a neighbour failed')

    milestone_created = milestone_changed = milestone_deleted = fail
    ticket_created = ticket_changed = ticket_deleted = fail

from trac.env import Environment
from trac.ticket.model import Milestone, Ticket
from trac.util.datefmt import datetime_now, utc

env = Environment(sys.argv[1])
try:
    DONE
except Exception as error:
    print(type(error).__name__)
"""


def beside_one_that_fails(env, *lines):
    """Do something beside a plugin whose listeners fail; what is raised."""
    env.config.set('components', '__main__.*', 'enabled')
    env.config.save()
    program = FAILING.replace('DONE', '\n    '.join(lines))
    return subprocess.run([sys.executable, '-W', 'ignore', '-c', program,
                           env.path], check=True, text=True,
                          capture_output=True, timeout=60).stdout


def test_stage_does_not_stay_closed_where_another_plugin_fails(
        campaign, env, stored, verbs):
    assert beside_one_that_fails(
        env, f"milestone = Milestone(env, '{NAME}: 2. Release validation')",
        'milestone.completed = datetime_now(utc)',
        "milestone.update('eve')") == 'TracRefusal\n'
    assert stored(2) == [False]
    assert verbs()[-1] == 'refused'


def test_reopened_ticket_reopens_its_stage_where_another_plugin_fails(
        campaign, env, sign, milestone, stored, gate, verbs):
    sign(*CONTACTS)
    first = milestone(1)
    first.completed = datetime_now(utc)
    first.update('anna')
    assert beside_one_that_fails(
        env, "ticket = Ticket(env, 1)", "ticket['status'] = 'reopened'",
        "ticket.save_changes('eve', 'No.')") == 'RuntimeError\n'
    assert not gate('1')
    assert stored(1) == [False]
    assert 'objected' in verbs()


def test_contact_with_an_unverified_mail_address_is_refused_like_a_stranger(
        request, campaign, env, client, gate, verbs, ticket):
    """The e-mail verification of TracAccountManager takes permissions."""
    if not request.config.getoption('--neighbours'):
        assert client('anna').resolve(3).status == 200
        assert ticket(3)['status'] == 'closed'
        return
    env.db_transaction(
        "DELETE FROM session_attribute WHERE sid='anna' AND name=%s",
        (other_plugins.VERIFIED,))
    anna = client('anna')
    anna.get('/about')
    anna.resolve(3)
    signed = anna.post('/campaign/2011%20Prod/sign', {
        'requirement': 'resources-estimate', 'statement': 'Fine.'})
    assert signed.status == 403
    assert ticket(3)['status'] == 'new'
    assert 'approved' not in verbs()
