"""Lists and what is in them, and the words of a template for them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.model.item_list import Group, Item, ItemList, singular
from prodworkflow.domain.template.placeholders import filled, values, words_in

CNAF = Item('cnaf', 'CNAF', '1.5', ('anna', '@cnaf'))
SITES = ItemList('sites', (CNAF, Item('in2p3', 'IN2P3')))


@pytest.mark.parametrize(('noun', 'data'), [
    pytest.param(CNAF, {'key': 'cnaf', 'name': 'CNAF', 'weight': '1.5',
                        'contacts': ['anna', '@cnaf']}, id='item'),
    pytest.param(SITES, {'name': 'sites', 'items': [
        {'key': 'cnaf', 'name': 'CNAF', 'weight': '1.5',
         'contacts': ['anna', '@cnaf']},
        {'key': 'in2p3', 'name': 'IN2P3', 'weight': '', 'contacts': []}]},
        id='list'),
    pytest.param(Group('sites-ok', 'two', 'Each', 'sites', 'at_least = 1'), {
        'key': 'sites-ok', 'stage': 'two', 'title': 'Each', 'list': 'sites',
        'rule': 'at_least = 1'}, id='group'),
])
def test_item_list_is_plain_data_and_back(noun, data):
    written = json.loads(json.dumps(plain(noun)))
    assert written == data
    assert type(noun).of(written) == noun


def test_an_item_is_found_by_its_key():
    assert SITES.item('cnaf') is CNAF
    assert SITES.item('in2p3').name == 'IN2P3'
    assert SITES.item('CNAF') is None


@pytest.mark.parametrize(('name', 'one'), [
    ('sites', 'site'), ('countries', 'country'), ('ies', 'ie'), ('s', 's'),
    ('grid', 'grid'), ('flies', 'fly'), ('as', 'a'), ('dies', 'dy')])
def test_list_name_has_a_singular(name, one):
    assert singular(name) == one


@pytest.mark.parametrize(('text', 'told'), [
    pytest.param('{site} of {campaign}', 'CNAF of {site}', id='once'),
    pytest.param('{nothing}', '{nothing}', id='unknown'),
    pytest.param('{{site}} {{{site}}}', '{{site}} {{{site}}}', id='doubled'),
    pytest.param('{Site} { site } {1} {}', '{Site} { site } {1} {}',
                 id='none of ours'),
    pytest.param('{site}{site}', 'CNAFCNAF', id='twice'),
])
def test_placeholders_are_filled_in_once(text, told):
    """What a value holds is not looked at again."""
    assert filled(text, {'site': 'CNAF', 'campaign': '{site}'}) == told


def test_placeholders_are_found_with_the_number_of_lines_before_them():
    assert list(words_in('{a}\n{{b}}\n{c_1} {d}')) == [
        ('a', 0), ('c_1', 2), ('d', 2)]
    assert list(words_in('')) == []
    assert list(words_in('\n{a}')) == [('a', 1)]


def test_placeholders_have_the_values_of_their_campaign():
    assert values('X', 'V1', date(2026, 6, 1), 'One') == {
        'campaign': 'X', 'release': 'V1', 'start': '2026-06-01',
        'stage': 'One'}
    assert values('X', '', None, 'One') == {
        'campaign': 'X', 'release': 'the release',
        'start': 'a day not set yet', 'stage': 'One'}
