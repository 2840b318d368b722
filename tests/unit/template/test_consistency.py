"""What has to agree between the parts of a template."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.coverage_rule import rule
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.template.consistency import distinct, Mistake
from prodworkflow.domain.template.list_checks import size, too_many, unfit
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.parser import parse

GOOD = '''\
title = "T"
[lists]
sites = [{name = "A", weight = 3}, {name = "B", weight = 1}]
farms = ["F"]
[freeze]
requirement = "first"
[[stage]]
key = "one"
title = "One"
due = 20
description = "Of {campaign}"
[[stage.requirement]]
key = "first"
title = "First"
[[stage.requirement]]
key = "second"
title = "At {site} of {stage}"
description = """
{item}
and {release}"""
for_each = "sites"
coverage = "at_least = 2"
due = 25
component = "{site}"
keywords = "{start}"
inputs = ["{site}"]
fields = {grid = "{item}"}
[[stage.requirement.value]]
name = "cpu"
title = "CPU"
unit = "h"
[[stage]]
key = "two"
title = "Two"
due = 10
[[stage.requirement]]
key = "third"
title = "Third"
for_each = "sites"
separate_from = "first"
[[stage.requirement.value]]
name = "cpu"
title = "CPU"
unit = "s"
compare_with = "second"
tolerance = "10 %"
'''


def told(right, wrong):
    """What is wrong, each at the line that its path or its word stands in."""
    assert right in GOOD
    text = GOOD.replace(right, wrong, 1)
    with pytest.raises(TemplateError) as error:
        parse(text)
    for problem in error.value.problems:
        line = text.split('\n')[problem.line - 1]
        word = problem.path.rpartition('.')[2]
        named = problem.words.partition('{')[2].partition('}')[0]
        assert (line.startswith('[[') if word.endswith(']') else
                f'{{{named}}}' in line if named else f'{word} =' in line)
    return [f'{p.path}: {p.words}' for p in error.value.problems]


def test_consistent_template_is_read():
    found = parse(GOOD)
    assert [r.key for r in found.requirements] == ['first', 'second',
                                                   'third']
    assert found.list_names == ('sites', 'farms')


SECOND, THIRD = 'stage[1].requirement[2]', 'stage[2].requirement[1]'
KEPT = ', or double the braces to keep them'
DISAGREE = [
    pytest.param('due = 10', 'due = 21', [
        'stage[2].due: a later stage cannot be due earlier; write '
        'at most 20'], id='order'),
    pytest.param('due = 25', 'due = 19', [
        f'{SECOND}.due: it cannot be due after its stage; write at '
        'least 20'], id='due after its stage'),
    pytest.param('key = "third"', 'key = "first"', [
        f'{THIRD}.key: "first" is taken already; choose another '
        'key',
        f'{THIRD}.separate_from: "first" is no other requirement; '
        'known are second',
        'freeze.requirement: "first" is asked for each of a list; '
        'name a requirement that is asked once'], id='a key twice'),
    pytest.param('requirement = "first"', 'requirement = "frist"', [
        'freeze.requirement: "frist" is no other requirement; known '
        'are first, second, third; write "first"'], id='freeze, misspelt'),
    pytest.param('requirement = "first"', 'requirement = "zzz"', [
        'freeze.requirement: "zzz" is no other requirement; known '
        'are first, second, third'], id='freeze of nothing'),
    pytest.param('requirement = "first"', 'requirement = "third"', [
        'freeze.requirement: "third" is asked for each of a list; '
        'name a requirement that is asked once'], id='freeze of a group'),
    pytest.param('Of {campaign}', 'Of {campagne}', [
        'stage[1].description: nothing stands for {campagne}; write '
        f'{{campaign}}{KEPT}'], id='a stage, misspelt'),
    pytest.param('Of {campaign}', 'Of {zzz}', [
        'stage[1].description: nothing stands for {zzz}; known '
        f'here: {{campaign}}, {{release}}, {{start}}, {{stage}}{KEPT}'],
        id='a stage has no item'),
    pytest.param('title = "First"', 'title = "{item}"', [
        'stage[1].requirement[1].title: nothing stands for {item}; '
        'known here: {campaign}, {release}, {start}, {stage}' + KEPT],
        id='asked once, and an item'),
    pytest.param('and {release}', 'and {releese}', [
        f'{SECOND}.description: nothing stands for {{releese}}; '
        f'write {{release}}{KEPT}'], id='a line within a text'),
    *(pytest.param(text, text.replace(word, 'zzz'), [
        f'{SECOND}.{path}: nothing stands for {{zzz}}; known '
        'here: {campaign}, {release}, {start}, {stage}, {item}, {site}'
        + KEPT], id=path) for text, word, path in [
            ('At {site}', 'site', 'title'),
            ('component = "{site}"', 'site', 'component'),
            ('keywords = "{start}"', 'start', 'keywords'),
            ('inputs = ["{site}"]', 'site', 'inputs')]),
    pytest.param('grid = "{item}"', 'grid = "{iem}"', [
        f'{SECOND}.fields.grid: nothing stands for {{iem}}; write '
        f'{{item}}{KEPT}'], id='a field'),
    pytest.param('title = "First"', 'title = "First"\ncoverage = '
                 '"at_least = 1"', [
                     'stage[1].requirement[1].coverage: only with '
                     'for_each there is something to cover; add for_each = '
                     '"..."', f'{THIRD}.separate_from: "first" need not be '
                     'met for every item; name a requirement that has to be '
                     'met'], id='coverage of one'),
    pytest.param('for_each = "sites"\ncoverage', 'for_each = "sitse"\n'
                 'coverage', [
                     f'{SECOND}.for_each: there is no list "sitse"; '
                     'write "sites"',
                     f'{THIRD}.value[1].compare_with: "second" is asked for '
                     'each of sitse, and this is not; add for_each = '
                     '"sitse", or name another',
                     *(f'{SECOND}.{path}: nothing stands for '
                       f'{{site}}; write {{sitse}}{KEPT}'
                       for path in ('title', 'component', 'inputs'))],
                 id='a list, misspelt'),
    pytest.param('at_least = 2', 'at_least = 3', [
        f'{SECOND}.coverage: the list has 2 sites; write at most '
        'at_least = 2'], id='more than there are'),
    pytest.param('separate_from = "first"', 'separate_from = "third"', [
        f'{THIRD}.separate_from: "third" is no other requirement; '
        'known are first, second'], id='separate from itself'),
    pytest.param('separate_from = "first"', 'separate_from = "second"', [
        f'{THIRD}.separate_from: "second" need not be met for every '
        'item; name a requirement that has to be met'],
        id='separate from some'),
    pytest.param('title = "First"', 'title = "First"\nseparate_from = '
                 '"third"', [
                     'stage[1].requirement[1].separate_from: '
                     '"third" is asked for each of sites, and this is not; '
                     'add for_each = "sites", or name another'],
                 id='one separate from a group'),
    pytest.param('tolerance = "10 %"\n', '', [
        f'{THIRD}.value[1]: write compare_with and tolerance '
        'together'], id='no tolerance'),
    pytest.param('compare_with = "second"\n', '', [
        f'{THIRD}.value[1]: write compare_with and tolerance '
        'together'], id='compared with nothing'),
    pytest.param('compare_with = "second"', 'compare_with = "third"', [
        f'{THIRD}.value[1].compare_with: "third" is no other '
        'requirement; known are first, second'], id='compared with itself'),
    pytest.param('compare_with = "second"', 'compare_with = "first"', [
        f'{THIRD}.value[1].compare_with: "first" asks for no value '
        '"cpu"; add it there'], id='no such value'),
    pytest.param('unit = "s"', 'unit = "GB"', [
        f'{THIRD}.value[1].unit: "second" has cpu in h; write a '
        'unit of that kind'], id='another kind'),
    pytest.param('for_each = "sites"\nseparate_from = "first"',
                 'separate_from = "first"', [
                     f'{THIRD}.value[1].compare_with: "second" is '
                     'asked for each of sites, and this is not; add for_each '
                     '= "sites", or name another'], id='one and a group'),
]

@pytest.mark.parametrize(('right', 'wrong', 'problems'), DISAGREE)
def test_inconsistent_template_is_refused_with_line_path_and_remedy(
        right, wrong, problems):
    assert sorted(told(right, wrong)) == sorted(problems)


def test_a_sign_off_may_be_due_with_its_stage():
    assert parse(GOOD.replace('due = 25', 'due = 20')).requirements[1].due \
        == 20


def test_a_list_that_the_template_has_not_may_be_given_later():
    text = GOOD.replace('sites = [{name = "A", weight = 3}, {name = "B", '
                        'weight = 1}]\nfarms = ["F"]\n', '')
    assert parse(text).list_names == ('sites',)
    empty = GOOD.replace('[{name = "A", weight = 3}, {name = "B", '
                         'weight = 1}]', '[]')
    assert parse(empty).lists[0] == ItemList('sites')


SITES = ItemList('sites', (Item('a', 'A', '3'), Item('b', 'B')))


@pytest.mark.parametrize(('text', 'words'), [
    ('all', ''), ('at_least = 2', ''),
    ('at_least = 3', 'the list has 2 sites; write at most at_least = 2'),
    ('weight >= 0.5', 'B has no weight; give each site a weight, or write '
     'another rule')])
def test_coverage_rule_fits_its_list_or_is_refused(text, words):
    assert unfit(rule(text), SITES) == words


def test_a_share_fits_where_all_have_weights():
    assert unfit(rule('weight >= 0.5'), ItemList(
        'sites', SITES.items[:1])) == ''


def test_requirements_are_counted_with_their_lists():
    first, second, third = parse(GOOD).requirements
    lists = (SITES, ItemList('farms', SITES.items[:1]))
    assert [size(r, lists) for r in (first, second, third)] == [1, 2, 2]
    assert size(second, ()) == 0


def test_template_with_too_many_requirements_is_refused():
    assert too_many(2000) == ''
    assert too_many(2001) == (
        'these are 2001 requirements; at most 2000 are made, shorten the '
        'lists or ask for less of each')
    names = ', '.join(f'{{name = "a{n}", weight = 1}}' for n in range(1000))
    with pytest.raises(TemplateError) as error:
        parse(GOOD.replace('{name = "A", weight = 3}, {name = "B", weight '
                           '= 1}', names))
    assert [str(p) for p in error.value.problems] == [
        f'line 1, template: {too_many(2001)}']


def test_each_duplicate_key_is_refused_at_its_own_place():
    keys = [('a', (0,)), ('b', (1,)), ('a', (2,)), ('', (3,)), ('', (4,)),
            ('a', (5,))]
    assert list(distinct(keys, 'name')) == [
        Mistake((place, 'name'), '"a" is taken already; choose another name')
        for place in (2, 5)]
    assert next(distinct([('a', ()), ('a', ())])).path == ('key',)


def test_a_long_placeholder_is_told_shortened():
    words, = (p.words for p in _mistakes('Of {' + 'z' * 70 + '}'))
    assert words.startswith(f'nothing stands for {{{"z" * 64}}}; known')


def _mistakes(text):
    with pytest.raises(TemplateError) as error:
        parse(GOOD.replace('Of {campaign}', text))
    return error.value.problems


def test_unknown_key_is_refused_with_the_first_of_many_known_keys():
    asked = '\n'.join(f'[[stage.requirement]]\nkey = "k{n}"\ntitle = "K"\n'
                      for n in range(22))
    text = f'title = "T"\n[[stage]]\nkey = "a"\ntitle = "A"\n{asked}'
    with pytest.raises(TemplateError) as error:
        parse(text + 'separate_from = "zzz"\n')
    assert error.value.problems[0].words == (
        '"zzz" is no other requirement; known are '
        + ', '.join(f'k{n}' for n in range(20)))
