"""Addresses below /campaign that are no campaigns' names."""

from __future__ import annotations

import pytest

from prodworkflow.domain.planning.request import RESERVED, TAKEN
from support.campaigns import NAME

PANEL = '/admin/production/campaigns'
REFUSED = 'means something else in web addresses; choose another one.'
NAMES = [name for name in RESERVED if name.strip('.')]


@pytest.mark.parametrize('name', NAMES)
def test_form_refuses_a_reserved_name_beside_its_field(client, system, name):
    for act in ('create', 'preview'):
        answer = client('coordinator').post(PANEL, {
            'name': name, 'template': 'path-to-production', act: '1'})
        assert answer.status in (200, 400, 409)
        assert REFUSED in answer.text.replace('&#34;', '"')
    assert system.queries.names() == []


@pytest.mark.parametrize('name', NAMES)
def test_command_refuses_a_reserved_name(admin, system, name):
    code, _out, err = admin('campaign', 'create', name)
    assert code == 2
    assert REFUSED in err
    assert system.queries.names() == []


@pytest.mark.parametrize('name', NAMES)
def test_a_campaign_that_had_the_name_before_is_there_still(
        campaign, env, client, name):
    env.db_transaction('UPDATE prodworkflow_campaign SET name=%s', (name,))
    slash = '/' if name in TAKEN else ''
    page = client('coordinator').get(f'/campaign/{name}{slash}')
    assert page.status == 200
    assert 'Feature Freeze' in page.text
    assert NAME not in client('coordinator').get('/campaign').text.replace(
        f'{NAME}: ', '')
    assert client('coordinator').get(f'{PANEL}/{name}').status == 200
    assert client().get(f'/campaign/{name}/gate').status == 409
