"""What links and macros cost: a fixed number of statements a page."""

from __future__ import annotations

import re

import pytest
from trac.db import util

from prodworkflow.domain.rules import gates
from support.campaigns import NAME

MACROS = ('CampaignReadiness', 'CampaignTimeline', 'CampaignMatrix',
          'MySignOffs')
# What Trac itself reads of who asks, and for links to changesets.
TRACS = re.compile(' FROM (session|session_attribute|repository) ')
ALL = [f'[[{macro}({NAME})]]' for macro in MACROS]


@pytest.fixture
def statements(monkeypatch, rendered):
    """The statements about campaigns that rendering sends, caches warm."""
    found = []
    execute = util.IterableCursor.execute

    def counting(self, sql, args=None):
        found.append(' '.join(sql.split()))
        return execute(self, sql, args)

    def count(*lines):
        rendered('\n\n'.join(lines))
        del found[:]
        rendered('\n\n'.join(lines))
        return [sql for sql in found if not TRACS.search(sql)]
    monkeypatch.setattr(util.IterableCursor, 'execute', counting)
    return count


def test_text_without_campaigns_costs_nothing(campaign, statements):
    assert statements('Nothing of note.') == []


@pytest.mark.parametrize('lines', [
    pytest.param([f'campaign:"{NAME}"'], id='a link'),
    pytest.param([f'campaign:"{NAME}"', f'campaign:"{NAME}/feature-freeze"',
                  *ALL] * 20, id='many of each'),
])
def test_one_campaign_is_read_once_a_page(campaign, statements, lines):
    assert len(statements(*lines)) <= 5


def test_many_campaigns_are_read_together(create, statements):
    names = [f'Prod {number}' for number in range(12)]
    for name in names:
        create(name)
    assert len(statements(*(f'campaign:"{name}"' for name in names))) == 7


def test_all_that_waits_for_somebody_is_read_together(create, statements):
    for number in range(12):
        create(f'Prod {number}')
    assert len(statements('[[MySignOffs]]')) == 1


def test_what_is_kept_is_not_decided_again(campaign, rendered, monkeypatch,
                                           sign):
    text = '\n\n'.join([*ALL, f'campaign:"{NAME}"'])
    rendered(text)
    decided = []

    def deciding(snapshot, now):
        decided.append(snapshot)
        return gates.decide(snapshot, now)
    monkeypatch.setattr('prodworkflow.api.queries.decide', deciding)
    rendered(text)
    assert decided == []
    sign('feature-freeze')
    rendered(text)
    assert len(decided) == 1
