"""Each word of a template: where it is told to be wrong, and what it is."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.campaign import Freeze
from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.model import (
    RequirementTemplate,
    StageTemplate,
    Template,
)
from prodworkflow.domain.template.parser import parse

FULL = '''\
title = "T"
description = "D"
resolution = "done"
remind = [5, 0, -1]
lists = {sites = ["A"]}
[freeze]
requirement = "once"
types = ["defect", "task"]
priority = "blocker"
[[stage]]
key = "one"
title = "One"
description = "First"
due = 9
[[stage.requirement]]
key = "once"
title = "Once"
[[stage.requirement]]
key = "each"
title = "Each {site}"
description = "E"
for_each = "sites"
coverage = "at_least = 1"
contacts = ["anna"]
quorum = 2
separate_from = "once"
release_bound = true
inputs = ["emc"]
due = 10
plots = ["phi"]
links = ["web"]
type = "defect"
component = "c"
priority = "major"
keywords = "k"
[stage.requirement.fields]
grid = "g"
[[stage.requirement.value]]
name = "first"
title = "A"
unit = "h"
[[stage.requirement.value]]
name = "cpu"
title = "CPU"
unit = "h"
at_least = "1 h"
at_most = "2 h"
compare_with = "other"
tolerance = "10 %"
[[stage]]
key = "two"
title = "Two"
[[stage.requirement]]
key = "other"
title = "Other"
for_each = "sites"
[[stage.requirement.value]]
name = "cpu"
title = "CPU"
unit = "s"
'''
EACH = 'stage[1].requirement[2]'
VALUE = f'{EACH}.value[2]'


def told(text):
    with pytest.raises(TemplateError) as error:
        parse(text)
    return list(error.value.problems)


def test_every_keyword_of_a_template_is_read():
    assert parse(FULL) == Template('T', 'D', (
        StageTemplate('one', 'One', 9, (
            RequirementTemplate('once', 'Once'),
            RequirementTemplate(
                'each', 'Each {site}', 'E', True, 'defect', 'major', 2,
                'once', ('emc',), EvidenceSpec((
                    ValueSpec('first', 'A', 'h'),
                    ValueSpec('cpu', 'CPU', 'h', '1 h', '2 h', 'other',
                              '10 %')), ('phi',), ('web',)), ('anna',), 10,
                'c', 'k', (('grid', 'g'),), 'sites', 'at_least = 1')),
            'First'),
        StageTemplate('two', 'Two', 0, (
            RequirementTemplate('other', 'Other', for_each='sites',
                                asks=EvidenceSpec((ValueSpec('cpu', 'CPU',
                                                             's'),))),))),
        Freeze('once', ('defect', 'task'), 'blocker'), FULL,
        (ItemList('sites', (Item('a', 'A'),)),), resolution='done',
        remind=(5, 0, -1))


QUOTES = 'write a text in quotes'
FILLED = 'write a text that is not empty'
LIST = ('write a list of different texts, each of at most 64 printable '
        'characters')
AT_MOST = 'write at most {} printable characters on one line'


def row(right, wrong, path, words, name):
    return pytest.param(right, wrong, path, words, id=f'{path}, {name}')


TEXTS = [
    ('title = "T"', 'title', 64), ('description = "D"', 'description', 0),
    ('resolution = "done"', 'resolution', 64),
    ('priority = "blocker"', 'freeze.priority', 64),
    ('requirement = "once"', 'freeze.requirement', 64),
    ('title = "One"', 'stage[1].title', 64),
    ('description = "First"', 'stage[1].description', 0),
    ('title = "Each {site}"', f'{EACH}.title', 64),
    ('description = "E"', f'{EACH}.description', 0),
    ('type = "defect"', f'{EACH}.type', 64),
    ('component = "c"', f'{EACH}.component', 64),
    ('priority = "major"', f'{EACH}.priority', 64),
    ('keywords = "k"', f'{EACH}.keywords', 200),
    ('separate_from = "once"', f'{EACH}.separate_from', 64),
    ('for_each = "sites"', f'{EACH}.for_each', 64),
    ('grid = "g"', f'{EACH}.fields.grid', 1000),
    ('title = "CPU"', f'{VALUE}.title', 64),
    ('at_least = "1 h"', f'{VALUE}.at_least', 64),
    ('at_most = "2 h"', f'{VALUE}.at_most', 64),
    ('compare_with = "other"', f'{VALUE}.compare_with', 64),
    ('tolerance = "10 %"', f'{VALUE}.tolerance', 64),
]


def word_of(right):
    return right.partition(' ')[0]


WRONG = [
    *(row(right, f'{word_of(right)} = 7', path, QUOTES, 'a number')
      for right, path, _ in TEXTS),
    *(row(right, f'{word_of(right)} = "{"x" * (most + 1)}"', path,
          AT_MOST.format(most), 'too long')
      for right, path, most in TEXTS if most),
    *(row(right, f'{word_of(right)} = " "', path, FILLED, 'empty')
      for right, path, most in TEXTS if word_of(right) in (
          'title', 'type', 'component', 'for_each', 'grid', 'resolution')
      or right.startswith('priority')),
    *(row(right, f'{word_of(right)} = 7', path, LIST, 'a number')
      for right, path in [
          ('types = ["defect", "task"]', 'freeze.types'),
          ('contacts = ["anna"]', f'{EACH}.contacts'),
          ('inputs = ["emc"]', f'{EACH}.inputs'),
          ('plots = ["phi"]', f'{EACH}.plots'),
          ('links = ["web"]', f'{EACH}.links')]),
    row('quorum = 2', 'quorum = 100', f'{EACH}.quorum',
        'write a whole number, 1 to 99', 'too many'),
    row('due = 9', 'due = -1', 'stage[1].due', 'write the number of days '
        'before the start of production, 0 to 3650', 'negative'),
    row('due = 10', 'due = "x"', f'{EACH}.due', 'write the number of days '
        'before the start of production, 0 to 3650', 'a text'),
    row('release_bound = true', 'release_bound = 1',
        f'{EACH}.release_bound', 'write true or false', 'a number'),
    row('coverage = "at_least = 1"', 'coverage = "some"',
        f'{EACH}.coverage', '"some" is no rule; write "all", "at_least = 38" '
        '(of so many) or "weight >= 0.9" (of the weights together)', 'none'),
    row('coverage = "at_least = 1"', f'coverage = "{"x" * 65}"',
        f'{EACH}.coverage', AT_MOST.format(64), 'too long'),
    row('coverage = "at_least = 1"', 'coverage = 7', f'{EACH}.coverage',
        QUOTES, 'a number'),
    row('coverage = "at_least = 1"', 'coverage = "at_least = 1"\nof = "met"',
        f'{EACH}.of', 'write "agreed", or leave it out to count what takes '
        'part', 'counts nothing'),
    row('title = "Once"', 'title = "Once"\nof = "agreed"',
        'stage[1].requirement[1].of', 'it stands beside coverage; add '
        'for_each = "..."', 'counts without items'),
    row('[stage.requirement.fields]\ngrid = "g"', 'fields = 7',
        f'{EACH}.fields', 'write a [stage.requirement.fields] table',
        'a number'),
    row('name = "first"', 'name = "cpu"', f'{VALUE}.name', '"cpu" is taken '
        'already; choose another name', 'twice'),
    row('lists = {sites = ["A"]}', 'lists = 7', 'lists',
        'write a [lists] table', 'a number'),
]


@pytest.mark.parametrize(('right', 'wrong', 'path', 'words'), WRONG)
def test_invalid_keyword_value_is_told_at_its_own_path(
        right, wrong, path, words):
    """Beside what follows from it elsewhere."""
    head, middle, tail = FULL.rpartition(right) if path.startswith(
        VALUE) and right.startswith('title') else FULL.partition(right)
    if path == f'{VALUE}.title':
        head, middle, tail = FULL.partition('name = "cpu"\n' + right)
        wrong = 'name = "cpu"\n' + wrong
    assert middle
    problems = told(head + wrong + tail)
    found = [p for p in problems if p.words == words]
    assert [p.path for p in found] == [path]
    line = (head + wrong + tail).split('\n')[found[0].line - 1]
    assert path.rpartition('.')[2] in line


LONGEST = [(right, most) for right, path, most in TEXTS if most
           and word_of(right) in ('title', 'type', 'component', 'keywords',
                                  'grid', 'priority')]


@pytest.mark.parametrize(('right', 'most'), LONGEST)
def test_keyword_value_of_the_greatest_length_is_read(right, most):
    parse(FULL.replace(right, f'{word_of(right)} = "{"x" * most}"', 1))


TABLES = [
    pytest.param('title = "T"', '', 'title, description, lists, freeze, '
                 'waivers, resolution, remind, stage', id='template'),
    pytest.param('[freeze]', 'freeze.', 'requirement, types, priority',
                 id='freeze'),
    pytest.param('[[stage]]', 'stage[1].', 'key, title, description, due, '
                 'requirement', id='stage'),
    pytest.param('[[stage.requirement]]', 'stage[1].requirement[1].',
                 'key, title, description, for_each, coverage, of, '
                 'contacts, quorum, separate_from, rests_on, '
                 'release_bound, inputs, due, plots, links, value, automatic, '
                 'type, component, priority, keywords, fields',
                 id='requirement'),
    pytest.param('[[stage.requirement.value]]', f'{EACH}.value[1].',
                 'name, title, unit, at_least, at_most, compare_with, '
                 'tolerance, tolerable, confidence, minimum, signed, hs23, '
                 'source',
                 id='value'),
]


@pytest.mark.parametrize(('header', 'path', 'known'), TABLES)
def test_unknown_keyword_is_told_with_the_known_ones_of_its_table(
        header, path, known):
    problems = told(FULL.replace(header, f'{header}\nzzz = 1', 1))
    assert [(p.path, p.words) for p in problems] == [
        (f'{path}zzz', f'unknown word; known here: {known}')]


MISSING = [
    *(pytest.param(text, where, word, id=f'{where} {word}')
      for text, where, word in [
          ('title = "T"\n', 'template', 'title'),
          ('requirement = "once"\n', 'freeze', 'requirement'),
          ('key = "one"\n', 'stage[1]', 'key'),
          ('title = "One"\n', 'stage[1]', 'title'),
          ('title = "Once"\n', 'stage[1].requirement[1]', 'title'),
          ('name = "first"\n', f'{EACH}.value[1]', 'name'),
          ('title = "A"\n', f'{EACH}.value[1]', 'title')]),
]


@pytest.mark.parametrize(('text', 'where', 'word'), MISSING)
def test_missing_keyword_is_asked_for(text, where, word):
    assert [(p.path, p.words) for p in told(FULL.replace(text, '', 1))] == [
        (where, f'"{word}" is missing; add {word} = "..."')]


def test_optional_keywords_have_defaults():
    found = parse('title = "T"\n[[stage]]\nkey = "a"\ntitle = "A"\n'
                  '[[stage.requirement]]\nkey = "b"\ntitle = "B"\n')
    assert (found.description, found.freeze, found.lists) == ('', None, ())
    assert found.stages == (StageTemplate('a', 'A', 0, (
        RequirementTemplate('b', 'B'),)),)
    frozen = FULL.replace('types = ["defect", "task"]\n', '').replace(
        'priority = "blocker"\n', '')
    assert parse(frozen).freeze == Freeze('once', ('defect',), 'critical')


def test_broken_toml_is_told_with_its_line_and_column():
    (found,) = told('title = "T"\n[[stage]\n')
    assert (found.line, found.path) == (2, 'TOML')
    assert found.words.endswith('(at line 2, column 8); mend the syntax '
                                'there')
    assert told('\n' + 'a.' * 12 + 'a = 1')[0].line == 2


def test_coverage_rule_that_is_no_text_is_told_once():
    problems = told(FULL.replace('"at_least = 1"', '7'))
    assert [p.words for p in problems
            if p.path == f'{EACH}.coverage'] == [QUOTES]
