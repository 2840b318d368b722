"""SQL of the bulk reader: three statements; `%s` is their condition."""

from __future__ import annotations

from collections.abc import Sequence

from prodworkflow.store import rows
from prodworkflow.store.listings import IN_FINISHED

LATEST, ANSWERS = 10, 20


FACTS = ('id', 'status', 'resolution', 'milestone', 'changed', 'voided')


def _nothing(names: Sequence[str]) -> str:
    """NULLs for the columns that this part of a UNION lacks."""
    return ','.join(['NULL'] * len(names))


CAMPAIGNS = f"""
    SELECT c.id, c.revision, %s, {rows.columns(rows.CAMPAIGN, 'c')},
           {rows.columns(rows.BESIDE, 'c')},
           {rows.columns(rows.STAGE, 's')}, m.name, m.completed,
           m.due, c.head,
           (SELECT COUNT(*) FROM prodworkflow_campaign
            WHERE phase IN {IN_FINISHED})
    FROM prodworkflow_campaign AS c
    LEFT JOIN prodworkflow_stage AS s ON s.campaign=c.id
    LEFT JOIN milestone AS m ON m.name=s.milestone
    WHERE %s ORDER BY c.id, s.number
    """


# A requirement with its ticket is one row, what was said of it others: all
# in one row, each thing said would repeat the rest.
REQUIREMENTS = f"""
    SELECT r.campaign, {rows.columns(rows.REQUIREMENT, 'r')},
           t.id, t.status, t.resolution, t.milestone,
           (SELECT MAX(h.time) FROM ticket_change AS h
            WHERE h.ticket=t.id AND h.field IN ('status', 'resolution')),
           (SELECT v.time FROM prodworkflow_ledger AS v
            WHERE v.campaign=r.campaign AND v.number=r.stale),
           {_nothing(rows.SIGNOFF)}, r.position
    FROM prodworkflow_campaign AS c
    JOIN prodworkflow_requirement AS r ON r.campaign=c.id
    LEFT JOIN ticket AS t ON t.id=r.ticket AND t.time=r.ticket_time
    WHERE %s
    UNION ALL
    SELECT r.campaign, r.requirement,
           {_nothing((*rows.REQUIREMENT[1:], *FACTS))},
           {rows.columns(rows.SIGNOFF, 'o')}, r.position
    FROM prodworkflow_campaign AS c
    JOIN prodworkflow_requirement AS r ON r.campaign=c.id
    JOIN prodworkflow_signoff AS o
      ON o.campaign=r.campaign AND o.requirement=r.requirement
    WHERE %s
    """


# `{done}` stands for the placeholders of the statuses that count as done.
OTHERS = """
    SELECT s.campaign, s.stage, t.id, t.time
    FROM prodworkflow_campaign AS c
    JOIN prodworkflow_stage AS s ON s.campaign=c.id
    JOIN ticket AS t ON t.milestone=s.milestone
    LEFT JOIN prodworkflow_requirement AS r
      ON r.ticket=t.id AND r.ticket_time=t.time AND r.campaign=s.campaign
    WHERE COALESCE(t.status, '') NOT IN ({done}) AND r.ticket IS NULL AND %s
    UNION ALL SELECT c.id, '', c.revision, 0
    FROM prodworkflow_campaign AS c WHERE %s
    """


# The same for one campaign: of each stage only as many as are named, and one
# that tells of more. The index of milestones and statuses gives them in this
# order and is left once there are enough.
IN_STAGE = """
    SELECT %s, %s, other.id, other.time FROM (
        SELECT t.id, t.time FROM ticket AS t
        LEFT JOIN prodworkflow_requirement AS r
          ON r.ticket=t.id AND r.ticket_time=t.time AND r.campaign=%s
        WHERE t.milestone=%s AND COALESCE(t.status, '') NOT IN ({done})
          AND r.ticket IS NULL
        ORDER BY t.status LIMIT %s) AS other
    """


REVISION = """
    SELECT id, '', revision, 0 FROM prodworkflow_campaign WHERE id=%s
    """


# Beside the others in one statement; an index ends each at its limit, so
# that it costs the same however long a contact's history is.
PACE = f"""
    UNION ALL SELECT 0, contact, waited, 0 FROM (
        SELECT contact, waited FROM prodworkflow_signoff
        WHERE contact=%s AND waited IS NOT NULL
        ORDER BY time DESC LIMIT {ANSWERS}) AS answers
    """


LATEST_OVER = f"""
    c.id>=COALESCE((SELECT MIN(latest.id) FROM (
        SELECT id FROM prodworkflow_campaign
        WHERE phase IN {IN_FINISHED}
        ORDER BY id DESC LIMIT {LATEST}) AS latest), 0)
    """


UNDERWAY = f"c.phase<>'removed' AND c.phase NOT IN {IN_FINISHED}"
