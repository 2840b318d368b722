"""The readiness panel: what it says, to whom, and what it costs."""

from __future__ import annotations

import re
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from trac.db import util
from trac.env import Environment
from trac.test import MockRequest
from trac.web.api import RequestDone
from trac.web.main import RequestDispatcher

import prodworkflow
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Phase
from support.campaigns import CONTACTS, NAME

ADMIN = Person('coordinator', grants=frozenset({'CAMPAIGN_ADMIN'}))


@pytest.fixture
def statements(path):
    """Counts the SQL statements of one roadmap request, warm caches."""
    def count(enabled, user='anna'):
        env = Environment(str(path))
        env.config.set('components', 'prodworkflow.*',
                       'enabled' if enabled else 'disabled')
        counted = []
        for _ in range(2):
            del counted[:]
            _serve(env, user, counted)
        env.shutdown()
        return len(counted)
    return count


def _serve(env, user, counted):
    execute = util.IterableCursor.execute

    def counting(self, sql, args=None):
        counted.append(sql)
        return execute(self, sql, args)
    util.IterableCursor.execute = counting
    try:
        req = MockRequest(env, path_info='/roadmap', authname=user)
        with pytest.raises(RequestDone):
            RequestDispatcher(env).dispatch(req)
    finally:
        util.IterableCursor.execute = execute


@pytest.mark.parametrize('campaigns', [1, 100])
def test_roadmap_panel_takes_three_statements_whatever_the_campaigns(
        create, statements, campaigns):
    for number in range(campaigns):
        create(f'Prod {number}', start='2026-06-01')
    assert statements(True) - statements(False) <= 3


@pytest.fixture
def calls(path):
    """Counts the calls of the plugin's functions by one roadmap request."""
    package = str(Path(prodworkflow.__file__).parent)

    def count():
        counts = []

        def note(frame, event, argument):
            if event == 'call' and frame.f_code.co_filename.startswith(
                    package):
                counts[-1] += 1
        env = Environment(str(path))
        _serve(env, 'anna', [])  # fills caches
        for _ in range(3):  # Trac forgets permissions after five seconds
            counts.append(0)
            sys.setprofile(note)
            try:
                _serve(env, 'anna', [])
            finally:
                sys.setprofile(None)
        env.shutdown()
        return min(counts)
    return count


def test_roadmap_panel_does_the_same_work_however_many_campaigns_are_over(
        create, system, calls):
    create()
    counts = []
    for names in ('ABCDEFGHIJ', 'KLMNOPQRST'):
        for name in names:
            create(name)
            system.lifecycle.end(name, ADMIN, Phase.ABANDONED, 'Over.')
        counts.append(calls())
    assert counts[0] == counts[1] > 100


def test_roadmap_panel_says_who_is_waited_for_and_what_is_late(
        create, sign, client):
    start = date.today() + timedelta(days=20)
    create(start=start.isoformat())
    sign('feature-freeze')
    page = client('bruno').get('/roadmap').text
    panel = re.search(r'(?s)id="prodworkflow-panel".*?<h1', page)[0]
    words = re.sub(r'\s+', ' ', re.sub('<[^>]*>', ' ', panel))
    assert 'Not ready: 6 of 7 sign-offs missing; next: #2 Software quality ' \
        'ok, anna.' in words.replace(' ,', ',')
    assert '8 days late' in words
    assert 'stage 1 of 3' in words
    assert '1 of 3 signed , 2 missing' in words
    assert 'waits for anna (2)' in words
    assert 'You may sign 3 early' in words
    assert panel.count('>Sign off</a>') == 1
    assert panel.count('aria-current="step"') == 1
    assert page.index('prodworkflow-panel') < page.index('class="milestones"')


def test_campaigns_that_are_over_are_a_link(create, sign, admin,
                                                 client):
    for name in ('Old 1', 'Old 2'):
        create(name)
        sign(*CONTACTS, name=name)
        admin('milestone', 'completed', f'{name}: 3. pre-production', 'now')
    create()
    page = client().get('/roadmap').text
    assert 'href="/campaign#over">2 campaigns are over</a>' in page
    assert 'Old 1' not in re.search(
        r'(?s)id="prodworkflow-panel".*?<h1', page)[0]
    assert 'id="over"' in client().get('/campaign').text
    assert f'aria-label="Campaign {NAME}"' in page


def test_roadmap_without_campaigns_tells_administrators_alone_how_to_begin(
        client):
    assert 'prodworkflow-panel' not in client('anna').get('/roadmap').text
    page = client('coordinator').get('/roadmap').text
    assert 'href="/admin/production/campaigns"' in page


def test_card_speaks_of_trouble_and_not_of_what_is_merely_awaited(
        campaign, sign, env, client):
    sign('feature-freeze')
    env.db_transaction("UPDATE ticket SET status='closed', "
                       "resolution='invalid' WHERE id=2")
    page = client().get('/roadmap').text
    assert '1 × closed without a sign-off' in page
    assert 'nobody has signed yet' not in page


def test_the_most_urgent_campaign_comes_first(create, system, client):
    soon, past = (date.today() + timedelta(days=d) for d in (60, 20))
    create('Calm', start=soon.isoformat())
    create('Late', start=past.isoformat())
    create('Held', start=soon.isoformat())
    system.lifecycle.hold('Held', Person('anna'), 'A leak.')
    for _ in range(2):  # rendered, and kept
        page = client('anna').get('/roadmap').text
        assert re.findall('aria-label="Campaign (.*?)"', page) == [
            'Late', 'Held', 'Calm']
    assert 'on hold' in page


def test_many_campaigns_are_rows_of_which_the_less_urgent_are_folded(
        create, client):
    for number in range(14):
        create(f'Prod {number:02}')
    page = client('anna').get('/roadmap').text
    panel = re.search(r'(?s)id="prodworkflow-panel".*?<h1', page)[0]
    shown, folded = panel.split('<summary>2 more campaigns</summary>')
    assert re.findall(r'scope="row"><a[^>]*>(.*?)</a>', shown) == [
        f'Prod {n:02}' for n in range(12)]
    assert re.findall(r'scope="row"><a[^>]*>(.*?)</a>', folded) == [
        'Prod 12', 'Prod 13']
    assert 'pw-compact' not in panel


def test_roadmap_panel_leaves_other_pages_and_formats_alone(campaign, client):
    assert 'pw-' not in client().get('/timeline').text
    assert client().get('/roadmap?format=ics').text.startswith(
        'BEGIN:VCALENDAR')
