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


def test_fractional_numbers_are_kept_as_they_are_written():
    assert parsed('a = 1.50\nb = 2\nc = 1e3') == {
        'a': Fractional('1.50'), 'b': 2, 'c': Fractional('1e3')}


def test_a_text_of_the_longest_length_is_read():
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
def test_what_takes_the_parser_long_is_not_parsed(text, told):
    assert refused(text) == told


def test_what_is_just_short_enough_is_parsed():
    assert 'a' in parsed('a.' * 11 + 'a = 1')
    assert parsed('a = ' + '1' * 399) == {'a': int('1' * 399)}


def test_deep_nesting_is_told_where_it_is_deepest():
    text = 'a = [1]\nb = ' + '[' * 5000 + '\nc = {'
    assert refused(text) == (2, 'too deeply nested; write at most a few '
                                'brackets within one another')
    braces = 'a = [[]]\n' + 'b = ' + '{a = ' * 5000
    assert refused(braces)[0] == 2


def test_broken_syntax_is_told_with_its_line():
    line, words = refused('a = 1\nb = \n')
    assert line == 2
    assert words.endswith('; mend the syntax there')
    assert '(at line 2, column 5)' in words
    assert refused('a = 1\nb = "')[0] == 2


def test_what_ends_too_soon_is_told_at_the_end():
    line, words = refused('a = 1\n\nb = """x')
    assert line == 3
    assert 'mend the syntax there' in words


def test_a_long_message_is_told_shortened():
    table = f'[{"a" * 300}]\n'
    line, words = refused(table + table)
    assert line == 2
    assert len(words) == 200 + len('; mend the syntax there')
