"""What is inside a string of a TOML text is no key, and what is not is one."""

from __future__ import annotations

import pytest

from prodworkflow.domain.template.positions import Lines

SEEN = [
    r'a = "\\" # """', r"a = '\' # '''", r'a = "\"" # """',
    r'a = """\\"""', r"a = '''\'''", 'a = """x""" # """',
    'a = ["""x""", \'\'\'y\'\'\']', 'a = "" # """', "a = '' # '''",
    'a = "x" # \'\'\'', 'a = "\'\'\'"', "a = '\"\"\"'", 'a = """"""',
    'a = """""" # """', "a = '''''' # '''", 'a = "unclosed', 'a = "x\\',
    "a = 'unclosed", 'a = 5 # "', '# "', '"', "'", '', 'a = ""x',
]
HIDDEN = [
    'a = """', "a = '''", 'a = """x""", """', r'a = """\"""', "a = '''\\",
    'a = "x", """', "a = 'x', '''", 'a = \'x\', """', r'a = "\"", """',
    r'a = "\\", """', r"a = '\', '''", 'a = """# no comment', 'a = """ \'\'\'',
    'a = "#", """', 'a = """x\\', '"""x', "'''x", 'a = "", """', 'a = """"',
    'a = """""', "a = '''' ", 'a = """x""',
]
LINES = [
    (['a = """', 'x"""'], True), (['a = """', '"""'], True),
    (['a = """', r'\"""'], False), (["a = '''", r"\'''"], True),
    (['a = """', "'''"], False), (["a = '''", '"""'], False),
    (['a = """', '""" # """'], True), (['a = """', '"""\'\'\''], False),
    (['a = """', '""""'], True), (['a = """', r'\\"""'], True),
    (['a = """', '# """'], True), (['a = """', '"', '""'], False),
    (['a = """', 'x\\', '"""'], True), (['a = """', '""', '"""'], True),
]


def seen(*lines):
    """Whether a key behind these lines is found where it stands."""
    text = '\n'.join(['', *lines, 'probe = 1'])
    line = Lines(text).of(('probe',))
    assert line in (1, len(lines) + 2)
    return line > 1


@pytest.mark.parametrize('line', SEEN)
def test_toml_key_after_a_closed_string_is_found(line):
    assert seen(line)


@pytest.mark.parametrize('line', HIDDEN)
def test_toml_key_within_an_open_string_is_not_found(line):
    assert not seen(line)


@pytest.mark.parametrize(('lines', 'is_seen'), LINES)
def test_multiline_toml_string_ends_where_it_is_closed(lines, is_seen):
    assert seen(*lines) is is_seen


TEXT = '''\
a = [
  {x = 1},
  {x = 2}, {x = 3},
]
"b" = [
{y = 1},
]
[t]
'c' = [
{z = 1},
{z = 2},
]
[[t.u]]
d = 1
d = 2
[[ "t" . 'u' ]]
[t.u.v]
w = 1
[other]
a = 1
'''
PLACES = [
    pytest.param(('a',), 1, id='array'), pytest.param(('a', 0), 2, id='first'),
    pytest.param(('a', 0, 'x'), 2, id='in the first'),
    pytest.param(('a', 1), 3, id='second'),
    pytest.param(('a', 2), 1, id='third, behind another'),
    pytest.param(('b', 0), 6, id='counted anew'),
    pytest.param(('b', 1), 5, id='no second'),
    pytest.param(('t',), 8, id='table'), pytest.param(('t', 'c'), 9, id='key'),
    pytest.param(('t', 'c', 0), 10, id='in a table'),
    pytest.param(('t', 'c', 1, 'z'), 11, id='second in a table'),
    pytest.param(('t', 'u', 0), 13, id='array of tables'),
    pytest.param(('t', 'u', 0, 'd'), 14, id='the first of two'),
    pytest.param(('t', 'u', 1), 16, id='quoted header'),
    pytest.param(('t', 'u', 1, 'v'), 17, id='table of the second'),
    pytest.param(('t', 'u', 1, 'v', 'w'), 18, id='in it'),
    pytest.param(('t', 'u', 0, 'v'), 13, id='not of the first'),
    pytest.param(('other', 'a'), 20, id='another of the same name'),
    pytest.param(('other', 'a', 0), 20, id='which is no array'),
    pytest.param(('x',), 1, id='nothing'),
]


@pytest.mark.parametrize(('path', 'line'), PLACES)
def test_inline_toml_tables_are_found_on_their_lines(path, line):
    assert Lines(TEXT).of(path) == line


@pytest.mark.parametrize('header', [
    '[x]', ' [x] ', '[ x ]# a comment', '[x] # [y]', '\t[x]'])
def test_toml_table_header_is_found_whatever_surrounds_it(header):
    assert Lines(f'\n{header}\nk = 1').of(('x', 'k')) == 3
    assert Lines(f'\n{header}\nk = 1').of(('k',)) == 1


def test_toml_table_name_keeps_its_letters():
    assert Lines('\n[XaX]\nk = 1').of(('XaX', 'k')) == 3
