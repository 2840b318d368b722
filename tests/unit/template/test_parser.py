"""Templates: every mistake with its line, its path and the remedy."""

from __future__ import annotations

import pkgutil
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prodworkflow.domain.model.campaign import Freeze
from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.template.fields import PROBLEMS_MAX
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.template.parser import parse
from support.factories import ASKED, KEYS, TITLES

GOOD = '''\
title = "Mine"
description = """
[[stage]]
key = "not this one"
"""

[[stage]] # the first
key = "a"
title = "A"
due = 10

[[ stage . requirement ]]
key = "x"
title = "X"
description = \'\'\'
key = 3
\'\'\'

[[stage]]
key = "b"
title = "B"

[[stage.requirement]]
key = "y"
title = "Y"
release_bound = true
type = "defect"
priority = "critical"
'''


def test_the_built_in_template_is_that_of_the_source():
    text = pkgutil.get_data('prodworkflow',
                            'builtin_templates/path-to-production.toml')
    found = parse(text.decode())
    assert tuple(s.key for s in found.stages) == KEYS
    assert tuple(s.title for s in found.stages) == TITLES
    assert {r.key: r.title for r in found.requirements} == {
        key: title for key, (_, title) in ASKED.items()}
    assert [r.key for r in found.requirements] == list(ASKED)
    assert {(r.type, r.priority, r.component)
            for r in found.requirements} == {('', '', '')}, 'as Trac has it'


def test_a_good_template_is_read():
    found = parse(GOOD)
    assert [(s.key, s.due) for s in found.stages] == [('a', 10), ('b', 0)]
    last = found.requirements[1]
    assert (last.release_bound, last.type, last.priority) == (
        True, 'defect', 'critical')
    assert parse(GOOD.replace('\n', '\r\n')).title == 'Mine'


def bad(old, new):
    assert old in GOOD
    return GOOD.replace(old, new, 1)


MISTAKES = [
    pytest.param(bad('title = "Mine"', 'titel = "Mine"'),
                 ['line 1, titel: unknown word; write "title"'],
                 id='misspelt word'),
    pytest.param(bad('title = "A"', 'title = 7'),
                 ['line 9, stage[1].title: write a text in quotes'],
                 id='no text'),
    pytest.param(bad('title = "A"', 'title = " "'),
                 ['line 9, stage[1].title: write a text that is not empty'],
                 id='empty text'),
    pytest.param(bad('title = "A"', 'title = "A\\nB"'),
                 ['line 9, stage[1].title: write at most 64 printable '
                  'characters on one line'], id='two lines'),
    pytest.param(bad('title = "B"', f'title = "{"B" * 65}"'),
                 ['line 21, stage[2].title: write at most 64 printable '
                  'characters on one line'], id='too long'),
    pytest.param(bad('due = 10', 'due = -1'),
                 ['line 10, stage[1].due: write the number of days before '
                  'the start of production, 0 to 3650'], id='negative'),
    pytest.param(bad('due = 10', 'due = true'),
                 ['line 10, stage[1].due: write the number of days before '
                  'the start of production, 0 to 3650'], id='no number'),
    pytest.param(bad('title = "B"', 'title = "B"\ndue = 11'),
                 ['line 22, stage[2].due: a later stage cannot be due '
                  'earlier; write at most 10'], id='out of order'),
    pytest.param(bad('key = "x"', 'key = "X y"'),
                 ['line 13, stage[1].requirement[1].key: write small '
                  'letters, digits and single hyphens, beginning with a '
                  'letter'], id='key'),
    pytest.param(bad('key = "y"', 'key = "x"'),
                 ['line 24, stage[2].requirement[1].key: "x" is taken '
                  'already; choose another key'], id='key twice'),
    pytest.param(bad('key = "b"', 'key = "a"'),
                 ['line 20, stage[2].key: "a" is taken already; choose '
                  'another key'], id='stage twice'),
    pytest.param(bad('release_bound = true', 'release_bound = "yes"'),
                 ['line 26, stage[2].requirement[1].release_bound: write '
                  'true or false'], id='no truth'),
    pytest.param(bad('type = "defect"', 'owner = "anna"'),
                 ['line 27, stage[2].requirement[1].owner: unknown word; '
                  'known here: key, title, description, for_each, coverage, '
                  'of, contacts, quorum, separate_from, rests_on, '
                  'release_bound, inputs, '
                  'due, plots, links, value, automatic, type, '
                  'component, priority, '
                  'keywords, fields'], id='unknown word'),
    pytest.param('title = "T"\n', ['line 1, template: write at least one '
                                   '[[stage]] table'], id='no stage'),
    pytest.param('title = "T"\nstage = 3\n',
                 ['line 2, stage: write at least one [[stage]] table'],
                 id='stage is no table'),
    pytest.param('title = "T"\n[[stage]]\nkey = "a"\ntitle = "A"\n',
                 ['line 2, stage[1]: write at least one '
                  '[[stage.requirement]] table'], id='no requirement'),
    pytest.param('title = "T"\nstage = [{key = "a", titel = "A"}]\n',
                 ['line 2, stage[1].titel: unknown word; write "title"',
                  'line 2, stage[1]: write at least one '
                  '[[stage.requirement]] table'],
                 id='inline table'),
]


