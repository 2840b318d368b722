"""TOML text from strangers is soon read, or soon refused with its line."""

from __future__ import annotations

import pytest

from prodworkflow.domain.template.toml import (
    Fractional,
    LONGEST,
    parsed,
    Unreadable,
)


def refused(text):
    with pytest.raises(Unreadable) as error:
        parsed(text)
    return error.value.line, str(error.value)


def test_toml_fractions_are_kept_as_they_are_written():
    assert parsed('a = 1.50\nb = 2\nc = 1e3') == {
        'a': Fractional('1.50'), 'b': 2, 'c': Fractional('1e3')}


def test_toml_text_longer_than_the_limit_is_refused():
    text = '#' + 'x' * (LONGEST - 1)
    assert parsed(text) == {}
    assert refused(text + 'x') == (
        1, f'the text has {LONGEST + 1} characters; at most {LONGEST} are '
        'read')


DOTS = (1, 'a key of more than 12 parts; write fewer dots')
DIGITS = (1, 'a number of more than 399 digits; write a smaller one')


@pytest.mark.parametrize(('text', 'told'), [
    pytest.param('a.' * 12 + 'a = 1', DOTS, id='a deep key'),
    pytest.param('[' + 'a.' * 12 + 'a]', DOTS, id='a deep table'),
    pytest.param('[[' + '"a b" . ' * 12 + 'a]]', DOTS, id='quoted parts'),
    pytest.param('\n\nx = {' + 'a.' * 12 + 'a = 1}', (3, DOTS[1]),
                 id='an inline table, on its line'),
    pytest.param('a = ' + '1' * 400, DIGITS, id='a long number'),
    pytest.param('\na = ' + '1_' * 200, (2, DIGITS[1]),
                 id='a long number, on its line'),
])
def test_toml_that_would_take_the_parser_long_is_refused(text, told):
    assert refused(text) == told


def test_toml_at_the_limits_of_depth_and_digits_is_parsed():
    assert 'a' in parsed('a.' * 11 + 'a = 1')
    assert parsed('a = ' + '1' * 399) == {'a': int('1' * 399)}


def test_too_deeply_nested_toml_is_refused_at_its_deepest_line():
    text = 'a = [1]\nb = ' + '[' * 5000 + '\nc = {'
    assert refused(text) == (2, 'too deeply nested; write at most a few '
                                'brackets within one another')
    braces = 'a = [[]]\n' + 'b = ' + '{a = ' * 5000
    assert refused(braces)[0] == 2


def test_broken_toml_is_refused_with_its_line():
    line, words = refused('a = 1\nb = \n')
    assert line == 2
    assert words.endswith('; mend the syntax there')
    assert '(at line 2, column 5)' in words
    assert refused('a = 1\nb = "')[0] == 2


def test_unfinished_toml_is_refused_at_its_last_line():
    line, words = refused('a = 1\n\nb = """x')
    assert line == 3
    assert 'mend the syntax there' in words


def test_long_message_of_the_toml_parser_is_shortened():
    table = f'[{"a" * 300}]\n'
    line, words = refused(table + table)
    assert line == 2
    assert len(words) == 200 + len('; mend the syntax there')
