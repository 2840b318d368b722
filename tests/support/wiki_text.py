"""Wiki text as a page shows it, over HTTP and in this process."""

from __future__ import annotations

import re

import pytest
from trac.test import MockRequest
from trac.web.chrome import web_context
from trac.wiki.formatter import format_to_html
from trac.wiki.model import WikiPage

PAGE = 'Production'


@pytest.fixture
def wiki_page(env):
    """Writes the wiki page PAGE."""
    def write(*lines):
        page = WikiPage(env, PAGE)
        page.text = '\n\n'.join(lines)
        page.save('coordinator', '')
    return write


@pytest.fixture
def shown(wiki_page, client):
    """What a user sees of wiki text, as HTML, over HTTP."""
    clients = {}

    def show(text, user='anna'):
        wiki_page(text)
        if user not in clients:
            clients[user] = client(user)
        answer = clients[user].get(f'/wiki/{PAGE}')
        assert answer.status == 200
        return re.search(r'(?s)id="wikipage".*?<div class="trac-modifiedby',
                         answer.text)[0]
    return show


@pytest.fixture
def rendered(env):
    """What a user sees of wiki text, rendered in this process."""
    def render(text, user='anna', **more):
        req = MockRequest(env, path_info=f'/wiki/{PAGE}', authname=user,
                          **more)
        return str(format_to_html(env, web_context(req, 'wiki', PAGE), text))
    return render
