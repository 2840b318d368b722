"""What a template becomes with its lists: requirements, groups, tickets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.model.item_list import Group, Item, ItemList
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.planning.signers import SignerAssignment, SiteFacts
from prodworkflow.domain.planning.ticket_fields import field_problems
from prodworkflow.domain.template.examples import contacts_named, examples
from prodworkflow.domain.template.expansion import (
    day_of,
    Expanded,
    expanded,
    groups_of,
    list_problems,
    merged,
    of_item,
    of_requirement,
    stage_description,
    titles,
)
from prodworkflow.domain.template.parser import parse
from support.factories import campaign

TEXT = '''
title = "T"
[lists]
sites = [{name = "CNAF", weight = 3, contacts = ["carla"]}, "RAL"]
[[stage]]
key = "one"
title = "One"
description = """
Of {campaign}.
"""
due = 20
[[stage.requirement]]
key = "first"
title = "First of {campaign}"
contacts = ["anna"]
due = 25
quorum = 2
release_bound = true
inputs = ["emc", "{stage}", "One"]
links = ["web"]
[[stage.requirement]]
key = "speed"
title = "speed at {site}"
description = """
{item} runs {release}.
"""
for_each = "sites"
coverage = "at_least = 1"
type = "defect"
priority = "blocker"
component = "{site}"
keywords = "{item} {stage}"
inputs = ["{site}", "emc"]
fields = {grid = "{start}"}
[[stage.requirement.value]]
name = "cpu"
title = "CPU"
unit = "h"
[[stage]]
key = "two"
title = "Two"
[[stage.requirement]]
key = "same"
title = "{item} as before"
for_each = "sites"
contacts = ["@same"]
separate_from = "first"
[[stage.requirement.value]]
name = "cpu"
title = "CPU"
unit = "h"
compare_with = "speed"
tolerance = "10 %"
'''
TEMPLATE = parse(TEXT)
CAMPAIGN = campaign()
CNAF, RAL = TEMPLATE.lists[0].items
CPU = ValueSpec('cpu', 'CPU', 'h')


def like(item):
    return EvidenceSpec((replace(CPU, compare_with=f'speed.{item}',
                                 tolerance='10 %'),))


FIRST = Expanded(
    Requirement('first', 'one', 'First of 2011 Prod', None, 0, ('anna',), 2,
                True, inputs=('emc', 'One'), asks=EvidenceSpec(links=('web',)),
                due=date(2026, 6, 4)), {})
SPEED = [Expanded(
    Requirement(f'speed.{key}', 'one', f'speed at {name}', None, 0, contacts,
                inputs=inputs, asks=EvidenceSpec((CPU,)), group='speed',
                item=key,
                weight=weight),
    {'description': f'{name} runs V1.', 'type': 'defect',
     'priority': 'blocker', 'component': name, 'keywords': f'{name} One',
     'grid': '2026-06-29'})
    for key, name, contacts, weight, inputs in [
        ('cnaf', 'CNAF', ('carla',), '3', ('CNAF', 'emc', 'cnaf')),
        ('ral', 'RAL', (), '', ('RAL', 'emc', 'ral'))]]
SAME = [Expanded(
    Requirement(f'same.{key}', 'two', f'{name} as before', None, 0,
                ('@same',), separate_from='first',
                asks=like(key), group='same', item=key, weight=weight), {})
        for key, name, weight in [('cnaf', 'CNAF', '3'), ('ral', 'RAL', '')]]


def test_of_lists_like_the_one_that_is_given_the_nearest_is_named():
    text = TEXT.replace('[lists]\n', '[lists]\nsitas = ["A"]\n')
    given = (ItemList('sitess', (CNAF,)),)
    template = parse(text)
    assert list_problems(template, template.lists, given)[0] == (
        'The template has no list "sitess". Did you mean sites? It has '
        'sitas, sites.')


def test_title_of_one_requirement_stays_as_it_is_written():
    text = TEXT.replace('"First of {campaign}"', '"speed of {campaign}"')
    assert titles(parse(text), CAMPAIGN)['first'] == 'speed of 2011 Prod'
    assert titles(parse(text), CAMPAIGN)['speed'] == 'Speed at each site'


def test_a_template_becomes_its_requirements_in_order():
    assert list(expanded(TEMPLATE, TEMPLATE.lists, CAMPAIGN)) == [
        FIRST, *SPEED, *SAME]


def test_requirements_of_an_empty_list_are_none():
    assert list(expanded(TEMPLATE, (), CAMPAIGN)) == [FIRST]
    other = ItemList('farms', (CNAF,))
    assert list(expanded(TEMPLATE, (other,), CAMPAIGN)) == [FIRST]


def test_joining_item_gets_the_requirements_of_the_others():
    assert list(of_item(TEMPLATE, 'sites', RAL, CAMPAIGN)) == [
        SPEED[1], SAME[1]]
    assert list(of_item(TEMPLATE, 'farms', RAL, CAMPAIGN)) == []


@pytest.mark.parametrize('draft', [FIRST, *SPEED, *SAME])
def test_draft_is_found_again_by_its_requirement(draft):
    assert of_requirement(TEMPLATE, draft.requirement, TEMPLATE.lists,
                          CAMPAIGN) == draft


@pytest.mark.parametrize('changes', [
    pytest.param({'key': 'gone'}, id='no such requirement'),
    pytest.param({'key': 'gone', 'group': 'gone', 'item': 'cnaf'},
                 id='no such group'),
    pytest.param({'key': 'first', 'item': 'cnaf'}, id='one, of an item'),
    pytest.param({'group': 'speed', 'item': 'in2p3'}, id='no such item'),
])
def test_requirement_that_the_template_lacks_has_no_draft(changes):
    given = replace(FIRST.requirement, **changes)
    assert of_requirement(TEMPLATE, given, TEMPLATE.lists, CAMPAIGN) is None


def test_member_without_its_list_is_not_found():
    assert of_requirement(TEMPLATE, SPEED[0].requirement, (),
                          CAMPAIGN) is None


def test_groups_have_a_title_for_all_of_them():
    assert groups_of(TEMPLATE, CAMPAIGN) == (
        Group('speed', 'one', 'Speed at each site', 'sites',
              'at_least = 1'),
        Group('same', 'two', 'Each site as before', 'sites', 'all'))


def test_a_milestone_has_a_description():
    one, two = TEMPLATE.stages
    assert stage_description(one, CAMPAIGN) == 'Of 2011 Prod.'
    assert stage_description(two, CAMPAIGN) == ''


def test_days_are_counted_back_from_the_start():
    assert day_of(CAMPAIGN, 28) == date(2026, 6, 1)
    assert day_of(campaign(start=None), 28) is None
    undated = next(expanded(TEMPLATE, (), campaign(start=None)))
    assert undated.requirement.due is None


SITES = TEMPLATE.lists[0]


def test_given_lists_stand_in_place_of_the_templates():
    given = (ItemList('sites', (RAL,)), ItemList('farms', (CNAF,)))
    assert merged(TEMPLATE, given) == given
    assert merged(TEMPLATE, ()) == (SITES,)
    assert merged(TEMPLATE, given[1:]) == (SITES, given[1])


EMPTY = ('The list "sites" is empty, and the template asks something of each '
         'site: give it, as in sites = ["one", "two"] under [lists].')
PROBLEMS = [
    pytest.param((SITES,), (), [], id='none'),
    pytest.param((), (), [EMPTY], id='no list'),
    pytest.param((ItemList('sites'),), (), [EMPTY], id='an empty list'),
    pytest.param((SITES,), (ItemList('sitse', (RAL,)),), [
        'The template has no list "sitse". Did you mean sites? It has '
        'sites.'], id='misspelt'),
    pytest.param((SITES,), (ItemList('z' * 99, (RAL,)), SITES), [
        f'The template has no list "{"z" * 64}". It has sites.'],
        id='unknown'),
]


@pytest.mark.parametrize(('lists', 'given', 'problems'), PROBLEMS)
def test_lists_fit_the_template_or_not(lists, given, problems):
    assert list_problems(TEMPLATE, lists, given) == problems


def test_list_too_short_for_its_coverage_rule_is_refused():
    greedy = parse(TEXT.replace('at_least = 1', 'at_least = 2'))
    assert list_problems(greedy, (ItemList('sites', (RAL,)),), ()) == [
        'speed, at_least = 2: the list has 1 sites; write at most at_least '
        '= 1.']


def test_lists_that_are_too_long_are_refused():
    items = tuple(Item(f'a{n}', f'A{n}') for n in range(1000))
    assert list_problems(TEMPLATE, (ItemList('sites', items),), ()) == [
        'these are 2001 requirements; at most 2000 are made, shorten the '
        'lists or ask for less of each']
    assert list_problems(TEMPLATE, (ItemList('sites', items[1:]),), ()) == []


def test_a_template_without_lists_has_none():
    plain = parse('title = "T"\n[[stage]]\nkey = "a"\ntitle = "A"\n'
                  '[[stage.requirement]]\nkey = "b"\ntitle = "B"\n')
    assert list_problems(plain, (), (SITES,)) == [
        'The template has no list "sites". It has none.']
    assert groups_of(plain, CAMPAIGN) == ()


def test_all_lists_of_a_template_are_named():
    two = parse(TEXT.replace('[lists]', '[lists]\nfarms = ["A"]'))
    assert list_problems(two, two.lists, (ItemList('zzz', (RAL,)),)) == [
        'The template has no list "zzz". It has farms, sites.']


def test_lists_that_are_asked_for_have_examples():
    """As many as their rules ask for, and two at least."""
    text = TEXT.replace('sites = [{name = "CNAF", weight = 3, contacts = '
                        '["carla"]}, "RAL"]', 'sites = []')
    named = text.replace('sites', 'big_sites').replace('site}', 'big_site}')
    two = (Item('big-site-1', 'big_site 1', '1'),
           Item('big-site-2', 'big_site 2', '1'))
    assert examples(parse(named)) == [ItemList('big_sites', two)]
    more = parse(named.replace('at_least = 1', 'at_least = 3'))
    assert examples(more) == [ItemList('big_sites', (
        *two, Item('big-site-3', 'big_site 3', '1')))]
    assert examples(TEMPLATE) == []


def test_contacts_of_a_template_and_of_its_items_are_named_once():
    twice = parse(TEXT.replace('"RAL"]', '{name = "RAL", contacts = '
                               '["anna", "dora"]}]'))
    assert contacts_named(twice) == ('anna', '@same', 'carla', 'dora')


# What Trac knows, and who is to sign.

DRAFTS = [FIRST, *SPEED]
FIELDS = {'type': ('defect', 'task'), 'priority': ('blocker', ''),
          'component': None, 'keywords': None, 'grid': ('2026-06-29',)}


def misfits(**changes):
    return field_problems(DRAFTS, SiteFacts((), fields={**FIELDS, **changes}))


def test_ticket_fields_that_trac_knows_are_accepted():
    assert misfits() == []
    assert field_problems(DRAFTS, SiteFacts(())) == []


def test_custom_ticket_field_that_trac_lacks_is_refused():
    known = {k: v for k, v in FIELDS.items() if k != 'grid'}
    words = 'speed: Trac has no custom ticket field "grid".'
    assert field_problems(DRAFTS, SiteFacts((), fields={
        **known, 'grids': None})) == [
        ('template', f'{words} Did you mean grids? It has grids.')]
    assert field_problems(DRAFTS, SiteFacts((), fields=known)) == [
        ('template', f'{words} It has none.')]
    long = Expanded(FIRST.requirement, {'f' * 99: 'x', 'grid': 'y' * 99})
    assert field_problems([long], SiteFacts((), fields=FIELDS)) == [
        ('template', f'first: Trac has no custom ticket field "{"f" * 64}". '
         'It has grid.'),
        ('template', f'first: "{"y" * 64}" is no grid that Trac knows. It '
         'has 2026-06-29.')]


def test_custom_field_with_options_takes_these_alone_once_for_a_group():
    many = tuple(f'x{n}' for n in range(21))
    assert misfits(grid=many) == [(
        'template', 'speed: "2026-06-29" is no grid that Trac knows. It has '
        f'{", ".join(many[:19])} and x19.')]


@pytest.mark.parametrize('name', ['type', 'component', 'priority'])
def test_word_that_trac_chooses_is_no_problem(name):
    assert misfits(**{name: ('else',)}) == []


USERS = SiteFacts(('anna', 'bruno', 'carla'), groups={
    'same': frozenset({'bruno'})})


def staffed(contacts=(), quorums=(), drafts=None, known=USERS):
    problems = []
    found = SignerAssignment(['first', 'speed', 'same'], dict(contacts),
                             dict(quorums), known, problems).staffed(
        DRAFTS if drafts is None else drafts)
    return [(r.contacts, r.quorum) for r in found], problems


def test_contacts_and_quorums_are_those_of_the_template_by_default():
    assert staffed() == (
        [(('anna',), 2), (('carla',), 1), ((), 1)], [])


def test_contacts_and_quorums_of_the_request_replace_those_of_the_template():
    assert staffed({'first': ('bruno', 'anna', 'bruno'),
                    'speed': ('anna',)}, {'first': '1', 'speed': '2'}) == (
        [(('bruno', 'anna'), 1), (('anna',), 2), (('anna',), 2)], [])


def test_contacts_of_one_member_replace_those_of_its_group():
    assert staffed({'speed': ('anna',), 'speed.ral': ('bruno',),
                    'first': ()}, {'speed': '2', 'speed.ral': '3'}) == (
        [((), 2), (('anna',), 2), (('bruno',), 3)], [])


def test_empty_contacts_of_a_group_leave_its_members_their_own():
    assert staffed({'speed': ()})[0][1:] == [(('carla',), 1), ((), 1)]
    assert staffed({'speed.cnaf': ()})[0][1:] == [((), 1), ((), 1)]


def test_contact_who_is_no_user_is_refused_once_where_named():
    found = staffed({'speed': ('eve',), 'first': ('eve', 'eve')})[1]
    assert [field for field, _ in found] == ['contact:first',
                                             'contact:speed']
    alone = staffed({'speed.ral': ('eve',)})[1]
    assert [field for field, _ in alone] == ['contact:speed.ral']
    of_list = staffed(known=SiteFacts(('anna',)))[1]
    assert [field for field, _ in of_list] == ['contact:speed']


def test_contacts_and_quorums_of_unknown_keys_are_refused():
    known = 'Known are first, speed, same, speed.cnaf and speed.ral.'
    assert staffed({'fisrt': ()}, {'z' * 99: '1', 'speed.cnaf': '1',
                                   'same': '1'})[1] == [
        ('contact:fisrt', f'There is no requirement "fisrt". Did you mean '
         f'first? {known}'),
        (f'quorum:{"z" * 99}', f'There is no requirement "{"z" * 64}". '
         f'{known}')]


def test_unknown_key_is_refused_with_at_most_so_many_known_keys():
    drafts = [replace(SPEED[0], requirement=replace(
        SPEED[0].requirement, key=f'speed.{n}')) for n in range(20)]
    words = staffed({'zzz': ()}, drafts=drafts)[1][0][1]
    assert words.endswith('speed.15 and speed.16.')


def test_quorum_that_is_no_number_is_refused():
    assert staffed(quorums={'first': 'many'}) == (
        [(('anna',), 1), (('carla',), 1), ((), 1)], [(
            'quorum:first', '"many" is no quorum of first; write a whole '
            'number, 1 to 99.')])


def test_group_of_a_template_without_items_has_the_title_of_the_group():
    assert titles(TEMPLATE, CAMPAIGN) == {
        'first': FIRST.requirement.title, 'speed': 'Speed at each site',
        'same': 'Each site as before'}
