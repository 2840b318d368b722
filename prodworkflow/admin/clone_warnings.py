"""Warnings of the campaign that a new one is made like."""

from __future__ import annotations

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.planning.cloning import Likeness
from prodworkflow.domain.planning.creation.clone_warnings import newer_template


def clone_warnings(system: CampaignSystem,
                   like: Likeness | None) -> list[str]:
    """What to know before a campaign is made like that one."""
    if like is None:
        return []
    try:
        last = system.templates.versions(like.wish.template)[0]
    except InvalidRequest:
        last = None
    return [*filter(None, [newer_template(like.wish, last)]), *like.warnings]
