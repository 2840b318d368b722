"""A request that is not valid, and in whose words it is told."""

from __future__ import annotations

from prodworkflow.domain.errors import InvalidRequest


def test_an_invalid_request_tells_all_its_problems_line_by_line():
    error = InvalidRequest([('name', 'Too long.'), ('start', 'No day.')])
    assert error.problems == (('name', 'Too long.'), ('start', 'No day.'))
    assert str(error) == 'Too long.\nNo day.'


def test_an_invalid_request_is_retold_in_other_words_of_the_same_fields():
    error = InvalidRequest([('name', 'Too long.'), ('start', 'No day.')])
    error.retell(str.upper)
    assert error.problems == (('name', 'TOO LONG.'), ('start', 'NO DAY.'))
    assert str(error) == 'TOO LONG.\nNO DAY.'
