"""Finds the campaigns that a name, a ticket or a milestone concerns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from trac.util.datefmt import from_utimestamp

NULL = '\0'


class Ownership(NamedTuple):
    """A campaign that a ticket or milestone belongs to, and as what.

    Either `requirement` (the ticket is its sign-off ticket) or `stage` (the
    milestone is its own) is set, the other is ''.
    """

    campaign: int
    requirement: str
    stage: str


class LastVerdict(NamedTuple):
    """An entry that says something of a requirement, by its keys."""

    campaign: str
    requirement: str
    number: int
    verdict: str


def campaign_id(env: Any, name: str) -> int | None:
    """The id of the campaign of that name, if there is one.

    A name with a null is none; PostgreSQL would not even be asked for it.
    """
    if NULL in name:
        return None
    for id_, in env.db_query("""
            SELECT id FROM prodworkflow_campaign
            WHERE name=%s AND phase<>'removed'""", (name,)):
        return int(id_)
    return None


def template_text_of(env: Any, campaign: int) -> str:
    """The text of the template that a campaign was made from; '' if none.

    ValueError if its first entry cannot be read.
    """
    for payload, in env.db_query("""
            SELECT payload FROM prodworkflow_ledger
            WHERE campaign=%s AND number=1""", (campaign,)):
        return str(json.loads(payload).get('template') or '')
    return ''


def milestone_days(env: Any,
                   names: list[str]) -> dict[str, date | None]:
    """The days (UTC) that Trac's milestones of these names are due."""
    places = ','.join(['%s'] * len(names)) or 'NULL'
    return {name: from_utimestamp(due).date() if due else None
            for name, due in env.db_query(
                f'SELECT name, due FROM milestone WHERE name IN ({places})',
                tuple(names))}


def all_campaign_ids(env: Any) -> list[int]:
    """The ids of all campaigns ever made, removed ones too."""
    return [int(id_) for id_, in env.db_query(
        'SELECT id FROM prodworkflow_campaign ORDER BY id')]


def campaign_names(env: Any) -> list[str]:
    """The names of all campaigns, oldest first."""
    return [name for name, in env.db_query("""
        SELECT name FROM prodworkflow_campaign WHERE phase<>'removed'
        ORDER BY id""")]


def owners_of(env: Any, ticket: int | None,
              milestones: tuple[str, ...]) -> list[Ownership]:
    """What campaigns a ticket and these milestones concern; one statement."""
    places = ','.join(['%s'] * len(milestones)) or 'NULL'
    return [Ownership(int(campaign), requirement or '', stage or '')
            for campaign, requirement, stage in env.db_query(f"""
                SELECT campaign, requirement, '' FROM prodworkflow_requirement
                WHERE ticket=%s
                UNION SELECT campaign, '', stage FROM prodworkflow_stage
                WHERE milestone IN ({places})
                ORDER BY 1, 2, 3""", (ticket, *milestones))]


def last_verdicts(env: Any, ticket: int) -> list[LastVerdict]:
    """What was said last of a sign-off ticket, in each campaign of its own.

    One statement.
    """
    found = {row[0]: LastVerdict(row[0] or '', row[1], int(row[2]), row[3])
             for row in env.db_query("""
                 SELECT c.name, o.requirement, o.number, o.verdict
                 FROM prodworkflow_requirement AS r
                 JOIN prodworkflow_campaign AS c ON c.id=r.campaign
                 JOIN prodworkflow_signoff AS o
                   ON o.campaign=r.campaign AND o.requirement=r.requirement
                 WHERE r.ticket=%s ORDER BY c.id, o.number""", (ticket,))}
    return list(found.values())


def campaigns_affected_by(env: Any, tickets: Sequence[int],
                          milestones: Sequence[str] = ()) -> list[int]:
    """The campaigns that a change of these may concern, in order.

    Those that own them, and those in whose milestones the tickets lie; one
    statement.
    """
    among = ','.join(['%s'] * len(tickets)) or 'NULL'
    places = ','.join(['%s'] * len(milestones)) or 'NULL'
    return [int(campaign) for campaign, in env.db_query(f"""
        SELECT campaign FROM prodworkflow_requirement
        WHERE ticket IN ({among})
        UNION SELECT s.campaign FROM prodworkflow_stage AS s
        JOIN ticket AS t ON t.milestone=s.milestone WHERE t.id IN ({among})
        UNION SELECT campaign FROM prodworkflow_stage
        WHERE milestone IN ({places})
        ORDER BY 1""", (*tickets, *tickets, *milestones))]


def open_tickets(env: Any, milestone: str) -> list[int]:
    """The ids of the open tickets in a milestone."""
    return [int(id_) for id_, in env.db_query("""
        SELECT id FROM ticket WHERE milestone=%s AND status<>'closed'
        ORDER BY id""", (milestone,))]


def milestone_exists(env: Any, name: str) -> bool:
    """Whether Trac has a milestone of that name at this moment."""
    return bool(milestones_among(env, [name]))


def milestones_among(env: Any, names: list[str]) -> list[str]:
    """Those of the names that Trac has a milestone for, in order."""
    places = ','.join(['%s'] * len(names)) or 'NULL'
    return [name for name, in env.db_query(
        f'SELECT name FROM milestone WHERE name IN ({places}) ORDER BY name',
        tuple(names))]
