"""The SQL of timeline, search, feed and calendar: fixed in number."""

from __future__ import annotations

import pytest
from trac.db import util
from trac.perm import PermissionCache


@pytest.fixture
def sent(monkeypatch):
    """The statements about campaigns that are sent from now on."""
    found = []
    execute = util.IterableCursor.execute

    def sending(self, sql, args=None):
        if 'prodworkflow_' in sql:
            found.append(' '.join(sql.split()))
        return execute(self, sql, args)
    monkeypatch.setattr(util.IterableCursor, 'execute', sending)
    return found


@pytest.mark.parametrize(('ask', 'most'), [
    pytest.param(lambda system, perm: system.events.between(
        0, 2**62, 100, perm), 4, id='timeline'),
    pytest.param(lambda system, perm: system.search.findings(
        ['Fine.'], perm), 6, id='search'),
    pytest.param(lambda system, perm: system.search.findings(
        ['P'], perm), 9, id='search for what is in all'),
    pytest.param(lambda system, perm: system.events.feed('', 100, perm).events,
                 5, id='feed'),
    pytest.param(lambda system, perm: system.calendar.days(
        perm, lambda *of: ''), 4, id='calendar')])
def test_many_campaigns_take_as_many_statements_as_one(
        env, system, create, sign, sent, ask, most):
    create('P0', start='2031-06-30')
    sign('feature-freeze', name='P0')
    del sent[:]
    told = len(ask(system, PermissionCache(env, 'eve')))
    one = list(sent)
    for number in range(1, 6):
        create(f'P{number}', start='2031-06-30')
        sign('feature-freeze', name=f'P{number}')
    del sent[:]
    assert len(ask(system, PermissionCache(env, 'eve'))) == 6 * told > 0
    assert len(sent) == len(one)
    assert 0 < len(one) <= most, '\n'.join(one)


def test_where_nothing_is_found_no_campaign_is_read(env, system, create, sent):
    create('P0')
    del sent[:]
    assert system.search.findings(['Nothing'],
                                  PermissionCache(env, 'eve')) == []
    assert len(sent) == 3


def test_without_its_filter_the_timeline_asks_nothing(client, create, sent):
    create('P0')
    eve = client('eve')
    del sent[:]
    eve.get('/timeline?ticket=on')
    assert [sql for sql in sent if 'prodworkflow_ledger' in sql] == []
