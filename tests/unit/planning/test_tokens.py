"""Requests for tokens: names, scopes, requirements and last days."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.planning.tokens import (
    free_name,
    token_plan,
    TokenRequest,
)

TODAY = date(2026, 5, 3)
SCOPES = 'gate:read, evidence:write, hold and feed:read'


def plan(scopes='gate:read', taken=(), **more):
    return token_plan(TokenRequest('anna', scopes, **more), taken, TODAY)


def problems(*args, **more):
    with pytest.raises(InvalidRequest) as caught:
        plan(*args, **more)
    return [(field, str(words)) for field, words in caught.value.problems]


def test_scopes_are_told_once_and_in_one_order():
    assert plan(' feed:read gate:read,feed:read').scopes == ('gate:read',
                                                             'feed:read')


def test_token_without_a_name_gets_one_that_is_free():
    assert plan().name == 'anna-1'
    assert plan(taken={'anna-1', 'anna-2'}).name == 'anna-3'
    assert plan(name='  nightly  jobs ').name == 'nightly jobs'


def test_token_is_worth_something_through_its_last_day():
    assert plan().expires == 0
    assert plan(expires='2026-05-03').expires == (
        1_777_852_800_000_000)  # 2026-05-04T00:00Z


@pytest.mark.parametrize(('given', 'told'), [
    pytest.param({'scopes': ''}, [
        ('scope', f'Say what the token is for; there is {SCOPES}.')],
        id='no scope'),
    pytest.param({'scopes': 'gate:red'}, [
        ('scope', f'There is no scope "gate:red"; there is {SCOPES}. '
                  'Did you mean gate:read?')], id='a scope misspelt'),
    pytest.param({'scopes': 'approve'}, [
        ('scope', f'There is no scope "approve"; there is {SCOPES}.')],
        id='a scope that no machine has'),
    pytest.param({'requirement': 'x'}, [
        ('requirement', 'Name the campaign of the requirement, too.')],
        id='a requirement of no campaign'),
    pytest.param(
        {'scopes': 'hold', 'campaign': 'A', 'requirement': 'x'},
        [('scope', 'A hold stops a whole campaign: a token for one '
                   'requirement cannot have the scope hold.')],
        id='a hold for a requirement'),
    pytest.param({'expires': 'tomorrow'}, [
        ('expires', '"tomorrow" is no day; write one like 2027-05-03.')],
        id='no day'),
    pytest.param({'expires': '2026-05-02'}, [
        ('expires', '2026-05-02 is past; the last day of a token is today or '
                    'later.')], id='a past day'),
    pytest.param({'name': '17'}, [
        ('name', 'The name 17 is a number, and tokens have numbers; use a '
                 'letter, too.')], id='a number for a name'),
    pytest.param({'name': 'nightly', 'taken': {'nightly'}}, [
        ('name', 'There is a token nightly already; use another name, or '
                 'revoke it.')], id='a name twice'),
    pytest.param({'name': 'a\0'}, [
        ('name', 'The name cannot hold the control characters U+0000; leave '
                 'them out.')], id='a control character'),
    pytest.param({'name': 'a' * 65}, [
        ('name', 'The name has 65 characters; 64 are allowed.')],
        id='a long name'),
    pytest.param({'scopes': '', 'expires': '2026-05-02', 'name': '1'}, [
        ('name', 'The name 1 is a number, and tokens have numbers; use a '
                 'letter, too.'),
        ('scope', f'Say what the token is for; there is {SCOPES}.'),
        ('expires', '2026-05-02 is past; the last day of a token is today or '
                    'later.')], id='all that is wrong at once'),
])
def test_request_is_told_all_that_is_wrong(given, told):
    assert problems(**given) == told


@pytest.mark.parametrize(('taken', 'name'), [
    ((), 'anna-1'), (('anna-1', 'anna-3'), 'anna-2'), (('anna-2',), 'anna-1')])
def test_the_first_free_name_of_a_token_is_offered(taken, name):
    assert free_name('anna', taken) == name


def test_name_of_a_token_of_a_long_login_is_not_too_long():
    assert plan(name=free_name('a' * 90, ())).name == f'{"a" * 56}-1'
