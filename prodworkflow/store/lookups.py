"""Look-ups: which campaigns a name, a ticket or a milestone belongs to.

One statement each.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from trac.util.datefmt import from_utimestamp

from prodworkflow.store.held import HELD

NULL = '\0'


class Ownership(NamedTuple):
    """A campaign that owns a ticket or a milestone, and as what.

    Either `requirement` (the ticket is its sign-off ticket) or `stage` (the
    milestone is its own) is set, the other is ''.
    """

    campaign: int
    requirement: str
    stage: str


def campaign_id(env: Any, name: str) -> int | None:
    """The id of the campaign of that name; None if there is none.

    PostgreSQL cannot be asked for a name with a null character.
    """
    if NULL in name:
        return None
    for id_, in env.db_query("""
            SELECT id FROM prodworkflow_campaign
            WHERE name=%s AND phase<>'removed'""", (name,)):
        return int(id_)
    return None


def ticket_versions(env: Any, campaign: int) -> dict[str, str]:
    """The versions of a campaign's sign-off tickets, by requirement.

    Those that are gone are left out.
    """
    return {key: version or '' for key, version in env.db_query("""
        SELECT r.requirement, t.version FROM prodworkflow_requirement AS r
        JOIN ticket AS t ON t.id=r.ticket AND t.time=r.ticket_time
        WHERE r.campaign=%s""", (campaign,))}


def ticket_words(env: Any, campaign: int) -> dict[int, dict[str, str]]:
    """Type, priority and component of a campaign's sign-off tickets, by id.

    Those that are gone are left out.
    """
    return {int(id_): {'type': type_ or '', 'priority': priority or '',
                       'component': component or ''}
            for id_, type_, priority, component in env.db_query("""
        SELECT t.id, t.type, t.priority, t.component
        FROM prodworkflow_requirement AS r
        JOIN ticket AS t ON t.id=r.ticket AND t.time=r.ticket_time
        WHERE r.campaign=%s ORDER BY t.id""", (campaign,))}


def template_text_of(env: Any, campaign: int) -> str:
    """The template's text that a campaign was created from; '' if none.

    ValueError if its first entry cannot be read.
    """
    for payload, in env.db_query("""
            SELECT payload FROM prodworkflow_ledger
            WHERE campaign=%s AND number=1""", (campaign,)):
        return str(json.loads(payload).get('template') or '')
    return ''


def passages(env: Any, campaign: int,
             actor: str) -> list[tuple[str, dict[str, Any]]]:
    """What `advisory` let an actor pass: release and payload, latest first.

    ValueError if an entry cannot be read.
    """
    return [(release or '', json.loads(payload)) for release, payload
            in env.db_query("""
                SELECT release_name, payload FROM prodworkflow_ledger
                WHERE campaign=%s AND verb='passed' AND actor=%s
                ORDER BY number DESC""", (campaign, actor))]


def milestone_days(env: Any,
                   names: list[str]) -> dict[str, date | None]:
    """The due days (UTC) of Trac's milestones of these names."""
    places = ','.join(['%s'] * len(names)) or 'NULL'
    return {name: from_utimestamp(due).date() if due else None
            for name, due in env.db_query(
                f'SELECT name, due FROM milestone WHERE name IN ({places})',
                tuple(names))}


def stage_milestones(env: Any) -> set[str]:
    """The names of all milestones that are stages of campaigns."""
    return {name for name, in env.db_query(
        'SELECT milestone FROM prodworkflow_stage')}


def running_campaigns(env: Any) -> dict[int, str]:
    """The names of all campaigns that have not ended, by id, oldest first."""
    return {int(id_): name for id_, name in env.db_query("""
        SELECT id, name FROM prodworkflow_campaign
        WHERE phase NOT IN ('closed', 'abandoned', 'removed')
        ORDER BY id""")}


def attached_names(env: Any, tickets: Sequence[int]) -> set[tuple[int, str]]:
    """The attachments of tickets, as (ticket, name)."""
    places = ','.join(['%s'] * len(tickets)) or 'NULL'
    return {(int(ticket), name) for ticket, name in env.db_query(
        f"""SELECT id, filename FROM attachment
            WHERE type='ticket' AND id IN ({places})""",
        tuple(map(str, tickets)))}


