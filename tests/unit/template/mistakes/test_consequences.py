"""One mistake is told once: what only follows from it is not."""

from __future__ import annotations

import pytest

from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.parser import parse

TEXT = '''
title = "T"
[[lists.sites]]
name = "RAL"
weight = 1
plots = ["own"]
[freeze]
requirement = "first"
[[stage]]
key = "one"
title = "One"
due = 14
[[stage.requirement]]
key = "first"
title = "First"
due = 15
[[stage.requirement.value]]
name = "rate"
title = "Rate"
unit = "%"
[[stage]]
key = "two"
title = "Two"
due = 7
[[stage.requirement]]
key = "second"
title = "Second at {site}"
for_each = "sites"
coverage = "weight >= 90 %"
rests_on = ["first"]
separate_from = "first"
plots = ["hits"]
[[stage.requirement.value]]
name = "rate"
title = "Rate"
unit = "%"
compare_with = "first"
tolerance = "10 %"
'''


def told(text):
    """Where the mistakes of a text are said to be."""
    with pytest.raises(TemplateError) as error:
        parse(text)
    return [p.path for p in error.value.problems]


def test_the_text_has_no_mistake_before_it_gets_one():
    assert len(parse(TEXT).stages) == 2


@pytest.mark.parametrize(('was', 'now', 'path'), [
    pytest.param('due = 14', 'deu = 14', 'stage[1].deu', id='stage due word'),
    pytest.param('due = 14', 'due = "14"', 'stage[1].due', id='stage due'),
    pytest.param('due = 7', 'due = "7"', 'stage[2].due', id='later due'),
    pytest.param('due = 15', 'due = []', 'stage[1].requirement[1].due',
                 id='own due'),
    pytest.param('key = "first"', 'kye = "first"',
                 'stage[1].requirement[1].kye', id='a key word'),
    pytest.param('key = "first"', 'key = "First One"',
                 'stage[1].requirement[1].key', id='a key'),
    pytest.param('key = "first"\n', '', 'stage[1].requirement[1]',
                 id='no key'),
    pytest.param('for_each = "sites"', 'for_each = 3',
                 'stage[2].requirement[1].for_each', id='for_each'),
    pytest.param('for_each =', 'foreach =',
                 'stage[2].requirement[1].foreach', id='for_each word'),
    pytest.param('weight = 1', 'weight = "much"', 'lists.sites[1].weight',
                 id='a weight'),
    pytest.param('plots = ["hits"]', 'plots = 3',
                 'stage[2].requirement[1].plots', id='plots'),
    pytest.param('compare_with = "first"', 'compare_with = 3',
                 'stage[2].requirement[1].value[1].compare_with',
                 id='compare_with'),
    pytest.param('plots = ["hits"]', 'plot = 3',
                 'stage[2].requirement[1].plot',
                 id='a word that is misspelt, and wrong'),
])
def test_one_mistake_is_told_once(was, now, path):
    found = told(TEXT.replace(was, now, 1))
    assert found == [path]


def test_a_stage_without_requirements_makes_no_reference_wrong():
    at = TEXT.index('[[stage.requirement]]')
    short = TEXT[:at] + TEXT[TEXT.index('[[stage]]\nkey = "two"'):]
    assert told(short) == ['stage[1]']


def test_mistakes_that_have_nothing_to_do_with_another_are_told():
    found = told(TEXT.replace('rests_on = ["first"]', 'rests_on = ["thrid"]')
                 .replace('due = 7', 'due = 21'))
    assert sorted(found) == ['stage[2].due',
                             'stage[2].requirement[1].rests_on']


def test_what_is_read_as_another_word_keeps_its_line():
    with pytest.raises(TemplateError) as error:
        parse('titel = "T"\n[[stages]]\nkey = "a"\ntitle = "A"\n'
              '[[stages.requirement]]\nkey = "B"\ntitle = "B"\n')
    assert [p.line for p in error.value.problems] == [1, 2, 6]


@pytest.mark.parametrize(('changes', 'paths'), [
    pytest.param({'key = "first"': 'key = "First One"', 'due = 7': 'due = 21'},
                 ['stage[1].requirement[1].key', 'stage[2].due'],
                 id='a day beside a key'),
    pytest.param({'unit = "%"': 'unit = 3', 'tolerance = "10 %"': ''},
                 ['stage[1].requirement[1].value[1].unit',
                  'stage[2].requirement[1].value[1]'],
                 id='a tolerance that lacks beside the unit of another value'),
    pytest.param({'title = "T"': 'title = 3', 'plots = ["own"]':
                  'bounds = ["peak <= 2 %"]', 'due = 15': 'due = []'},
                 ['lists.sites[1].bounds', 'stage[1].requirement[1].due',
                  'title'], id='evidence of an item beside days and titles'),
])
def test_each_of_two_mistakes_is_told(changes, paths):
    text = TEXT
    for was, now in changes.items():
        text = text.replace(was, now, 1)
    assert sorted(told(text)) == paths


def test_value_whose_name_cannot_be_read_is_compared_with_nothing():
    at = TEXT.rindex('name = "rate"')
    assert told(TEXT[:at] + TEXT[at:].replace('name = "rate"', 'name = 3')
                ) == ['stage[2].requirement[1].value[1].name']


@pytest.mark.parametrize(('text', 'path'), [
    pytest.param('title = "T"\nstage = 3\n[freeze]\nrequirement = "a"\n',
                 'stage', id='stages'),
    pytest.param('lists = 3\n' + TEXT.replace(
        '[[lists.sites]]\nname = "RAL"\nweight = 1\nplots = ["own"]\n', ''),
        'lists', id='lists'),
])
def test_what_refers_to_what_cannot_be_read_at_all_is_not_told(text, path):
    assert told(text) == [path]
