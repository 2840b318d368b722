"""Fingerprint: whether anything in the campaigns changed, by one statement."""

from __future__ import annotations

from typing import Any

from trac.cache import key_to_id

# Trac counts here whenever milestones change, due days included.
MILESTONES = 'trac.ticket.model.MilestoneCache.milestones'


def underway_fingerprint(env: Any) -> tuple[Any, ...]:
    """A value that is another one after any change of a campaign.

    Each lock of a campaign increments its revision, and Trac tells of no
    change of its tickets without one; milestones have a counter of Trac's.
    """
    return tuple(env.db_query("""
        SELECT COUNT(*), SUM(revision), SUM(id),
               (SELECT generation FROM cache WHERE id=%s)
        FROM prodworkflow_campaign""", (key_to_id(MILESTONES),))[0])
