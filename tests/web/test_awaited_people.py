"""Who can still help: the same people on every face, and nobody who signed."""

from __future__ import annotations

import json
from types import SimpleNamespace
from urllib.parse import quote

import pytest

from prodworkflow.api import DeputyRequest, GateShut, SignOffRequest, Verdict
from prodworkflow.domain.dates import day_of
from prodworkflow.gateways.clock import now
from support.campaigns import ADMIN, ANNA, FULL
from support.http_client import words_of

KEY = 'physics-results'
TODAY = day_of(now())
SHORT = 'has 1 of 2 approvals; awaits bruno'


@pytest.fixture
def half_signed(full, system, sign_full):
    """Anna has signed what needs two, and has a deputy."""
    sign_full('feature-freeze', 'memory-leaks', 'resources-estimate')
    system.deputies.name(ADMIN, DeputyRequest(
        f'eve for anna {TODAY}..{TODAY}'))
    system.record(FULL, KEY, ANNA, SignOffRequest(Verdict.APPROVED, 'Good.'))
    return full


def test_every_page_names_those_who_can_still_help(half_signed, client):
    number = half_signed[KEY]
    box = words_of(client('bruno').get(f'/ticket/{number}'))
    assert SHORT in box
    assert 'May sign bruno (2 different ones have to)' in box
    page = client('coordinator').get(f'/campaign/{quote(FULL)}')
    waited = words_of(SimpleNamespace(text=page.text.split(
        'id="waited-for"')[1].split('id="matrix"')[0]))
    anna, bruno = waited.split('anna: ')[1].split('bruno: ')
    assert f'#{number}' in bruno
    assert f'#{number}' not in anna


def test_json_and_commands_name_the_same(half_signed, client, admin):
    told = json.loads(client('coordinator').get(
        f'/campaign/{quote(FULL)}/gate').text)
    answer, = (r for s in told['stages'] for r in s['requirements']
               if r['key'] == KEY)
    assert (answer['words'], answer['awaits']) == (SHORT, ['bruno'])
    assert answer['contacts'] == ['anna', 'bruno']
    for command in ('show', 'gate'):
        assert SHORT in ' '.join(admin('campaign', command, FULL)[1].split())


def test_a_refusal_names_the_same(half_signed, system, client):
    with pytest.raises(GateShut, match='only bruno may sign'):
        system.record(FULL, KEY, ADMIN,
                      SignOffRequest(Verdict.APPROVED, 'Good.'))
    assert 'bruno' in words_of(client('anna').resolve(half_signed[KEY]))


def test_the_deputy_of_who_has_signed_is_offered_nothing_to_sign(
        half_signed, client):
    page = client('eve').get(f'/ticket/{half_signed[KEY]}').text
    assert 'value="approved"' not in page
    assert f'"{FULL}/{KEY}"' not in client('eve').get('/campaign').text