class AttachmentRow(NamedTuple):
    """An attachment of a ticket; `time` is in µs UTC."""

    ticket: int
    name: str
    author: str
    time: int


def attached_files(env: Any, tickets: Sequence[int]) -> list[AttachmentRow]:
    """The attachments of tickets."""
    places = ','.join(['%s'] * len(tickets)) or 'NULL'
    return [AttachmentRow(int(ticket), name, author or '', int(time or 0))
            for ticket, name, author, time in env.db_query(
                f"""SELECT id, filename, author, time FROM attachment
                    WHERE type='ticket' AND id IN ({places})""",
                tuple(map(str, tickets)))]


def all_campaign_ids(env: Any) -> list[int]:
    """The ids of all campaigns ever created, removed ones included."""
    return [int(id_) for id_, in env.db_query(
        'SELECT id FROM prodworkflow_campaign ORDER BY id')]


def campaign_names(env: Any) -> list[str]:
    """The names of all campaigns but removed ones, oldest first."""
    return [name for name, in env.db_query("""
        SELECT name FROM prodworkflow_campaign WHERE phase<>'removed'
        ORDER BY id""")]


def owners_of(env: Any, ticket: int | None,
              milestones: tuple[str, ...]) -> list[Ownership]:
    """The campaigns that own a ticket or one of these milestones.

    Under the locks of campaigns the same is asked once.
    """
    if HELD.owners is None:
        return _owners_of(env, ticket, milestones)
    key = id(env), ticket, milestones
    if key not in HELD.owners:
        HELD.owners[key] = _owners_of(env, ticket, milestones)
    return list(HELD.owners[key])


def _owners_of(env: Any, ticket: int | None,
               milestones: tuple[str, ...]) -> list[Ownership]:
    places = ','.join(['%s'] * len(milestones)) or 'NULL'
    return [Ownership(int(campaign), requirement or '', stage or '')
            for campaign, requirement, stage in env.db_query(f"""
                SELECT campaign, requirement, '' FROM prodworkflow_requirement
                WHERE ticket=%s
                UNION SELECT campaign, '', stage FROM prodworkflow_stage
                WHERE milestone IN ({places})
                ORDER BY 1, 2, 3""", (ticket, *milestones))]


def campaigns_affected_by(env: Any, tickets: Sequence[int],
                          milestones: Sequence[str] = ()) -> list[int]:
    """The ids of the campaigns that a change of these may affect, sorted.

    They own the tickets or milestones, or the tickets lie in their milestones.
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


def campaigns_of_signoff(env: Any, ticket: int) -> list[int]:
    """The same for one ticket, sorted; [] where it is no sign-off ticket."""
    found = env.db_query("""
        SELECT campaign, 1 FROM prodworkflow_requirement WHERE ticket=%s
        UNION SELECT s.campaign, 0 FROM prodworkflow_stage AS s
        JOIN ticket AS t ON t.milestone=s.milestone WHERE t.id=%s
        """, (ticket, ticket))
    return sorted({int(campaign) for campaign, _ in found}
                  ) if any(own for _, own in found) else []


def retargeted_tickets(env: Any, milestone: str) -> list[int]:
    """The ids of the tickets that Trac moves out of a milestone at its end.

    To Trac itself only what is `closed` is closed.
    """
    return [int(id_) for id_, in env.db_query("""
        SELECT id FROM ticket WHERE milestone=%s AND status<>'closed'
        ORDER BY id""", (milestone,))]


def milestone_exists(env: Any, name: str) -> bool:
    """Whether Trac has a milestone of that name, read past its cache."""
    return bool(milestones_among(env, [name]))


def milestones_among(env: Any, names: list[str]) -> list[str]:
    """Those of the names that are milestones of Trac, sorted."""
    places = ','.join(['%s'] * len(names)) or 'NULL'
    return [name for name, in env.db_query(
        f'SELECT name FROM milestone WHERE name IN ({places}) ORDER BY name',
        tuple(names))]
