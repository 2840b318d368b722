"""Beside other plugins and all of tracopt, every page answers."""

from __future__ import annotations

from urllib.parse import quote

import neighbours
import pytest
from conftest import NAME
from trac.core import ComponentMeta

PANELS = ('/admin/production/campaigns', '/admin/production/templates',
          '/admin/general/basics', '/admin/general/perm',
          '/admin/general/plugin', '/admin/ticket/milestones',
          '/admin/ticket/components')
PAGES = ('/', '/about', '/wiki', '/timeline', '/roadmap', '/report', '/query',
         '/newticket', '/search', '/prefs', '/admin', '/ticket/1', '/campaign',
         f'/campaign/{quote(NAME)}', f'/campaign/{quote(NAME)}/badge.svg',
         f'/milestone/{quote(f"{NAME}: 1. Software preparation")}', *PANELS)


@pytest.fixture
def beside(request, env):
    """That the neighbours are really there, where they were asked for."""
    if request.config.getoption('--neighbours'):
        loaded = {cls.__module__.partition('.')[0]
                  for cls in ComponentMeta._components if env.is_enabled(cls)}
        assert {*neighbours.PLUGINS, 'tracopt'} <= loaded


@pytest.mark.parametrize('page', PAGES)
def test_every_page_answers(beside, campaign, client, page):
    answer = client('coordinator').get(page)
    assert answer.status == 200
    assert 'Traceback' not in answer.text


def test_the_panel_stands_on_the_roadmap(beside, campaign, client):
    text = client('coordinator').get('/roadmap').text
    assert '<strong>Not ready:</strong> 7 of 7 sign-offs missing' in text
