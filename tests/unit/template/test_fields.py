"""Each word of a table is read as what it is, or told with its remedy."""

from __future__ import annotations

import pytest

from prodworkflow.domain.template.fields import PROBLEMS_MAX
from prodworkflow.domain.template.mistakes.problems import (
    Problem,
    TemplateError,
)
from prodworkflow.domain.template.values import Values
from prodworkflow.domain.text import nearest

PATH = ('t', 0)
HARMLESS = {'text': '', 'key': '', 'days': 0, 'flag': False, 'count': 1,
            'names': (), 'name': '', 'unit': '', 'quantity': '',
            'tolerance': ''}
OWN = {'key': 'key', 'days': 'due', 'unit': 'unit',
       'tolerance': 'tolerance'}
LONG = 'x' * 65


def read(kind, value=None, *args):
    """What one word of a table is read as, and what is wrong with it."""
    word = OWN.get(kind, 'word')
    fields = Values(f'\n[[t]]\n{word} = 1\n')
    table = {} if value is None else {word: value}
    more = () if kind in OWN else (word, *args)
    found = getattr(fields, kind)(table, PATH, *more)
    return found, fields.problems


GOOD = [
    pytest.param('text', ' a ', (), ' a ', id='text'),
    pytest.param('text', 'a\nb', (), 'a\nb', id='text of lines'),
    pytest.param('text', 'x' * 64, (64,), 'x' * 64, id='longest text'),
    pytest.param('text', None, (64, 'd'), 'd', id='default text'),
    pytest.param('text', '', (64, 'd'), '', id='empty where it may be'),
    pytest.param('text', None, (64, '', True), '', id='filled, not written'),
    pytest.param('text', 'a', (64, '', True), 'a', id='filled'),
    pytest.param('key', 'a-b2-c', (), 'a-b2-c', id='key'),
    pytest.param('key', 'x' * 64, (), 'x' * 64, id='longest key'),
    pytest.param('days', None, (), 0, id='no days'),
    pytest.param('days', 0, (), 0, id='the day itself'),
    pytest.param('days', 3650, (), 3650, id='most days'),
    pytest.param('flag', None, (), False, id='no flag'),
    pytest.param('flag', True, (), True, id='true'),
    pytest.param('flag', False, (), False, id='false'),
    pytest.param('count', None, (9,), 1, id='no count'),
    pytest.param('count', 1, (9,), 1, id='least'),
    pytest.param('count', 9, (9,), 9, id='most'),
    pytest.param('names', None, (), (), id='no names'),
    pytest.param('names', None, (('d',),), ('d',), id='default names'),
    pytest.param('names', ['a', 'B c', 'x' * 64], (), ('a', 'B c', 'x' * 64),
                 id='names'),
    pytest.param('names', [], (('d',),), (), id='written none'),
    pytest.param('name', 'a_b2', (), 'a_b2', id='name'),
    pytest.param('name', 'x' * 64, (), 'x' * 64, id='longest name'),
    pytest.param('unit', 'kB/event', (), 'kB/event', id='unit'),
    pytest.param('quantity', None, ('GB',), '', id='no quantity'),
    pytest.param('quantity', '5 MB', ('GB',), '5 MB', id='quantity'),
    *(pytest.param('quantity', f'5{blank}MB', ('GB',), '5 MB',
                   id='quantity with a fixed blank')
      for blank in '\u00a0\u2009\u202f'),
    pytest.param('tolerance', '20\u00a0%', (), '20 %',
                 id='tolerance with a fixed blank'),
    pytest.param('quantity', '5 kg', ('',), '5 kg', id='of no unit'),
    pytest.param('tolerance', None, (), '', id='no tolerance'),
    pytest.param('tolerance', '0', (), '0', id='least tolerance'),
    pytest.param('tolerance', '10 %', (), '10 %', id='tolerance'),
    pytest.param('tolerance', '+20 %', (), '+20 %', id='of what is above'),
    pytest.param('tolerance', '-5 %', (), '-5 %', id='of what is below'),
]


