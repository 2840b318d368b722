"""Concerned records: the rows of campaigns in which somebody is named.

By one statement, for a page of Trac that has nothing else to do with
campaigns. What it gives is what the bulk reader gives, but for the response
times of contacts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from prodworkflow.domain.model.person import GROUP, Person
from prodworkflow.store import rows, schema_version
from prodworkflow.store.record_reader import (
    NAMED_ON_ROADMAP,
    site_options,
    SiteOptions,
)
from prodworkflow.store.records import CampaignRows
from prodworkflow.store.statements import FACTS, UNDERWAY

# The rows of campaigns and stages, of requirements and what was said of them,
# and of other open tickets: each part has columns of its own. The first joins
# the tables of the others, too, and finds nothing there: so their columns have
# types that every database knows.
_CAMPAIGN = 2 + len(rows.CAMPAIGN) + len(rows.BESIDE) + len(rows.STAGE) + 5


_REQUIREMENT = len(rows.REQUIREMENT) + len(FACTS) + len(rows.SIGNOFF) + 1


def _nulls(count: int) -> str:
    return ','.join(['NULL'] * count)


STATEMENT = f"""
    SELECT 1, c.id, c.revision, {{version}},
           {rows.columns(rows.CAMPAIGN, 'c')},
           {rows.columns(rows.BESIDE, 'c')}, {rows.columns(rows.STAGE, 's')},
           m.name, m.completed, m.due, c.head, 0,
           {rows.columns(rows.REQUIREMENT, 'r')},
           t.id, t.status, t.resolution, t.milestone, t.time, t.changetime,
           {rows.columns(rows.SIGNOFF, 'o')}, r.position,
           r.stage, t.id, t.time
    FROM prodworkflow_campaign AS c
    LEFT JOIN prodworkflow_stage AS s ON s.campaign=c.id
    LEFT JOIN milestone AS m ON m.name=s.milestone
    LEFT JOIN prodworkflow_requirement AS r
      ON r.campaign=-1 AND r.requirement=''
    LEFT JOIN prodworkflow_signoff AS o ON o.campaign=-1 AND o.number=-1
    LEFT JOIN ticket AS t ON t.id=-1
    WHERE {{where}}
    UNION ALL
    SELECT 2, r.campaign, {_nulls(_CAMPAIGN)},
           {rows.columns(rows.REQUIREMENT, 'r')},
           t.id, t.status, t.resolution, t.milestone,
           (SELECT MAX(h.time) FROM ticket_change AS h
            WHERE h.ticket=t.id AND h.field IN ('status', 'resolution')),
           (SELECT v.time FROM prodworkflow_ledger AS v
            WHERE v.campaign=r.campaign AND v.number=r.stale),
           {_nulls(len(rows.SIGNOFF))}, r.position, {_nulls(3)}
    FROM prodworkflow_campaign AS c
    JOIN prodworkflow_requirement AS r ON r.campaign=c.id
    LEFT JOIN ticket AS t ON t.id=r.ticket AND t.time=r.ticket_time
    WHERE {{where}}
    UNION ALL
    SELECT 2, r.campaign, {_nulls(_CAMPAIGN)},
           r.requirement, {_nulls(len(rows.REQUIREMENT) - 1 + len(FACTS))},
           {rows.columns(rows.SIGNOFF, 'o')}, r.position, {_nulls(3)}
    FROM prodworkflow_campaign AS c
    JOIN prodworkflow_requirement AS r ON r.campaign=c.id
    JOIN prodworkflow_signoff AS o
      ON o.campaign=r.campaign AND o.requirement=r.requirement
    WHERE {{where}}
    UNION ALL
    SELECT 3, s.campaign, {_nulls(_CAMPAIGN + _REQUIREMENT)},
           s.stage, t.id, t.time
    FROM prodworkflow_campaign AS c
    JOIN prodworkflow_stage AS s ON s.campaign=c.id
    JOIN ticket AS t ON t.milestone=s.milestone
    LEFT JOIN prodworkflow_requirement AS r
      ON r.ticket=t.id AND r.ticket_time=t.time AND r.campaign=s.campaign
    WHERE COALESCE(t.status, '') NOT IN ({{done}}) AND r.ticket IS NULL
      AND {{where}}
    """


_NUMBER = 2 + rows.STAGE.index('number') - len(rows.STAGE) - 5 + _CAMPAIGN


def records_concerning(env: Any, person: Person) -> list[CampaignRows]:
    """The campaigns under way that may name a person; one statement.

    As contact or deputy, by name or group, or because they name nobody and
    the person is an administrator. There may be others among them.
    """
    site = site_options(env)
    with env.db_query as db:
        where, args = _concerned(db, person)
        done = sorted(site.done)
        found = db(STATEMENT.format(
            version=schema_version.version_column(db), where=where,
            done=','.join(['%s'] * len(done))),
            (*args, *args, *args, *done, *args))
    parts: dict[int, list[tuple]] = {1: [], 2: [], 3: []}
    for row in found:
        parts[int(row[0])].append(_whole(row))
    records = _campaigns(parts[1], site)
    _add_requirements(records, parts[2])
    _add_others(records, parts[3])
    return list(records.values())


def _whole(row: tuple) -> tuple:
    """A row whose whole numbers are int: MariaDB gives Decimal of a UNION."""
    if Decimal not in map(type, row):
        return row
    return tuple(int(value) if isinstance(value, Decimal) else value
                 for value in row)


def _campaigns(found: list[tuple], site: SiteOptions
               ) -> dict[int, CampaignRows]:
    found.sort(key=lambda row: (int(row[1]), row[_NUMBER] or 0))
    return {id_: CampaignRows(id_, list(group), done=site.done,
                              waiver_days=site.waiver_days, consistent=True)
            for id_, group in groupby(
                [(int(row[1]), *row[2:2 + _CAMPAIGN]) for row in found],
                itemgetter(0))}


def _add_requirements(records: dict[int, CampaignRows],
                      found: list[tuple]) -> None:
    first = 2 + _CAMPAIGN
    for row in found:
        records[int(row[1])].requirements.append(
            (row[1], *row[first:first + _REQUIREMENT]))
    for record in records.values():
        record.in_order()


def _add_others(records: dict[int, CampaignRows],
                found: list[tuple]) -> None:
    stages: dict[tuple[int, str], dict[int, int]] = {}
    for row in sorted(found, key=lambda row: (row[1], row[-3], row[-2])):
        stages.setdefault((int(row[1]), row[-3]), {})[int(row[-2])] = int(
            row[-1] or 0)
    for (campaign, stage), tickets in stages.items():
        records[campaign].complete(stage, tickets, NAMED_ON_ROADMAP)


def _concerned(db: Any, person: Person) -> tuple[str, Sequence[str]]:
    """The condition of such a campaign, and its parameters."""
    words = [f'%{db.like_escape(form)}%' for word in (
        person.name, *sorted(f'{GROUP}{g}' for g in person.groups))
        for form in dict.fromkeys((word, json.dumps(word)[1:-1]))]
    named = [f'{column} {db.like()}' for column in (
        'c.deputies', 'q.deputies', 'q.contacts') for _ in words]
    if person.administrator:
        named.append("COALESCE(q.contacts, '') IN ('', '[]')")
    return (f"""{UNDERWAY} AND EXISTS (
        SELECT 1 FROM prodworkflow_requirement AS q
        WHERE q.campaign=c.id AND ({' OR '.join(named)}))""",
            [*words] * 3)
