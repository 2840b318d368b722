"""Rows of tokens: what each is for, its last day, last use and state."""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.dates import day_of, moment
from prodworkflow.domain.model.machines.token import Token
from prodworkflow.domain.text import Message, said_day


@dataclass(frozen=True)
class TokenRow:
    """A token in words: `over` says that it is worth nothing any more."""

    number: int
    name: str
    owner: str
    scopes: str
    bounds: str
    expires: str
    last_used: str
    state: str
    over: bool


def token_row(token: Token, now: int) -> TokenRow:
    """The row of a token at a moment (µs UTC)."""
    end = token.end(now)
    return TokenRow(
        token.id, token.name, token.owner, ', '.join(token.scopes),
        _bounds(token),
        said_day(day_of(token.expires - 1)) if token.expires
        else Message('none'),
        _minute(token.last_used), _state(token, now), bool(end))


def _bounds(token: Token) -> str:
    """The campaign that it is for, and the requirement."""
    if token.requirement:
        return f'{token.campaign}: {token.requirement}'
    if token.orphaned:
        return Message('a campaign that is gone')
    return token.campaign or Message('all campaigns')


def _minute(time: int) -> str:
    """A time to the minute, UTC; `never` for 0."""
    return f'{(moment(time) or "")[:16]}Z' if time else Message('never')


def _state(token: Token, now: int) -> str:
    if token.revoked:
        return Message('revoked')
    if token.orphaned:
        return Message('void')
    return Message('expired') if token.end(now) else Message('in force')
