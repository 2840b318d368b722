"""No page of ours has an English sentence for who reads Italian.

Titles, names, statements and code are data, and stay as they were written.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.campaigns import FULL
from support.italian import data_of, english, our_text
from support.page_walk import pages_for, ROLES

REFERENCE = Path(__file__).parents[2] / 'docs' / 'reference' / 'pages.rst'
PAGE = f'/campaign/{FULL}'
# The same pages as links and filters lead to them, beside those of the walk.
MORE = (
    f'{PAGE}?since=2020-01-01&history=all', f'{PAGE}?what=signed',
    f'{PAGE}?who=anna', f'{PAGE}?stage=software-preparation',
    f'{PAGE}?from=2020-01-01', f'{PAGE}?show=open', f'{PAGE}?show=mine',
    f'{PAGE}?show=late&sort=name', f'{PAGE}?show=asked-again&sort=weight',
    f'{PAGE}/meeting?since=2020-01-01', '/campaign?signed=all',
    '/campaign?for=anna', f'/campaign?campaign={FULL}', '/campaign?site=x',
    '/campaign/matrix?last=3', f'/admin/production/campaigns?like={FULL}',
    '/admin/production/campaigns?template=path-to-production-full')
# Addresses of which tests/languages/test_italian_documents.py and
# tests/languages/test_italian_refusals.py ask what they say.
ELSEWHERE = {'/timeline', '/search', '/campaign/<name>/tickets.csv',
             '/campaign/<name>/badge.svg', '/campaign/<name>/pipeline.svg',
             '/campaign/<name>/timeline.svg', '/campaign/<name>/sign'}


def test_each_address_of_the_reference_is_walked():
    addresses = {a for line in re.findall(
        '(?m)^``/.*', REFERENCE.read_text('utf-8'))
        for a in re.findall('``(/[^`]*)``', line)}
    walk = [page.path for page in pages_for('coordinator')]
    assert len(addresses) > 15
    assert {a for a in addresses - ELSEWHERE if not any(
        re.match(re.sub('<[^>]*>', '[^/]+', a) + r'(\?|$)', path)
        for path in walk)} == set()


def test_pages_that_filters_lead_to_have_no_english_sentence(
        walked, italian, system):
    reader, data = italian('coordinator'), list(data_of(system))
    found = {}
    for path in MORE:
        answer = reader.get(path)
        assert answer.status == 200, path
        left = english(our_text(answer.text), data)
        if left:
            found[path] = left
    assert found == {}


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
