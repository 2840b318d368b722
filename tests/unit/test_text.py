"""What a reason or a statement may hold, for it is kept for ever."""

from __future__ import annotations

import pytest

from prodworkflow.domain.text import word_problems, WORDS_MAX


@pytest.mark.parametrize('text', [
    '', 'Fine.', 'a\tb\r\nc', 'µ⁺µ⁻ 🚦', 'x' * WORDS_MAX])
def test_words_and_lines_of_any_language_are_kept(text):
    assert word_problems('reason', text) == []


@pytest.mark.parametrize(('text', 'signs'), [
    pytest.param('a\0b', 'U+0000', id='null'),
    pytest.param('\x1b[2J', 'U+001B', id='escape'),
    pytest.param('a\x85b', 'U+0085', id='next line'),
    pytest.param('a\ud800b', 'U+D800', id='half of a pair'),
    pytest.param('\x07b\x01\x07', 'U+0001, U+0007', id='each once'),
    pytest.param('\6\5\4\3\2\1', 'U+0001, U+0002, U+0003, U+0004, U+0005',
                 id='the first five'),
])
def test_control_characters_are_named(text, signs):
    assert word_problems('reason', text) == [(
        'reason', f'The reason cannot hold the control characters {signs}; '
        'leave them out.')]


def test_there_is_an_end_to_words():
    assert word_problems('statement', 'x' * (WORDS_MAX + 1)) == [(
        'statement', 'The statement has 10001 characters; 10000 are '
        'allowed.')]
    assert word_problems('reason', 'four', 3) == [(
        'reason', 'The reason has 4 characters; 3 are allowed.')]
    assert word_problems('reason', 'four', 4) == []
