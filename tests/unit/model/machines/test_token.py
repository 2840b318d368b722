"""Tokens: what each may do, when it ends, and its secret."""

from __future__ import annotations

import pytest

from prodworkflow.domain.model.machines import token as tokens
from prodworkflow.domain.model.machines.token import (
    fits,
    hash_of,
    number_in,
    secret_of,
    Token,
)

SECRET = secret_of(17, 'a' * 43)
DAY = 86_400_000_000


def made(scopes='gate:read', **more):
    return Token(1, 'nightly', 'anna', tuple(scopes.split()), **more)


@pytest.mark.parametrize(('token', 'asked', 'refusal'), [
    pytest.param(made(), ('gate:read', 'A'), '', id='of all campaigns'),
    pytest.param(made(), ('gate:read',), '', id='all of all campaigns'),
    pytest.param(made(campaign='A'), ('gate:read', 'A'), '', id='its own'),
    pytest.param(
        made(campaign='A'), ('gate:read', 'B'),
        'The token is for the campaign A alone.', id='another campaign'),
    pytest.param(
        made(campaign='A'), ('gate:read',),
        'The token is for the campaign A alone.', id='all campaigns'),
    pytest.param(
        made('gate:read feed:read'), ('hold', 'A'),
        'The scope hold is needed, and the token has gate:read and '
        'feed:read.', id='another scope'),
    pytest.param(
        made('evidence:write', campaign='A', requirement='x'),
        ('evidence:write', 'A', 'x'), '', id='its requirement'),
    pytest.param(
        made('evidence:write', campaign='A', requirement='x'),
        ('evidence:write', 'A', 'y'),
        'The token is for the requirement x alone.',
        id='another requirement'),
    pytest.param(
        made('evidence:write', campaign='A', requirement='x'),
        ('evidence:write', 'A'), 'The token is for the requirement x alone.',
        id='no requirement where something changes'),
    pytest.param(
        made(campaign='A', requirement='x'), ('gate:read', 'A', 'y'),
        'The token is for the requirement x alone.',
        id='another requirement that is read'),
    pytest.param(made(campaign='A', requirement='x'), ('gate:read', 'A'), '',
                 id='the gate of the campaign'),
    pytest.param(
        made(campaign='A', requirement='x'), ('gate:read', 'B', 'x'),
        'The token is for the campaign A alone.',
        id='that requirement of another campaign'),
])
def test_token_is_refused_what_it_is_not_for(token, asked, refusal):
    assert token.refusal(*asked) == refusal


@pytest.mark.parametrize(('token', 'end', 'at'), [
    pytest.param(made(), '', 0, id='for ever'),
    pytest.param(made(expires=2 * DAY), '', 2 * DAY, id='until later'),
    pytest.param(made(expires=DAY),
                 'The token expired at 1970-01-02T00:00:00+00:00.', DAY,
                 id='expired at this moment'),
    pytest.param(made(revoked=5), 'The token was revoked.', 5, id='revoked'),
    pytest.param(made(revoked=5, expires=2 * DAY), 'The token was revoked.',
                 5, id='revoked before its end'),
    pytest.param(made(orphaned=True), 'The campaign of the token is gone.', 0,
                 id='its campaign is gone'),
])
def test_token_says_why_it_is_worth_nothing(token, end, at):
    assert token.end(DAY) == end
    assert token.ended_at() == at


@pytest.mark.parametrize(('secret', 'number'), [
    pytest.param(SECRET, 17, id='a secret'),
    pytest.param(SECRET[:-1], None, id='short'),
    pytest.param(f'{SECRET}a', None, id='long'),
    pytest.param(f'{SECRET}\n', None, id='with a line end'),
    pytest.param(SECRET.replace('17', '017'), None, id='a leading zero'),
    pytest.param(SECRET.replace('17', '١'), None, id='another digit'),
    pytest.param(SECRET.replace('17', '9' * 16), None, id='too large'),
    pytest.param(SECRET.upper(), None, id='in capitals'),
    pytest.param('', None, id='nothing'),
    pytest.param('a' * 10**6, None, id='a million letters'),
])
def test_secret_names_the_number_of_its_token(secret, number):
    assert number_in(secret) == number


def test_secret_is_kept_as_its_hash_alone():
    kept = hash_of(SECRET)
    assert len(kept) == 64
    assert SECRET[7:] not in kept
    assert fits(SECRET, kept)
    assert not fits(f'{SECRET[:-1]}b', kept)


def test_comparison_in_constant_time_is_what_decides(monkeypatch):
    """Whatever it says of two hashes is what is said of the secret."""
    asked = []

    class Comparison:
        @staticmethod
        def compare_digest(*given):
            asked.append(given)
            return answer

    monkeypatch.setattr(tokens, 'hmac', Comparison)
    for answer in (True, False):
        assert fits(SECRET, 'kept') is answer
    assert asked == [(hash_of(SECRET), 'kept')] * 2
