"""Urgency of campaigns: which one a reader of the roadmap looks at first."""

from __future__ import annotations

from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.roadmap.card import CampaignCard, Place

Urgency = tuple[int, int, str, str]

NEVER = '9999-12-31'
RANKS = {Place.ALARM: 0, Place.HELD: 1, Place.UNDER_WAY: 2, Place.READY: 3,
         Place.LAUNCHED: 4, Place.ENDED: 5}


def urgency(told: Readiness) -> Urgency:
    """A key that sorts campaigns, the most urgent first.

    Production that should stop, then what is held or late, by days; then what
    is under way, by its next day; then what is launched.
    """
    card = CampaignCard(told)
    rank = RANKS[card.place]
    late = card.late if card.place in {Place.HELD, Place.UNDER_WAY} else 0
    if late:
        rank = RANKS[Place.HELD]
    due = card.present.stage.due if card.present else None
    day = due or told.campaign.start
    return (rank, -late, day.isoformat() if day else NEVER,
            told.campaign.name)
