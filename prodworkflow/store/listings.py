"""Lists for pages: finished campaigns, tickets, precedents, users.

One statement each, however long the list is.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from prodworkflow.domain.model.precedent import Precedent
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.vocabulary import ENDED, Phase
from prodworkflow.store import rows
from prodworkflow.store.ticket_statuses import done_statuses

FINISHED = (Phase.OVER.value, *ENDED)


RECENT = 20


MANY = 500


IN_FINISHED = f"('{FINISHED[0]}', '{FINISHED[1]}', '{FINISHED[2]}')"


class FinishedCampaign(NamedTuple):
    """A campaign that is over, closed or abandoned."""

    name: str
    phase: str


class NamedCampaign(NamedTuple):
    """A campaign by its name; `finished` if it is over in any way."""

    id: int
    name: str
    finished: bool


class FinishedSignOff(NamedTuple):
    """An approval in a finished campaign, with what it was given for."""

    campaign: str
    phase: str
    ticket: int
    title: str
    milestone: str
    signoff: SignOff


class TicketRow(NamedTuple):
    """A row of the table of sign-off tickets; `changed` is in µs UTC.

    `done` says that its status counts as done.
    """

    id: int
    summary: str
    component: str
    status: str
    resolution: str
    version: str
    type: str
    priority: str
    owner: str
    changed: int
    done: bool = False


def over_campaigns(env: Any) -> list[FinishedCampaign]:
    """All finished campaigns, newest first."""
    return [FinishedCampaign(*row) for row in env.db_query(f"""
        SELECT name, phase FROM prodworkflow_campaign
        WHERE phase IN {IN_FINISHED} ORDER BY id DESC""")]


def named_campaigns(env: Any) -> list[NamedCampaign]:
    """All campaigns but removed ones, oldest first."""
    return [NamedCampaign(int(id_), name, phase in FINISHED)
            for id_, name, phase in env.db_query("""
        SELECT id, name, phase FROM prodworkflow_campaign
        WHERE phase<>'removed' ORDER BY id""")]


def finished_signoffs(env: Any, signer: str,
                      since: int) -> list[FinishedSignOff]:
    """What somebody approved in finished campaigns since a time (µs UTC).

    The latest first, at most MANY; without what has lost its ticket.
    """
    return [FinishedSignOff(row[0], row[1], int(row[2]), row[3], row[4],
                            rows.signoff(row[5:])) for row in env.db_query(f"""
        SELECT c.name, c.phase, r.ticket, r.title, s.milestone,
               {rows.columns(rows.SIGNOFF, 'o')}
        FROM prodworkflow_signoff AS o
        JOIN prodworkflow_campaign AS c ON c.id=o.campaign
        JOIN prodworkflow_requirement AS r
          ON r.campaign=o.campaign AND r.requirement=o.requirement
        JOIN prodworkflow_stage AS s
          ON s.campaign=r.campaign AND s.stage=r.stage
        WHERE o.signer=%s AND o.verdict='approved' AND o.time>=%s
          AND c.phase IN {IN_FINISHED} AND r.ticket IS NOT NULL
        ORDER BY o.time DESC
        LIMIT {MANY}""", (signer, since))]


def precedents(env: Any, campaign: int,
               requirement: str) -> list[Precedent]:
    """Waivers and rejections of a requirement in other campaigns.

    The latest first, at most RECENT of them.
    """
    return [Precedent(row[0] or '', None if row[1] is None else int(row[1]),
                      rows.signoff(row[2:])) for row in env.db_query(f"""
        SELECT c.name, r.ticket, {rows.columns(rows.SIGNOFF, 'o')}
        FROM prodworkflow_signoff AS o
        JOIN prodworkflow_campaign AS c ON c.id=o.campaign
        LEFT JOIN prodworkflow_requirement AS r
          ON r.campaign=o.campaign AND r.requirement=o.requirement
        WHERE o.requirement=%s AND o.verdict IN ('waived', 'rejected')
          AND o.campaign<>%s
        ORDER BY o.campaign DESC, o.number DESC
        LIMIT {RECENT}""", (requirement, campaign))]


def ticket_rows(env: Any, ids: list[int]) -> dict[int, TicketRow]:
    """The rows of those tickets that exist, by their ids."""
    places = ','.join(['%s'] * len(ids)) or 'NULL'
    done = done_statuses(env)
    return {int(row[0]): TicketRow._make(
                (*(v or '' for v in row), row[3] in done))
            for row in env.db_query(f"""
                SELECT id, summary, component, status, resolution, version,
                       type, priority, owner, changetime
                FROM ticket WHERE id IN ({places})""", tuple(ids))}


def known_users(env: Any) -> list[str]:
    """The logins of all users with an authenticated session, sorted.

    They are the users whom Trac knows.
    """
    return [user for user, in env.db_query("""
        SELECT sid FROM session WHERE authenticated=1 ORDER BY sid""")]
