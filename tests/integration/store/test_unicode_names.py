"""Names and words of every plane mean the same on every database."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from support.campaigns import CONTACTS

NAMES = [
    pytest.param('Größe', 'Grösse', id='sharp s'),
    pytest.param('2011 prod', '2011 Prod', id='case'),
    pytest.param('Prod e', 'Prod é', id='accent'),
    pytest.param('Prod ①', 'Prod 1', id='circled digit'),
    pytest.param('粒子物理', '粒子', id='plane 0'),
    pytest.param('𝛍⁺𝛍⁻ 🚦', '𝛍⁺𝛍⁻ 🚧', id='plane 1'),
    pytest.param('𠮷', '𰻝', id='planes 2 and 3'),
    pytest.param('Prod_1', 'Prod-1', id='wildcard'),
]


@pytest.mark.parametrize(('one', 'other'), NAMES)
def test_names_that_look_alike_are_two_campaigns(
        create, sign, system, admin, gate, one, other):
    create(one)
    create(other)
    assert set(system.queries.names()) == {one, other}
    sign(*CONTACTS, name=one)
    assert gate(name=one)
    assert not gate(name=other)
    assert admin('milestone', 'completed',
                 f'{one}: 1. Software preparation', 'now')[0] == 0
    assert admin('milestone', 'completed',
                 f'{other}: 1. Software preparation', 'now')[0] == 2
    assert admin('campaign', 'check') == (0, '', '')


@pytest.mark.parametrize(('name', '_'), NAMES)
def test_pages_and_history_show_a_campaign_name_of_any_script(
        create, system, client, name, _):
    create(name)
    system.sign(name, 'feature-freeze', 'anna', False, f'Für {name} 🚦.')
    anna = client('anna')
    assert name in anna.get('/roadmap').text.replace('&#39;', "'")
    page = anna.get('/campaign/' + quote(name, safe=''))
    assert page.status == 200
    assert f'Für {name} 🚦.' in page.text.replace('&#39;', "'")
    assert anna.get(f'/campaign/{quote(name, safe="")}/gate').status == 409
    assert system.queries.ledger(name)[-1].payload[
        'statement'] == f'Für {name} 🚦.'
