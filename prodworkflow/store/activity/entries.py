"""The latest entries of all ledgers; one statement each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.store import rows

COLUMNS = rows.columns(rows.ENTRY, 'e')


class Span(NamedTuple):
    """From when to when, in µs UTC, both included; of one campaign or all."""

    start: int = 0
    stop: int = 2**62
    campaign: int | None = None


class Beginning(NamedTuple):
    """The first entry of a campaign: its hash, when and by whom it was made.

    And when the last one was; times are in µs UTC.
    """

    seal: str
    made: int
    maker: str
    last: int


def latest_entries(env: Any, span: Span, most: int,
                   skipped: int = 0) -> tuple[list[Entry], int]:
    """At most so many entries, the latest first, behind those skipped.

    And how many were read: those that make no sense are left out. Of one
    campaign they are in the order of its ledger.
    """
    one = span.campaign is not None
    found = env.db_query(f"""
        SELECT {COLUMNS} FROM prodworkflow_ledger AS e
        JOIN prodworkflow_campaign AS c ON c.id=e.campaign
        WHERE e.time>=%s AND e.time<=%s AND c.phase<>'removed'
          {'AND e.campaign=%s' if one else ''}
        ORDER BY {'' if one else 'e.time DESC, e.campaign DESC,'}
                 e.number DESC
        LIMIT %s OFFSET %s""", (
            span.start, span.stop, *([span.campaign] if one else []), most,
            skipped))
    return readable(found), len(found)


def beginnings(env: Any) -> dict[int, Beginning]:
    """Of each campaign, by its id, how its ledger begins and when it ends."""
    return {int(id_): Beginning(seal or '', int(made), maker or '',
                                int(last or 0))
            for id_, seal, made, maker, last in env.db_query("""
        SELECT c.id, e.hash, e.time, e.actor,
               (SELECT l.time FROM prodworkflow_ledger AS l
                WHERE l.campaign=c.id ORDER BY l.number DESC LIMIT 1)
        FROM prodworkflow_campaign AS c
        JOIN prodworkflow_ledger AS e ON e.campaign=c.id AND e.number=1
        ORDER BY c.id""")}


def readable(found: Iterable[Any]) -> list[Entry]:
    """The entries of those rows that make sense."""
    made = []
    for row in found:
        try:
            made.append(rows.entry(row))
        except (ValueError, TypeError):
            continue
    return made