@pytest.mark.parametrize(('text', 'told'), MISTAKES)
def test_template_with_mistakes_is_refused_with_line_path_and_remedy(
        text, told):
    with pytest.raises(TemplateError) as error:
        parse(text)
    assert sorted(map(str, error.value.problems)) == sorted(told)


def test_all_mistakes_of_a_template_are_told_at_once():
    text = bad('title = "A"', 'title = 7').replace('"y"', '"Y"')
    with pytest.raises(TemplateError) as error:
        parse(text)
    assert [p.line for p in error.value.problems] == [9, 24]
    assert str(error.value).count('\n') == 1


def test_no_more_mistakes_are_looked_for_than_anybody_would_read():
    text = 'title = "T"\n[[stage]]\nkey = "a"\ntitle = "A"\n' + ''.join(
        f'[[stage.requirement]]\nkey = "r{n}"\ntitle = "R"\n'
        'rests_on = ["zzz"]\n' for n in range(PROBLEMS_MAX + 5))
    with pytest.raises(TemplateError) as error:
        parse(text)
    assert len(error.value.problems) == PROBLEMS_MAX


def test_template_with_broken_toml_is_refused_with_its_line():
    with pytest.raises(TemplateError) as error:
        parse('title = "T"\n[[stage]\n')
    assert error.value.problems[0].line == 2
    assert 'mend the syntax there' in str(error.value)
    with pytest.raises(TemplateError):
        parse('a=' + '[' * 5000)


word = st.sampled_from(['title', 'key', 'due', '[[stage]]', '=', '"a"', '\n',
                        '[[stage.requirement]]', '3', "'''", '"""', '{', '.'])


@given(st.text() | st.lists(word).map(' '.join))
@example('stage = [[]]\ntitle = ""')
@example('stage.x = 1')
def test_any_text_gives_a_template_or_a_template_error(text):
    try:
        assert isinstance(parse(text), Template)
    except TemplateError as error:
        lines = text.count('\n') + 2
        assert all(1 <= p.line <= lines for p in error.problems)


FULL = """
title = "Full"
[freeze]
requirement = "frozen"
types = ["defect", "task"]
priority = "blocker"
[[stage]]
key = "one"
title = "One"
[[stage.requirement]]
key = "frozen"
title = "Frozen"
[[stage.requirement.value]]
name = "cpu_time"
title = "CPU time"
unit = "h"
[[stage.requirement]]
key = "measured"
title = "Measured"
quorum = 2
separate_from = "frozen"
inputs = ["emc", "sites"]
plots = ["phi"]
links = ["report"]
[[stage.requirement.value]]
name = "cpu_time"
title = "CPU time"
unit = "s"
compare_with = "frozen"
tolerance = "20 %"
[[stage.requirement.value]]
name = "memory"
title = "Memory"
unit = "GB"
at_least = "1"
at_most = "4000 MB"
"""


def test_template_with_every_keyword_is_read():
    found = parse(FULL)
    frozen, asked = found.requirements
    assert found.freeze == Freeze('frozen', ('defect', 'task'), 'blocker')
    assert found.source == FULL
    assert (asked.quorum, asked.separate_from) == (2, 'frozen')
    assert asked.inputs == ('emc', 'sites')
    assert asked.asks == EvidenceSpec(
        (ValueSpec('cpu_time', 'CPU time', 's', compare_with='frozen',
                   tolerance='20 %'),
         ValueSpec('memory', 'Memory', 'GB', '1', '4000 MB')),
        ('phi',), ('report',))
    assert (frozen.quorum, frozen.separate_from, frozen.inputs) == (1, '', ())
    assert frozen.asks.plots == ()


def test_a_freeze_has_its_defaults():
    text = FULL.replace('types = ["defect", "task"]\npriority = "blocker"\n',
                        '')
    assert parse(text).freeze == Freeze('frozen', ('defect',), 'critical')
    none = re.sub(r'\[freeze\](\n[^\[].*)+', '', FULL)
    assert parse(none).freeze is None


