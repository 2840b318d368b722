"""Rows of tokens, as pages and commands show them."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.machines.token import Token
from prodworkflow.domain.views.machines.token_rows import token_row

DAY = 86_400_000_000


def row(now=DAY, **given):
    return token_row(Token(3, 'nightly', 'anna', ('gate:read', 'hold'),
                           **given), now)


def test_row_says_all_of_a_token():
    told = row(campaign='A', requirement='x', expires=3 * DAY,
               last_used=DAY // 2)
    assert (told.number, told.name, told.owner) == (3, 'nightly', 'anna')
    assert (told.scopes, told.bounds) == ('gate:read, hold', 'A: x')
    assert (told.expires, told.last_used) == ('1970-01-03',
                                              '1970-01-01T12:00Z')
    assert (told.state, told.over) == ('in force', False)


def test_row_says_what_a_token_has_not():
    told = row()
    assert (told.bounds, told.expires, told.last_used) == (
        'all campaigns', 'none', 'never')
    assert row(campaign='A').bounds == 'A'


@pytest.mark.parametrize(('given', 'state'), [
    pytest.param({'revoked': 1, 'expires': 1}, 'revoked', id='revoked'),
    pytest.param({'expires': DAY}, 'expired', id='expired'),
    pytest.param({'orphaned': True}, 'void', id='campaign gone')])
def test_row_of_a_token_that_is_worth_nothing_says_why(given, state):
    told = row(**given)
    assert (told.state, told.over) == (state, True)
    if state == 'void':
        assert told.bounds == 'a campaign that is gone'


def test_the_last_day_is_the_one_that_a_token_sees_the_beginning_of():
    assert row(expires=3 * DAY + 1).expires == '1970-01-04'
