"""Earlier files of evidence: in which campaigns, and since when a release is.
"""

from __future__ import annotations

from typing import Any

from prodworkflow.store import rows

# So many reports are looked through for a file of tests.
RECENT = 20


def campaigns_with_file(env: Any, campaign: int, digest: str) -> list[str]:
    """The names of other campaigns in which these bytes are evidence."""
    return [name for name, in env.db_query("""
        SELECT DISTINCT c.name FROM prodworkflow_signoff AS o
        JOIN prodworkflow_campaign AS c ON c.id=o.campaign
        WHERE o.campaign<>%s AND o.evidence LIKE %s AND c.phase<>'removed'
        ORDER BY c.name""", (campaign, f'%"{digest}"%'))]


def tests_before(env: Any, campaign: int,
                 requirement: str) -> tuple[str, int] | None:
    """The last campaign that had tests for a requirement, and how many."""
    for row in env.db_query(f"""
            SELECT c.name, {rows.columns(rows.SIGNOFF, 'o')}
            FROM prodworkflow_signoff AS o
            JOIN prodworkflow_campaign AS c ON c.id=o.campaign
            WHERE o.requirement=%s AND o.campaign<>%s
              AND o.evidence LIKE %s AND c.phase<>'removed'
            ORDER BY o.campaign DESC, o.number DESC
            LIMIT {RECENT}""", (requirement, campaign, '%"tests":%')):
        for proof in rows.signoff(row[1:]).evidence:
            if proof.read and proof.read.tests is not None:
                return row[0], proof.read.tests
    return None


def release_since(env: Any, campaign: int, release: str) -> int:
    """From when (µs UTC) a campaign's release is; 0 if nobody knows.

    As Trac's version says, else as long as the campaign is on it.
    """
    for time, in env.db_query("SELECT time FROM version WHERE name=%s",
                              (release,)):
        if time:
            return int(time)
    [[time]] = env.db_query("""
        SELECT MAX(time) FROM prodworkflow_ledger
        WHERE campaign=%s AND verb IN ('created', 'released')""", (campaign,))
    return int(time or 0)
