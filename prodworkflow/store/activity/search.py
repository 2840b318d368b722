"""Search in names of campaigns, statements, evidence and reasons.

JSON columns hold words as JSON writes them, and more than words: what is found
in them is a candidate.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from trac.search.api import search_to_sql

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.views.activity.findings import REASONED, SAID_BESIDE
from prodworkflow.store import rows
from prodworkflow.store.activity.entries import COLUMNS, readable

# So many of the latest candidates are looked at.
MOST = 500


def _places(values: Sequence[str]) -> str:
    return ','.join(['%s'] * len(values))


# What was said of items that dropped out stands in the ledger alone.
SAYING = f"""
    SELECT {COLUMNS} FROM prodworkflow_signoff AS o
    JOIN prodworkflow_campaign AS c ON c.id=o.campaign
    JOIN prodworkflow_ledger AS e
      ON e.campaign=o.campaign AND e.number=o.number
    WHERE c.phase<>'removed' AND {{said}}
    UNION ALL SELECT {COLUMNS} FROM prodworkflow_ledger AS e
    JOIN prodworkflow_campaign AS c ON c.id=e.campaign
    WHERE e.verb IN ({_places(REASONED)}) AND c.phase<>'removed'
      AND {{written}}
    UNION ALL SELECT {COLUMNS} FROM prodworkflow_campaign AS c
    JOIN prodworkflow_ledger AS e ON e.campaign=c.id
    WHERE c.phase<>'removed' AND c.dropped NOT IN ('', '[]')
      AND e.verb IN ({_places(SAID_BESIDE)}) AND {{written}}
      AND NOT EXISTS (SELECT 1 FROM prodworkflow_signoff AS s
                      WHERE s.campaign=e.campaign AND s.number=e.number)
    ORDER BY 3 DESC, 1 DESC, 2 DESC LIMIT {MOST}
    """


class NamedCampaign(NamedTuple):
    """A campaign; by whom and when (µs UTC) it was made."""

    name: str
    phase: str
    release: str
    time: int
    actor: str


def campaigns_named(env: Any, terms: Sequence[str]) -> list[NamedCampaign]:
    """The campaigns in whose names all of the terms stand, newest first."""
    with env.db_query as db:
        where, args = search_to_sql(db, ['c.name'], terms)
        return [NamedCampaign(name or '', phase or '', release or '',
                              int(time), actor or '')
                for name, phase, release, time, actor in db(f"""
            SELECT c.name, c.phase, c.release_name, e.time, e.actor
            FROM prodworkflow_campaign AS c
            JOIN prodworkflow_ledger AS e ON e.campaign=c.id AND e.number=1
            WHERE c.phase<>'removed' AND {where}
            ORDER BY c.id DESC LIMIT {MOST}""", args)]


def entries_saying(env: Any, terms: Sequence[str]) -> list[Entry]:
    """The entries that may hold all of the terms, the latest first."""
    with env.db_query as db:
        said, beside = _held(db, ('o.statement',), ('o.evidence',), terms)
        written, args = _held(db, (), ('e.payload',), terms)
        return readable(db(SAYING.format(said=said, written=written), (
            *beside, *REASONED, *args, *SAID_BESIDE, *args)))


def requirements_asking(env: Any, terms: Sequence[str]
                        ) -> list[tuple[int, Requirement]]:
    """Requirements that may ask for evidence of that name.

    With their campaigns' ids, newest first.
    """
    with env.db_query as db:
        where, args = _held(db, (), ('r.asks',), terms)
        found = []
        for campaign, *row in db(f"""
                SELECT r.campaign, {rows.columns(rows.REQUIREMENT, 'r')}
                FROM prodworkflow_requirement AS r
                JOIN prodworkflow_campaign AS c ON c.id=r.campaign
                WHERE c.phase<>'removed' AND {where}
                ORDER BY r.campaign DESC, r.position LIMIT {MOST}""", args):
            try:
                found.append((int(campaign), rows.requirement(row)))
            except (ValueError, TypeError):
                continue
        return found


def _held(db: Any, plain: Sequence[str], json_columns: Sequence[str],
          terms: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The condition that each term stands in one of the columns."""
    columns = (*plain, *json_columns)
    each = ' OR '.join(f'{column} {db.like()}' for column in columns)
    args: list[str] = []
    for term in terms:
        args += [f'%{db.like_escape(term)}%'] * len(plain)
        inner = json.dumps(term)[1:-1]
        args += [f'%{db.like_escape(inner)}%'] * len(json_columns)
    return ' AND '.join([f'({each})'] * len(terms)), tuple(args)
