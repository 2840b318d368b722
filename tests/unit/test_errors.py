"""A request that is not valid, and in whose words it is told."""

from __future__ import annotations

import pytest

from prodworkflow.domain.errors import error_words, InvalidRequest
from prodworkflow.domain.text import Message


def test_an_invalid_request_tells_all_its_problems_line_by_line():
    error = InvalidRequest([('name', 'Too long.'), ('start', 'No day.')])
    assert error.problems == (('name', 'Too long.'), ('start', 'No day.'))
    assert str(error) == 'Too long.\nNo day.'


def test_an_invalid_request_is_retold_in_other_words_of_the_same_fields():
    error = InvalidRequest([('name', 'Too long.'), ('start', 'No day.')])
    error.retell(str.upper)
    assert error.problems == (('name', 'TOO LONG.'), ('start', 'NO DAY.'))
    assert str(error) == 'TOO LONG.\nNO DAY.'


@pytest.mark.parametrize(('error', 'words'), [
    pytest.param(ValueError(Message('quorum is %(n)s', n=0)), 'quorum is 0',
                 id='a message'),
    pytest.param(ValueError('no digits'), 'no digits', id='a text'),
    pytest.param(ValueError(), '', id='nothing'),
    pytest.param(OSError(2, 'No such file'), '[Errno 2] No such file',
                 id='several words')])
def test_words_of_an_error_are_a_message_where_it_holds_one(error, words):
    told = error_words(error)
    assert told == words
    assert isinstance(told, Message) == (words == 'quorum is 0')
