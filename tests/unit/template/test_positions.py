"""Lines of a TOML text: exact where it is plain, near where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.template.positions import Lines

TEXT = '''\
title = "T"
"quoted" = 1
'single' = 2
dotted.key = 3
description = """
[[stage]]
title = "not this"
"""
[[stage]]
key = "a"
  title = "indented"
[[stage.requirement]]
key = "x"
text = \'\'\' one line \'\'\'
[[ stage . "requirement" ]] # a comment
key = "y"

[[stage]]
key = "b"
inline = {key = 1}
[[stage.requirement]]
key = "z"
[table.inner]
key = 1
'''

PLACES = [
    pytest.param(('title',), 1, id='key'),
    pytest.param(('quoted',), 2, id='key in double quotes'),
    pytest.param(('single',), 3, id='key in single quotes'),
    pytest.param(('dotted', 'key'), 4, id='dotted key'),
    pytest.param(('stage', 0), 9, id='first table'),
    pytest.param(('stage', 0, 'key'), 10, id='in the first table'),
    pytest.param(('stage', 0, 'title'), 11, id='indented'),
    pytest.param(('stage', 0, 'requirement', 0), 12, id='inner table'),
    pytest.param(('stage', 0, 'requirement', 0, 'text'), 14,
                 id='string on one line'),
    pytest.param(('stage', 0, 'requirement', 1), 15, id='spaces and quotes'),
    pytest.param(('stage', 0, 'requirement', 1, 'key'), 16,
                 id='in the second inner table'),
    pytest.param(('stage', 1), 18, id='second table'),
    pytest.param(('stage', 1, 'inline', 'key'), 20, id='inline table'),
    pytest.param(('stage', 1, 'requirement', 0, 'key'), 22,
                 id='counted anew in each table'),
    pytest.param(('table', 'inner', 'key'), 24, id='plain table'),
    pytest.param(('stage', 1, 'due'), 18, id='missing in a table'),
    pytest.param(('stage', 2, 'key'), 1, id='missing table'),
    pytest.param(('nothing',), 1, id='missing'),
    pytest.param((), 1, id='the whole text'),
]


@pytest.mark.parametrize('ending', [
    pytest.param('\n', id='LF'), pytest.param('\r\n', id='CRLF')])
@pytest.mark.parametrize(('path', 'line'), PLACES)
def test_toml_path_has_the_line_where_it_is_written(path, line, ending):
    assert Lines(TEXT.replace('\n', ending)).of(path) == line


def key_after(*lines):
    """The line that is found for a key behind these lines."""
    return Lines('\n'.join([*lines, '[[stage]]', 'key = 1', ''])).of(
        ('stage', 0, 'key'))


@pytest.mark.parametrize('lines', [
    pytest.param(['a = """', "'''", '"""'], id='the other quotes inside'),
    pytest.param(["a = '''", '"""', "'''"], id='double inside single'),
    pytest.param(['a = """"quoted""""'], id='quotes at both ends'),
    pytest.param(['a = """x"""'], id='opened and closed on one line'),
    pytest.param(['a = """', 'x', '"""""'], id='two quotes before the end'),
    pytest.param(['a = ""', "b = ''"], id='empty strings'),
    pytest.param(['# [[stage]]', '#key = 2'], id='comments'),
    pytest.param(['a = [', '  1,', '  "b = c",', ']'], id='array'),
    pytest.param(['a = "\x85\u2028"'], id='line ends that TOML has not'),
    pytest.param(['# write """ before it'], id='quotes in a comment'),
    pytest.param(['a = "not \'\'\' this"'], id='quotes in a string'),
    pytest.param(['a = """', '\\"""', '[[stage]]', '"""'],
                 id='escaped quotes'),
])
def test_lines_before_a_toml_key_do_not_hide_it(lines):
    assert key_after(*lines) == len(lines) + 2


@given(st.text(), st.lists(st.text(max_size=5) | st.integers(0, 3),
                           max_size=4))
def test_line_of_any_toml_path_is_one_of_the_text(text, path):
    assert 1 <= Lines(text).of(tuple(path)) <= text.count('\n') + 1


def test_key_has_its_line_whatever_its_letters_are():
    assert Lines('a = 1\nXrays = 2\nXX = 3').of(('Xrays',)) == 2
    assert Lines('a = 1\nXrays = 2\nXX = 3').of(('XX',)) == 3