WRONG = [
    pytest.param('quorum = 2', 'quorum = 0', 'requirement[2].quorum: write a '
                 'whole number, 1 to 99', id='quorum of none'),
    pytest.param('quorum = 2', 'quorum = 100', '1 to 99', id='large quorum'),
    pytest.param('quorum = 2', 'quorum = true', '1 to 99', id='no quorum'),
    pytest.param('inputs = ["emc", "sites"]', 'inputs = ["emc", "emc"]',
                 'inputs: write a list of different texts, each of at most '
                 '64 printable characters', id='twice the same'),
    pytest.param('inputs = ["emc", "sites"]', 'inputs = "emc"',
                 'write a list', id='no list'),
    pytest.param('plots = ["phi"]', 'plots = [1]', 'write a list',
                 id='no texts'),
    pytest.param('plots = ["phi"]', 'plots = [" "]', 'write a list',
                 id='empty text'),
    pytest.param('links = ["report"]', 'links = ["a\\tb"]', 'write a list',
                 id='unprintable'),
    pytest.param('links = ["report"]', f'links = ["{"x" * 65}"]',
                 'write a list', id='long text'),
    pytest.param('separate_from = "frozen"', 'separate_from = "measured"',
                 'separate_from: "measured" is no other requirement; known '
                 'are frozen', id='separate from itself'),
    pytest.param('name = "memory"', 'name = "Memory"', 'value[2].name: write '
                 'small letters, digits and single underscores, beginning '
                 'with a letter', id='name'),
    pytest.param('name = "memory"', 'name = "cpu_time"',
                 'value[2].name: "cpu_time" is taken already; choose another '
                 'name', id='name taken'),
    pytest.param('unit = "GB"', 'unit = "KB"', 'value[2].unit: "KB" is no '
                 'known unit', id='unit'),
    pytest.param('unit = "GB"\n', '', '"unit" is missing', id='no unit'),
    pytest.param('at_least = "1"', 'at_least = "1 s"', 'value[2].at_least: '
                 '"1 s" cannot be counted in GB', id='bound of another kind'),
    pytest.param('at_most = "4000 MB"', 'at_most = "much"',
                 'value[2].at_most: "much" is no quantity', id='bound'),
    pytest.param('tolerance = "20 %"\n', '', 'value[1]: write compare_with '
                 'and tolerance together', id='no tolerance'),
    pytest.param('compare_with = "frozen"\n', '', 'together',
                 id='nothing to compare with'),
    pytest.param('tolerance = "20 %"', 'tolerance = "+-1 %"', 'tolerance: '
                 '"+-1 %" is no quantity', id='two signs'),
    pytest.param('tolerance = "20 %"', 'tolerance = "2 h"',
                 'cannot be counted in %; ', id='tolerance'),
    pytest.param('compare_with = "frozen"', 'compare_with = "measured"',
                 'compare_with: "measured" is no other requirement',
                 id='compared with itself'),
    pytest.param('name = "cpu_time"\ntitle = "CPU time"\nunit = "h"',
                 'name = "wall_time"\ntitle = "CPU time"\nunit = "h"',
                 'compare_with: "frozen" asks for no value "cpu_time"; add '
                 'it there', id='no estimate'),
    pytest.param('unit = "h"', 'unit = "GB"', 'unit: "frozen" has cpu_time '
                 'in GB; write a unit of that kind', id='another estimate'),
    pytest.param('requirement = "frozen"', 'requirement = "cold"',
                 'freeze.requirement: "cold" is no other requirement; known '
                 'are frozen, measured', id='freeze of nothing'),
    pytest.param('requirement = "frozen"\n', '', 'freeze: "requirement" is '
                 'missing', id='no freeze requirement'),
    pytest.param('types =', 'kinds =', 'freeze.kinds: unknown word; known '
                 'here: requirement, types, priority', id='freeze word'),
    pytest.param('types = ["defect", "task"]', 'types = 1', 'freeze.types: '
                 'write a list', id='freeze types'),
    pytest.param('priority = "blocker"', 'priority = 1', 'freeze.priority: '
                 'write a text', id='freeze priority'),
    pytest.param('at_most = "4000 MB"', 'at_mots = "4000 MB"',
                 'value[2].at_mots: unknown word; write "at_most"',
                 id='value word'),
    pytest.param('[freeze]', '[[freeze]]', 'freeze: write a [freeze] table',
                 id='freeze as a list'),
]


@pytest.mark.parametrize(('right', 'wrong', 'words'), WRONG)
def test_each_invalid_keyword_value_is_refused_with_its_place(
        right, wrong, words):
    assert right in FULL
    with pytest.raises(TemplateError) as error:
        parse(FULL.replace(right, wrong, 1))
    told = [str(p) for p in error.value.problems]
    assert any(words in each for each in told), told
    assert len(told) == 1 or 'unit' in words or 'name' in words


def test_values_of_a_template_that_are_no_list_of_tables_are_refused():
    with pytest.raises(TemplateError) as error:
        parse(FULL.replace('plots = ["phi"]', 'value = 1').partition(
            '[[stage.requirement.value]]\nname = "cpu_time"\ntitle = '
            '"CPU time"\nunit = "s"')[0])
    assert 'write at least one [[stage.requirement.value]] table' in str(
        error.value)
