"""Named lists: read from text, told where they are wrong, written back."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.template.lists import (
    as_toml,
    blank_lists,
    parse_lists,
    slug,
)
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.parser import parse

TEXT = '''\
[lists]
sites = ["CNAF", " IFCA-LCG2 "]

[[lists.farms]]
name = "Größe 1"
weight = 1.50
contacts = ["anna", "@farm"]

[[lists.farms]]
name = "Two"
key = "second"
weight = 7
'''
LISTS = (
    ItemList('sites', (Item('cnaf', 'CNAF'), Item('ifca-lcg2', 'IFCA-LCG2'))),
    ItemList('farms', (Item('groe-1', 'Größe 1', '1.50', ('anna', '@farm')),
                       Item('second', 'Two', '7'))))


def told(text):
    with pytest.raises(TemplateError) as error:
        parse_lists(text)
    return [str(p) for p in error.value.problems]


def test_lists_are_read_in_their_order():
    assert parse_lists(TEXT) == LISTS
    assert parse_lists('') == ()
    longest = 's' * 64
    assert parse_lists(f'lists.{longest} = []') == (ItemList(longest),)
    assert parse_lists('lists = {sites = []}') == (ItemList('sites'),)


@pytest.mark.parametrize('weight', ['"2.5"', '2.5', '999999999999'])
def test_a_weight_is_a_number_or_its_text(weight):
    found = parse_lists(f'lists.sites = [{{name = "A", weight = {weight}}}]')
    assert found[0].items[0].weight == weight.strip('"')


LIST = 'write sites = ["one", "two"], or [[lists.sites]] tables'
NAMED = ('name a list with small letters, digits and single underscores, '
         'beginning with a letter')
WEIGHT = ('write a plain number above 0, with at most 12 digits before and '
          'behind the point')
WRONG = [
    pytest.param('lists = 3', ['line 1, lists: write a [lists] table'],
                 id='no table'),
    pytest.param('list = 3', ['line 1, list: unknown word; write "lists"'],
                 id='misspelt'),
    pytest.param('\nlists.sites = "A"', [f'line 2, lists.sites: {LIST}'],
                 id='no list'),
    pytest.param('lists.Sites = []', [f'line 1, lists.Sites: {NAMED}'],
                 id='a large letter'),
    pytest.param(f'lists.{"s" * 65} = []', [
        f'line 1, lists.{"s" * 64}: {NAMED}'], id='a long name'),
    *(pytest.param(f'lists.{name} = []', [
        f'line 1, lists.{name}: {{{one}}} means something else in texts; '
        'choose another name'], id=name) for name, one in [
            ('items', 'item'), ('stage', 'stage'), ('campaigns', 'campaign'),
            ('release', 'release'), ('starts', 'start')]),
    pytest.param('lists.sites = [1]', [
        'line 1, lists.sites[1]: write a name in quotes, or a table'],
        id='a number'),
    pytest.param('lists.sites = [" "]', [
        'line 1, lists.sites[1].name: write a text that is not empty'],
        id='no name'),
    pytest.param('lists.sites = [{nam = "A"}]', [
        'line 1, lists.sites[1].nam: unknown word; write "name"'],
        id='an unknown word'),
    pytest.param(f'lists.sites = ["{"A" * 65}"]', [
        'line 1, lists.sites[1].name: write at most 64 printable characters '
        'on one line'], id='a long item'),
    pytest.param('lists.sites = ["A", "[B]^"]', [
        'line 1, lists.sites[2].name: a name cannot hold [ ] ^; leave it '
        'out'], id='signs of wiki text'),
    pytest.param('lists.sites = ["A", "a"]', [
        'line 1, lists.sites[2].key: "a" is taken already; choose another '
        'key'], id='twice'),
    pytest.param('lists.sites = ["北京"]', [
        'line 1, lists.sites[1]: no key can be made of "北京"; add key = '
        '"..." in small letters'], id='another script'),
    pytest.param('lists.sites = [{name = "A", key = "A"}]', [
        'line 1, lists.sites[1].key: write small letters, digits and single '
        'hyphens, beginning with a letter'], id='a bad key'),
    *(pytest.param(f'lists.sites = [{{name = "A", weight = {text}}}]', [
        f'line 1, lists.sites[1].weight: "{shown}" is no weight; {WEIGHT}'],
        id=f'weight {text}') for text, shown in [
            ('0', ''), ('-1', ''), ('1000000000000', ''), ('true', ''),
            ('"much"', 'much'), ('1e3', '1e3'), ('""', ''), ('[]', '')]),
    pytest.param('lists.sites = [{name = "A", contacts = "anna"}]', [
        'line 1, lists.sites[1].contacts: write a list of different texts, '
        'each of at most 64 printable characters'], id='contacts'),
    pytest.param('a = ', ['line 1, TOML: Invalid value (at end of document)'
                          '; mend the syntax there'], id='syntax'),
    pytest.param(f'lists.a = [{"1," * 1001}]\nlists.b = [{"1," * 1000}]', [
        'line 1, lists: write at most 2000 items in all'], id='too many'),
]


@pytest.mark.parametrize(('text', 'problems'), WRONG)
def test_list_with_mistakes_is_refused_with_line_path_and_remedy(
        text, problems):
    assert told(text) == problems


def test_list_of_the_greatest_length_is_read():
    names = ', '.join(f'"a{n}"' for n in range(1000))
    found = parse_lists(f'lists.a = [{names}]\nlists.b = [{names}]\n')
    assert [len(each.items) for each in found] == [1000, 1000]


@pytest.mark.parametrize(('name', 'key'), [
    ('CNAF', 'cnaf'), ('IFCA-LCG2', 'ifca-lcg2'), (' A  b_c! ', 'a-b-c'),
    ('é', 'e'), ('2nd', ''), ('', ''), ('北京', ''), ('--', '')])
def test_item_name_gives_its_key(name, key):
    assert slug(name) == key


def test_lists_are_written_as_they_are_read():
    assert as_toml(LISTS) == '''\
[lists]
sites = [
  "CNAF",
  "IFCA-LCG2",
]
farms = [
  {name = "Größe 1", weight = 1.50, contacts = ["anna", "@farm"]},
  {name = "Two", key = "second", weight = 7},
]
'''
    assert parse_lists(as_toml(LISTS)) == LISTS
    assert as_toml(()) == ''
    quoted = (ItemList('sites', (Item('x', 'A "b" \\ c'),)),)
    assert parse_lists(as_toml(quoted)) == quoted


def test_the_lists_of_a_template_are_written_for_filling_in():
    found = parse('''
title = "T"
[lists]
farms = ["A"]
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "a"
title = "{site}"
for_each = "sites"
[[stage.requirement]]
key = "b"
title = "{farm}"
for_each = "farms"
''')
    assert blank_lists(found) == (
        '[lists]\nfarms = [\n  "A",\n]\nsites = [\n]\n')
