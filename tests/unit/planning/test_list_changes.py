"""What a running campaign's lists cannot do without, and how items weigh."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.item_list import AGREED, Item, ItemList
from prodworkflow.domain.planning.list_changes import (
    drop_problems,
    weight_problems,
)
from support.factories import SITES
from support.groups import grouped

WEIGHED = SITES[0]
BARE = ItemList('sites', (Item('cnaf', 'CNAF'), Item('ral', 'RAL')))


def test_last_item_of_a_list_stays_while_something_is_asked_of_each():
    asked = grouped([]).state
    assert drop_problems(asked, WEIGHED, WEIGHED.items[0]) == [(
        'drop', 'CNAF is the last of sites; a campaign without sites would '
        'ask for nothing.')]
    assert drop_problems(asked, BARE, BARE.items[0]) == []


def test_last_item_of_a_list_of_which_nothing_is_asked_drops_out():
    asked = grouped([], groups=()).state
    assert drop_problems(asked, WEIGHED, WEIGHED.items[0]) == []
    other = ItemList('farms', (Item('a', 'A'),))
    assert drop_problems(grouped([]).state, other, other.items[0]) == []


def test_item_stays_where_too_few_would_be_left_for_the_number_asked():
    found = grouped([], 'at_least = 4').state
    sites, = found.lists
    assert drop_problems(found, sites, sites.items[3]) == [(
        'drop', 'Validated at each site asks for at least 4 sites, and '
        'without Site 3 there are 3; nobody could reach that.')]
    enough = grouped([], 'at_least = 3').state
    assert drop_problems(enough, sites, sites.items[3]) == []


@pytest.mark.parametrize(('text', 'needed', 'stays', 'goes'), [
    pytest.param('weight >= 0.9', '90 % of the capacity agreed', 0, 3,
                 id='a share'),
    pytest.param('all', 'all sites that were agreed', 3, None, id='all'),
])
def test_item_stays_where_what_was_agreed_could_not_be_reached(
        text, needed, stays, goes):
    found = grouped([], text).state
    agreed = replace(found, groups=(replace(found.groups[0],
                                            counts=AGREED),))
    sites, = found.lists
    assert drop_problems(agreed, sites, sites.items[stays]) == [(
        'drop', f'Validated at each site needs {needed}, and without Site '
        f'{stays} nobody could reach that; keep it, and waive what is asked '
        'of it.')]
    if goes is not None:
        assert drop_problems(agreed, sites, sites.items[goes]) == []
    assert drop_problems(found, sites, sites.items[stays]) == []


@pytest.mark.parametrize(('text', 'found', 'problems'), [
    pytest.param('', WEIGHED, [(
        'add', 'The others of sites have weights; give one, as in '
        'sites:NAME=2.5.')], id='none where others have one'),
    pytest.param('', BARE, [], id='none where nobody has one'),
    pytest.param('2.5', WEIGHED, [], id='one like the others'),
    pytest.param('2.5', BARE, [], id='the first'),
    pytest.param('heavy', WEIGHED, [(
        'add', '"heavy" is no weight; write a plain number above 0, with at '
        'most 12 digits before and behind the point.')], id='a word'),
    pytest.param('0', BARE, [(
        'add', '"0" is no weight; write a plain number above 0, with at '
        'most 12 digits before and behind the point.')], id='zero'),
])
def test_item_weighs_as_much_as_is_typed_if_the_others_weigh(text, found,
                                                             problems):
    assert weight_problems(text, found) == problems


@pytest.mark.parametrize('text', ['', '-1'])
def test_problem_of_a_weight_names_the_option_that_gave_it(text):
    (option, _), = weight_problems(text, WEIGHED, 'weight')
    assert option == 'weight'
