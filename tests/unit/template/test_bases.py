"""What `rests_on` may name, and what it means for each item of a list."""

from __future__ import annotations

from functools import partial

import pytest

from prodworkflow.domain.template.bases import (
    base_mistakes,
    RestingRequirement,
)
from prodworkflow.domain.template.expansion import expanded, of_item
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.parser import parse
from support.factories import campaign
from support.instruction_counter import steps

TEXT = '''\
title = "T"
[lists]
sites = ["A", "B"]
parts = ["svt"]
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "built"
title = "Built"
[[stage.requirement]]
key = "site"
title = "At {site}"
for_each = "sites"
rests_on = ["built"]
[[stage]]
key = "two"
title = "Two"
[[stage.requirement]]
key = "ran"
title = "Ran at {site}"
for_each = "sites"
rests_on = ["site", "built"]
[[stage.requirement]]
key = "plots"
title = "Plots of {part}"
for_each = "parts"
rests_on = ["ran"]
'''


def problems(old, new):
    assert old in TEXT
    with pytest.raises(TemplateError) as caught:
        parse(TEXT.replace(old, new))
    return [str(p) for p in caught.value.problems]


def test_a_group_is_rested_on_as_a_whole_and_by_the_same_item():
    template = parse(TEXT)
    found = {d.requirement.key: d.requirement.rests_on for d in expanded(
        template, template.lists, campaign())}
    assert found == {
        'built': (), 'site.a': ('built',), 'site.b': ('built',),
        'ran.a': ('site.a', 'built'), 'ran.b': ('site.b', 'built'),
        'plots.svt': ('ran',)}
    joiner = template.lists[0].items[0]
    assert [d.requirement.rests_on for d in of_item(
        template, 'sites', joiner, campaign())] == [
            ('built',), ('site.a', 'built')]


@pytest.mark.parametrize(('old', 'new', 'expected'), [
    pytest.param('rests_on = ["ran"]', 'rests_on = ["rane"]', [
        'line 28, stage[2].requirement[2].rests_on: there is no requirement '
        '"rane"; known are built, site, ran, plots; write "ran"'],
        id='unknown'),
    pytest.param('rests_on = ["built"]', 'rests_on = ["zzz"]', [
        'line 15, stage[1].requirement[2].rests_on: there is no requirement '
        '"zzz"; known are built, site, ran, plots'], id='like none'),
    pytest.param('rests_on = ["built"]', 'rests_on = ["plots"]', [
        'line 15, stage[1].requirement[2].rests_on: "plots" comes in a later '
        'stage; name a requirement of this stage or of an earlier one',
        'line 15, stage[1].requirement[2].rests_on: a requirement cannot '
        'rest on itself: site rests on plots, ran and site; take one of '
        'them out'], id='later, and so in a circle'),
    pytest.param('rests_on = ["ran"]', 'rests_on = ["plots"]', [
        'line 28, stage[2].requirement[2].rests_on: a requirement cannot '
        'rest on itself: plots rests on plots; take one of them out'],
        id='on itself'),
    pytest.param('title = "Built"\n', 'title = "Built"\nrests_on = '
                 '["site"]\n', [
                     'line 11, stage[1].requirement[1].rests_on: a '
                     'requirement cannot rest on itself: built rests on '
                     'site and built; take one of them out'], id='a circle'),
    pytest.param('rests_on = ["ran"]', 'rests_on = ["ran", "ran"]', [
        'line 28, stage[2].requirement[2].rests_on: write a list of '
        'different texts, each of at most 64 printable characters'],
        id='twice'),
])
def test_mistakes_of_rests_on_have_a_line_and_a_remedy(old, new, expected):
    assert problems(old, new) == expected


def resting(pairs):
    return [RestingRequirement(key, 0, tuple(bases), (key,))
            for key, bases in pairs]


@pytest.mark.parametrize('count', [1, 19, 20, 21])
def test_as_many_as_twenty_requirements_are_named(count):
    known = [f'r{n}' for n in range(count)]
    (_, words), = base_mistakes(resting([(k, []) for k in known[1:]]
                                        + [('r0', ['zzz'])]))
    assert words == ('there is no requirement "zzz"; known are '
                     + ', '.join([*known[1:], 'r0'][:20]))


def test_each_circle_is_told_once_at_its_first_requirement():
    found = dict(base_mistakes(resting([
        ('z', 'a'), ('a', 'b'), ('b', 'a'), ('free', ''), ('c', 'd'),
        ('d', 'e'), ('e', 'c')])))
    assert found == {
        ('a',): 'a requirement cannot rest on itself: a rests on b and a; '
                'take one of them out',
        ('c',): 'a requirement cannot rest on itself: c rests on d, e and '
                'c; take one of them out'}


def test_a_long_chain_of_bases_is_gone_through_at_once():
    chain = [(f'r{n}', [f'r{n + 1}']) for n in range(2000)]
    assert list(base_mistakes(resting([*chain, ('r2000', [])]))) == []
    found = list(base_mistakes(resting([*chain, ('r2000', ['r0'])])))
    assert [path for path, _ in found] == [('r0',)]


def test_a_longer_circle_takes_as_much_longer_as_it_is():
    def circle(length):
        return resting([(f'r{n}', [f'r{(n + 1) % length}'])
                        for n in range(length)])

    def told(found):
        assert len(list(base_mistakes(found))) == 1
    small, large = (steps(partial(told, circle(length)))
                    for length in (50, 200))
    assert 0 < large < small * 4 * 1.5