@pytest.mark.parametrize(('kind', 'value', 'args', 'found'), GOOD)
def test_valid_field_is_read_as_it_is_written(kind, value, args, found):
    assert read(kind, value, *args) == (found, [])
    assert type(read(kind, value, *args)[0]) is type(found)


MISSING = '"{0}" is missing; add {0} = "..."'
QUOTES = 'write a text in quotes'
EMPTY = 'write a text that is not empty'
LINE = 'write at most 64 printable characters on one line'
HYPHENS = ('write small letters, digits and single hyphens, beginning with a '
           'letter')
SCORES = HYPHENS.replace('hyphens', 'underscores')
DAYS = 'write the number of days before the start of production, 0 to 3650'
COUNT = 'write a whole number, 1 to 9'
LIST = ('write a list of different texts, each of at most 64 printable '
        'characters')
WRONG = [
    *(pytest.param(kind, None, (), MISSING.format(OWN.get(kind, 'word')),
                   id=f'{kind} missing')
      for kind in ('text', 'key', 'name', 'unit')),
    *(pytest.param(kind, 7, args, QUOTES, id=f'{kind} is no text')
      for kind, args in (('text', ()), ('key', ()), ('name', ()),
                         ('unit', ()), ('quantity', ('GB',)),
                         ('tolerance', ()))),
    *(pytest.param(kind, ' ', (), EMPTY, id=f'{kind} is empty')
      for kind in ('text', 'key', 'name', 'unit')),
    pytest.param('text', ' ', (64, '', True), EMPTY, id='filled with nothing'),
    *(pytest.param(kind, LONG, args, LINE, id=f'{kind} is long')
      for kind, args in (('text', (64,)), ('text', (64, '')), ('key', ()),
                         ('name', ()), ('unit', ()), ('quantity', ('GB',)),
                         ('tolerance', ()))),
    pytest.param('text', 'a\nb', (64,), LINE, id='two lines'),
    *(pytest.param('key', value, (), HYPHENS, id=f'key {value}')
      for value in ('A', '2a', 'a--b', 'a-', '-a', 'a_b', 'a b')),
    *(pytest.param('name', value, (), SCORES, id=f'name {value}')
      for value in ('A', '2a', 'a__b', 'a_', '_a', 'a-b', 'a b')),
    *(pytest.param('days', value, (), DAYS, id=f'days {value!r}')
      for value in (-1, 3651, True, '1', 1.0)),
    *(pytest.param('flag', value, (), 'write true or false',
                   id=f'flag {value!r}') for value in (0, 1, 'true')),
    *(pytest.param('count', value, (9,), COUNT, id=f'count {value!r}')
      for value in (0, 10, True, '1', 1.0)),
    *(pytest.param('names', value, (('d',),), LIST, id=f'names {value!r:.9}')
      for value in ('a', {'a': 1}, 5, [1], [''], [' '], ['a\tb'], [LONG],
                    ['a', 'a'])),
    pytest.param('unit', 'KB', (), '"KB" is no known unit: capital and small '
                 'letters have different meanings; write "kB" or "KiB"',
                 id='unknown unit'),
    pytest.param('tolerance', '2 h', (), '"2 h" cannot be counted in '
                 '%; write a number with a unit, like "5 %"; for '
                 'example "10 %" for either side, '
                 '"+20 %" for what is above, "-5 %" for what is below',
                 id='no tolerance'),
]


@pytest.mark.parametrize(('kind', 'value', 'args', 'words'), WRONG)
def test_invalid_field_is_told_at_its_line_and_path(kind, value, args, words):
    word = OWN.get(kind, 'word')
    at = (Problem(2, 't[1]', words) if value is None
          else Problem(3, f't[1].{word}', words))
    assert read(kind, value, *args)[1] == [at]


@pytest.mark.parametrize(('kind', 'value', 'args'), [
    (row.values[0], row.values[1], row.values[2]) for row in WRONG
    if row.values[3] not in (HYPHENS, SCORES)
    and not str(row.values[3]).endswith('what is below')])
def test_invalid_field_is_read_as_a_harmless_default(kind, value, args):
    assert read(kind, value, *args)[0] == HARMLESS[kind]


