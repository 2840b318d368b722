"""No page of ours has an English sentence for who reads Italian.

Titles, names, statements and code are data, and stay as they were written.
"""

from __future__ import annotations

import re

import pytest

from support.italian import english, our_text
from support.page_walk import pages_for, ROLES

TITLE = re.compile(r'(?m)^\s*title = "([^"{]+)')


def data_of(system):
    """What people wrote: titles, labels, keys, units."""
    yield 'the release'  # a placeholder of a template that is looked at
    for kept in system.templates.all():
        yield from TITLE.findall(system.templates.version(kept.name).text)
    for name in system.queries.names():
        state = system.queries.decision(name).snapshot.state
        yield from (name, state.campaign.enforcement)
        for stage in state.stages:
            yield from (stage.label, stage.milestone, stage.title)
        for group in state.groups:
            yield from (group.title, group.plural)
        for r in state.requirements:
            yield from (r.title, r.key, r.item or '')
            yield from (v.title for v in r.asks.values)


@pytest.mark.parametrize('role', ROLES)
def test_pages_have_no_english_sentence_for_who_reads_italian(
        walked, italian, system, role):
    reader, data = italian(ROLES[role]), list(data_of(system))
    found = {}
    for page in pages_for(role):
        answer = reader.get(page.path)
        assert answer.status == 200, page.path
        left = english(our_text(answer.text), data)
        if left:
            found[page.path] = left
    assert found == {}
