"""Lists and what is in them, and the words of a template for them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.item_list import Group, Item, ItemList, singular
from prodworkflow.domain.template.placeholders import filled, values, words_in

CNAF = Item('cnaf', 'CNAF', '1.5', ('anna', '@cnaf'))
OWN = Item('ral', 'RAL', '3', (), ('leaks',), ('log',), ('rate <= 2 %',),
           Change('anna', 5, '2', 'disks'), 7)
NOTHING = {'plots': [], 'links': [], 'bounds': [], 'changed': None, 'left': 0}
SITES = ItemList('sites', (CNAF, Item('in2p3', 'IN2P3')))


@pytest.mark.parametrize(('noun', 'data'), [
    pytest.param(CNAF, {'key': 'cnaf', 'name': 'CNAF', 'weight': '1.5',
                        'contacts': ['anna', '@cnaf'], **NOTHING},
                 id='item'),
    pytest.param(OWN, {
        'key': 'ral', 'name': 'RAL', 'weight': '3', 'contacts': [],
        'plots': ['leaks'], 'links': ['log'], 'bounds': ['rate <= 2 %'],
        'changed': {'by': 'anna', 'time': 5, 'was': '2', 'reason': 'disks'},
        'left': 7}, id='item with all that it can have'),
    pytest.param(SITES, {'name': 'sites', 'items': [
        {'key': 'cnaf', 'name': 'CNAF', 'weight': '1.5',
         'contacts': ['anna', '@cnaf'], **NOTHING},
        {'key': 'in2p3', 'name': 'IN2P3', 'weight': '', 'contacts': [],
         **NOTHING}], 'former': []},
        id='list'),
    pytest.param(ItemList('sites', (), (CNAF,)), {
        'name': 'sites', 'items': [], 'former': [
            {'key': 'cnaf', 'name': 'CNAF', 'weight': '1.5',
             'contacts': ['anna', '@cnaf'], **NOTHING}]},
        id='list of which one dropped out'),
    pytest.param(Group('sites-ok', 'two', 'Each', 'sites', 'at_least = 1'), {
        'key': 'sites-ok', 'stage': 'two', 'title': 'Each', 'list': 'sites',
        'rule': 'at_least = 1', 'counts': ''}, id='group'),
])
def test_item_list_is_plain_data_and_back(noun, data):
    written = json.loads(json.dumps(plain(noun)))
    assert written == data
    assert type(noun).of(written) == noun


def test_an_item_is_found_by_its_key():
    assert SITES.item('cnaf') is CNAF
    assert SITES.item('in2p3').name == 'IN2P3'
    assert SITES.item('CNAF') is None


def test_an_item_is_called_by_its_key_before_any_name():
    one, other = Item('ral', 'cnaf'), Item('cnaf', 'CNAF')
    found = ItemList('sites', (one, other))
    assert found.called('cnaf') is other
    assert found.called('CNAF') is other
    assert found.called('ral') is one
    assert found.called('RAL') is None


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


def test_an_item_of_before_reads_back():
    assert Item.of({'key': 'a', 'name': 'A', 'weight': '', 'contacts': []}
                   ) == Item('a', 'A')
    assert ItemList.of({'name': 'sites', 'items': []}) == ItemList('sites')
    assert Group.of({'key': 'a', 'stage': 'b', 'title': 'A', 'list': 'sites',
                     'rule': 'all'}).counts == ''


def test_an_item_knows_the_weight_that_was_agreed():
    assert (CNAF.agreed, OWN.agreed) == ('1.5', '2')


def test_an_item_tells_what_is_asked_of_it_alone():
    assert OWN.own == ('plot leaks', 'link log', 'rate <= 2 %')
    assert CNAF.own == ()


def test_former_items_are_found_by_their_key():
    found = ItemList('sites', (CNAF,), (OWN,))
    assert found.former_item('ral') == OWN
    assert found.former_item('cnaf') is None
    assert found.item('ral') is None
