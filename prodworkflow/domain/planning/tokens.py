"""Requests for tokens: name, scopes, requirement and last day, as typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from prodworkflow.domain.dates import typed_day
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.machines.token import HOLD_SCOPE, SCOPES
from prodworkflow.domain.text import joined, Message, suggest, word_problems

NAME_MAX = 64
DAY = 86_400_000_000
# Trac gives these to everybody: nobody's machine acts for them.
NOBODY = ('', 'anonymous', 'authenticated')


@dataclass(frozen=True)
class TokenRequest:
    """A token as it is asked for; all but owner and scopes may be ''.

    `scopes` are separated by commas or blanks, `expires` is the last day
    (UTC) on which it is worth something.
    """

    owner: str
    scopes: str
    name: str = ''
    campaign: str = ''
    requirement: str = ''
    expires: str = ''


@dataclass(frozen=True)
class TokenPlan:
    """A request that is valid: its name, scopes and end (µs UTC, 0: never).
    """

    name: str
    scopes: tuple[str, ...]
    expires: int


def token_plan(wish: TokenRequest, taken: Collection[str],
               today: date) -> TokenPlan:
    """What a request comes to; InvalidRequest with all that is wrong.

    `taken` are the names of the owner's other tokens.
    """
    name = ' '.join(wish.name.split()) or free_name(wish.owner, taken)
    scopes = tuple(dict.fromkeys(wish.scopes.replace(',', ' ').split()))
    problems = [*_name_problems(name, taken), *_scope_problems(wish, scopes),
                *_day_problems(wish.expires, today)]
    if problems:
        raise InvalidRequest(problems)
    return TokenPlan(name, tuple(s for s in SCOPES if s in scopes),
                     _end(wish.expires))


def free_name(owner: str, taken: Collection[str]) -> str:
    """A name that no other token of its owner has: `anna-2`."""
    number, base = 1, owner[:NAME_MAX - 8]
    while f'{base}-{number}' in taken:
        number += 1
    return f'{base}-{number}'


def _name_problems(name: str, taken: Collection[str]
                   ) -> Iterator[tuple[str, str]]:
    yield from word_problems('name', name, NAME_MAX)
    if re.fullmatch('[0-9]+', name):
        yield 'name', Message(
            'The name %(name)s is a number, and tokens have numbers; use a '
            'letter, too.', name=name[:NAME_MAX])
    if name in taken:
        yield 'name', Message(
            'There is a token %(name)s already; use another name, or revoke '
            'it.', name=name)


def _scope_problems(wish: TokenRequest, scopes: Iterable[str]
                    ) -> Iterator[tuple[str, str]]:
    known = joined(tuple(SCOPES))
    if not scopes:
        yield 'scope', Message('Say what the token is for; there is '
                               '%(known)s.', known=known)
    for scope in scopes:
        if scope not in SCOPES:
            yield 'scope', Message(
                'There is no scope "%(scope)s"; there is %(known)s.'
                '%(nearest)s', scope=scope[:NAME_MAX], known=known,
                nearest=suggest(scope, SCOPES, 1))
    if wish.requirement and not wish.campaign:
        yield 'requirement', Message('Name the campaign of the requirement, '
                                     'too.')
    if wish.requirement and HOLD_SCOPE in scopes:
        yield 'scope', Message(
            'A hold stops a whole campaign: a token for one requirement '
            'cannot have the scope %(scope)s.', scope=HOLD_SCOPE)


def _day_problems(text: str, today: date) -> Iterator[tuple[str, str]]:
    day = typed_day(text)
    if text.strip() and day is None:
        yield 'expires', Message(
            '"%(text)s" is no day; write one like %(example)s.',
            text=text[:NAME_MAX],
            example=(today + timedelta(days=365)).isoformat())
    elif day is not None and day < today:
        yield 'expires', Message(
            '%(day)s is past; the last day of a token is today or later.',
            day=day)


def _end(text: str) -> int:
    """The first moment after a day (UTC) in µs; 0 without a day."""
    day = typed_day(text)
    if day is None:
        return 0
    return ((day - date(1970, 1, 1)).days + 1) * DAY
