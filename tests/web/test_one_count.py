"""How many sign-offs wait for somebody is one number, wherever it stands."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from prodworkflow.api import DeputyRequest
from prodworkflow.domain.dates import day_of
from prodworkflow.gateways.clock import now
from support.campaigns import ADMIN, FULL
from support.http_client import words_of

TODAY = day_of(now())
PAGE = f'/campaign/{quote(FULL)}'


@pytest.fixture(params=[
    pytest.param(((), {'anna': 3, 'bruno': 3, 'eve': 3}),
                 id='all that is asked is of who is away'),
    pytest.param((('feature-freeze', 'memory-leaks', 'resources-estimate'),
                  {'anna': 0, 'bruno': 2, 'eve': 0}), id='nothing of it'),
    pytest.param((('feature-freeze', 'memory-leaks', 'resources-estimate',
                   'release-validated', 'remote-sites-validated',
                   'runtime-performance'),
                  {'anna': 2, 'bruno': 3, 'eve': 2}), id='some of it')])
def standing_in(request, full, system, sign_full):
    """A campaign for whose contact anna both bruno and eve stand in.

    It is told as the numbers of what waits for each.
    """
    signed, numbers = request.param
    sign_full(*signed)
    for deputy in ('bruno', 'eve'):
        system.deputies.name(ADMIN, DeputyRequest(
            f'{deputy} for anna {TODAY}..{TODAY + timedelta(7)}'))
    return numbers


def number(pattern, text):
    """The number behind a name, as it stands in a text."""
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def words(html):
    return words_of(SimpleNamespace(text=html))


def in_table(html, person):
    """What the table *Waited for* says of a person, in a row or folded."""
    section = html.split('id="waited-for"')[1].split('<h2')[0]
    section = re.sub('<t[dh]', ' <td', section)
    asked = section.split('Later, or no longer needed')[0]
    told = words(asked)
    return (number(rf'\b{person} (?:for anna )?(\d+) open', told)
            or number(rf'\b{person} (?:for anna )?(\d+)', told))


def in_minutes(html, person):
    """For how many tickets the minutes name somebody."""
    text = html.split('id="minutes-text"')[1]
    line = re.search(rf'^ \* {person}: (.*)$', text, re.MULTILINE)
    return len(re.findall(r'#\d+ ', line[1])) if line else 0


@pytest.mark.parametrize('person', ['anna', 'bruno', 'eve'])
def test_all_pages_say_the_same_number(standing_in, client, person):
    own, reader = standing_in[person], client(person)
    assert number(r'(\d+) sign-offs? waits? for you',
                  words_of(reader.get('/campaign'))) == own
    for path in ('/campaign', '/roadmap', PAGE, f'{PAGE}/meeting'):
        page = reader.get(path)
        assert number(r'class="pw-count"[^>]*>(\d+)', page.text) == own, path
    for visitor in (reader, client('coordinator')):
        for path in (PAGE, f'{PAGE}/meeting'):
            html = visitor.get(path).text
            head = html.split('class="pw-awaited"')[1].split('</p>')[0]
            assert number(rf'\b{person} (\d+)', words(head)) == own
            assert in_table(html, person) == own
        assert in_minutes(html, person) == own
        assert number(rf'waits for .*\b{person} \((\d+)\)',
                      words_of(visitor.get('/roadmap'))) == own
