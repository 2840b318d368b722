"""Tokens of machines: their rows, which hold no secret but its hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.model.machines.token import Token

COLUMNS = """t.id, t.name, t.owner, t.scopes, t.campaign, c.name, c.phase,
             t.requirement, t.made, t.expires, t.last_used, t.revoked"""


TABLES = """prodworkflow_token AS t LEFT JOIN prodworkflow_campaign AS c
            ON c.id = t.campaign"""


@dataclass(frozen=True)
class KeptToken:
    """A token and the hash of its secret."""

    token: Token
    hash: str


def token_numbered(env: Any, number: int) -> KeptToken | None:
    """The token of a number with its hash; None if there is none."""
    for row in env.db_query(f"""SELECT {COLUMNS}, t.hash FROM {TABLES}
                                WHERE t.id=%s""", (number,)):
        return KeptToken(_token(row[:-1]), row[-1])
    return None


def tokens_since(env: Any, moment: int) -> list[Token]:
    """All tokens that had not ended at a moment (µs UTC), oldest first."""
    return [_token(row) for row in env.db_query(f"""
        SELECT {COLUMNS} FROM {TABLES}
        WHERE (t.revoked=0 OR t.revoked>%s)
              AND (t.expires=0 OR t.expires>%s)
        ORDER BY t.id""", (moment, moment))]


def keep_token(env: Any, token: Token, campaign: int, hash_: str) -> int:
    """Insert a token for the campaign of that id, 0 for all; its number.

    `hash_` must be unique: it is replaced once the secret is known, which
    holds the number.
    """
    with env.db_transaction as db:
        cursor = db.cursor()
        cursor.execute("""
            INSERT INTO prodworkflow_token
                   (name, owner, hash, scopes, campaign, requirement, made,
                    expires, last_used, revoked)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 0, 0)""",
                       (token.name, token.owner, hash_,
                        ' '.join(token.scopes), campaign, token.requirement,
                        token.made, token.expires))
        return int(db.get_last_id(cursor, 'prodworkflow_token'))


def set_hash(env: Any, number: int, hash_: str) -> None:
    """Set the hash of a token's secret."""
    env.db_transaction("UPDATE prodworkflow_token SET hash=%s WHERE id=%s",
                       (hash_, number))


def revoke_token(env: Any, number: int, moment: int) -> None:
    """Revoke a token at a moment (µs UTC); the first one stays."""
    env.db_transaction("""UPDATE prodworkflow_token SET revoked=%s
                          WHERE id=%s AND revoked=0""", (moment, number))


def note_use(env: Any, number: int, moment: int, before: int) -> None:
    """Note that a token was used at a moment, unless it was after `before`.
    """
    env.db_transaction("""UPDATE prodworkflow_token SET last_used=%s
                          WHERE id=%s AND last_used<=%s""",
                       (moment, number, before))


def _token(row: Sequence[Any]) -> Token:
    (number, name, owner, scopes, campaign, campaign_name, phase, requirement,
     *times) = row
    made, expires, last_used, revoked = (int(time or 0) for time in times)
    gone = bool(campaign) and (campaign_name is None or phase == 'removed')
    return Token(int(number), name, owner, tuple(scopes.split()),
                 (campaign_name or '') if campaign else '',
                 requirement or '', made, expires, last_used, revoked, gone)
