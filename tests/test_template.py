"""Templates: every mistake with its line, its path and the remedy."""

from __future__ import annotations

import pkgutil

import pytest
from factories import ASKED, KEYS, TITLES
from hypothesis import example, given
from hypothesis import strategies as st

from prodworkflow.template import parse, Template, TemplateError

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
    text = pkgutil.get_data('prodworkflow', 'builtin/path-to-production.toml')
    found = parse(text.decode())
    assert tuple(s.key for s in found.stages) == KEYS
    assert tuple(s.title for s in found.stages) == TITLES
    assert {r.key: r.title for r in found.requirements} == {
        key: title for key, (_, title) in ASKED.items()}
    assert [r.key for r in found.requirements] == list(ASKED)
    assert {(r.type, r.priority) for r in found.requirements} == {
        ('task', 'major')}


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
                 ['line 1, titel: unknown word; write "title"',
                  'line 1, template: "title" is missing; add title = "..."'],
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
                  'known here: key, title, description, release_bound, type, '
                  'priority'], id='unknown word'),
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
                  '[[stage.requirement]] table',
                  'line 2, stage[1]: "title" is missing; add title = "..."'],
                 id='inline table'),
]


@pytest.mark.parametrize(('text', 'told'), MISTAKES)
def test_mistakes_are_told_with_line_path_and_remedy(text, told):
    with pytest.raises(TemplateError) as error:
        parse(text)
    assert sorted(map(str, error.value.problems)) == sorted(told)


def test_all_mistakes_are_told_at_once():
    text = bad('title = "A"', 'title = 7').replace('"y"', '"Y"')
    with pytest.raises(TemplateError) as error:
        parse(text)
    assert [p.line for p in error.value.problems] == [9, 24]
    assert str(error.value).count('\n') == 1


def test_broken_syntax_is_told_with_its_line():
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
def test_only_templates_and_template_errors_come_out(text):
    try:
        assert isinstance(parse(text), Template)
    except TemplateError as error:
        lines = text.count('\n') + 2
        assert all(1 <= p.line <= lines for p in error.problems)