def test_a_quantity_of_another_kind_is_told_and_kept():
    assert read('quantity', '5 kg', 'GB') == ('5 kg', [Problem(
        3, 't[1].word', '"5 kg" cannot be counted in GB; write a number '
        'with a unit, like "5 GB"')])


def test_unknown_keyword_is_told_with_the_nearest_known_one():
    fields = Values('titel = 1\nx = 2\n')
    fields.unknown({'titel': 1, 'x': 2, 'due': 3}, (),
                   ('title', 'tile', 'due'))
    assert fields.problems == [
        Problem(1, 'titel', 'unknown word; write "title"'),
        Problem(2, 'x', 'unknown word; known here: title, tile, due')]


@pytest.mark.parametrize(('table', 'path', 'place', 'header'), [
    pytest.param({}, (), (1, 'template'), 'x', id='none'),
    pytest.param({}, ('t', 0), (2, 't[1]'), 't.x', id='none within'),
    pytest.param({'x': []}, ('t', 0), (3, 't[1].x'), 't.x', id='empty'),
    pytest.param({'x': {}}, ('t', 0), (3, 't[1].x'), 't.x', id='a table'),
    pytest.param({'x': [{}, 1]}, ('t', 0), (3, 't[1].x'), 't.x',
                 id='not all tables')])
def test_missing_table_is_asked_for(table, path, place, header):
    fields = Values('\n[[t]]\nx = 1\n')
    assert fields.tables(table, path, 'x') == []
    assert fields.problems == [
        Problem(*place, f'write at least one [[{header}]] table')]
    assert fields.tables({'x': [{}, {'a': 1}]}, path, 'x') == [{}, {'a': 1}]


@pytest.mark.parametrize(('text', 'further', 'line'), [
    pytest.param('a = "x"\n', None, 1, id='the word itself'),
    pytest.param('a = "x\\ny"\n', 0, 1, id='on its line'),
    pytest.param('a = """\nx\ny\n"""\n', 1, 3, id='begun on the next line'),
    pytest.param('a = """ \nx\ny\n"""\n', 0, 2, id='a space behind it'),
    pytest.param("a = '''\nx\n'''\n", 0, 2, id='single quotes'),
    pytest.param('a = """x\ny\n"""\n', 1, 2, id='begun on the same line'),
    pytest.param('a = "x\\ny\\nz"\n', 9, 2, id='never behind the text'),
])
def test_mistake_within_a_multiline_field_has_its_own_line(
        text, further, line):
    fields = Values(text)
    fields.problem(('a',), 'wrong', further)
    assert fields.problems == [Problem(line, 'a', 'wrong')]


def test_path_of_a_mistake_counts_from_one_and_is_shortened():
    fields = Values('')
    fields.problem(('a', 0, LONG, 2), 'wrong')
    fields.problem((), 'all wrong')
    assert [p.path for p in fields.problems] == [
        f'a[1].{"x" * 64}[3]', 'template']


def test_only_the_first_of_very_many_template_mistakes_are_kept():
    fields = Values('')
    for n in range(PROBLEMS_MAX + 1):
        fields.problem((), str(n))
    assert [p.words for p in fields.problems] == [
        str(n) for n in range(PROBLEMS_MAX)]


def test_template_error_tells_its_mistakes_in_the_order_of_their_lines():
    error = TemplateError([Problem(2, 'b', 'two'), Problem(1, 'a', 'one'),
                           Problem(2, 'a', 'three')])
    assert str(error) == 'line 1, a: one\nline 2, b: two\nline 2, a: three'
    assert TemplateError.at(3, 'c', 'x').problems == (Problem(3, 'c', 'x'),)


@pytest.mark.parametrize(('word', 'near'), [
    ('titel', 'title'), ('zzz', ''), ('title' + 'x' * 99, '')])
def test_nearest_keyword_is_suggested(word, near):
    assert nearest(word, iter(['due', 'title', 'tile'])) == near
    assert nearest('x' * 100, ['x' * 64]) == 'x' * 64
