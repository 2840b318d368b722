"""Campaign, stage and requirement of tickets, as columns of Trac's table.

A sign-off ticket belongs to its requirement wherever it lies; any other
ticket to the stage whose milestone it lies in, and to no requirement.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

WORDS = ('campaign', 'stage', 'requirement')


# Should two stages name one milestone, the older campaign has its tickets:
# no ticket is found twice.
JOINS = """
    FROM ticket
    LEFT JOIN prodworkflow_requirement AS own
      ON own.ticket=ticket.id AND own.ticket_time=ticket.time
    LEFT JOIN prodworkflow_stage AS lies
      ON lies.milestone=ticket.milestone AND NOT EXISTS (
        SELECT 1 FROM prodworkflow_stage AS older
        WHERE older.milestone=lies.milestone
          AND older.campaign<lies.campaign)
    LEFT JOIN prodworkflow_campaign AS c
      ON c.id=COALESCE(own.campaign, lies.campaign)
    """


class CampaignTicket(NamedTuple):
    """A ticket of a campaign, with the milestone of its stage ('': none)."""

    ticket: int
    milestone: str


class Place(NamedTuple):
    """Where a value of a word is: a ticket (0: none) and a milestone."""

    word: str
    value: str
    ticket: int
    milestone: str


def table_with_words(hidden: Collection[int] = ()) -> str:
    """Trac's table of tickets with the columns WORDS; without the hidden.

    SQL in brackets, for behind a FROM.
    """
    places = ','.join(str(int(id_)) for id_ in sorted(hidden))
    return f"""(
    SELECT ticket.*, c.name AS campaign,
           COALESCE(own.stage, lies.stage) AS stage,
           own.requirement AS requirement {JOINS}
    {f'WHERE ticket.id NOT IN ({places})' if hidden else ''})"""


def table_without_words(empty: bool) -> str:
    """The same for who may not know of campaigns: the columns say nothing.

    Where it has to be `empty`, no ticket is in it.
    """
    columns = ', '.join(f"'' AS {word}" for word in WORDS)
    return f"""(
    SELECT ticket.*, {columns} FROM ticket
    {'WHERE 1=0' if empty else ''})"""


def campaign_tickets(env: Any, query: str,
                     args: Sequence[Any]) -> list[CampaignTicket]:
    """Those tickets of a query, which gives ids, that belong to campaigns."""
    return [CampaignTicket(int(id_), milestone or '')
            for id_, milestone in env.db_query(f"""
                SELECT ticket.id, COALESCE(home.milestone, lies.milestone)
                {JOINS}
                LEFT JOIN prodworkflow_stage AS home
                  ON home.campaign=own.campaign AND home.stage=own.stage
                WHERE c.id IS NOT NULL
                  AND ticket.id IN (SELECT x.id FROM ({query}) AS x)
                """, tuple(args))]


def places_of(env: Any, asked: Mapping[str, Sequence[str]]) -> list[Place]:
    """Where values of the words are: `asked` has the values of each word.

    PostgreSQL cannot be asked for a text with a null character.
    """
    values = [[v for v in asked.get(word, ()) if '\0' not in v]
              for word in WORDS]
    campaigns, stages, requirements = (
        ','.join(['%s'] * len(v)) or 'NULL' for v in values)
    return [Place(word, value, int(ticket or 0), milestone or '')
            for word, value, ticket, milestone in env.db_query(f"""
                SELECT 'campaign', name, 0, '' FROM prodworkflow_campaign
                WHERE name IN ({campaigns})
                UNION ALL SELECT 'stage', stage, 0, milestone
                FROM prodworkflow_stage WHERE stage IN ({stages})
                UNION ALL SELECT 'requirement', r.requirement, r.ticket,
                                 s.milestone
                FROM prodworkflow_requirement AS r
                JOIN prodworkflow_stage AS s
                  ON s.campaign=r.campaign AND s.stage=r.stage
                WHERE r.requirement IN ({requirements})
                """, tuple(v for found in values for v in found))]
