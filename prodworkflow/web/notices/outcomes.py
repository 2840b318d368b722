"""Outcome notices: what a saved sign-off did, told on the page that follows.

Who saves waits for what is recorded, not for words about it; those are put
together when they are looked at, and are true at that moment.
"""

from __future__ import annotations

import json
from typing import Any

from trac.web.chrome import add_notice

from prodworkflow.api import CampaignSystem, NoSuchCampaign
from prodworkflow.domain.model.permissions import VIEW
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.web.signoff_form import outcome_notice

KEY = 'prodworkflow.outcomes'
KEPT = 10


def remember_outcome(req: Any, campaign: str, requirement: str,
                     verdict: str) -> None:
    """Keep in the session what was recorded; the last `KEPT` of them."""
    outcomes = [*_remembered(req), [campaign, requirement, verdict]]
    req.session[KEY] = json.dumps(outcomes[-KEPT:])


def tell_outcomes(req: Any, system: CampaignSystem) -> None:
    """Make notices of what was kept, once, for who may see campaigns."""
    outcomes = _remembered(req)
    if not outcomes:
        return
    del req.session[KEY]
    for campaign, requirement, verdict in outcomes:
        if VIEW not in req.perm:
            continue
        try:
            add_notice(req, outcome_notice(req, system, campaign, requirement,
                                           Verdict(verdict)))
        except (NoSuchCampaign, KeyError):
            continue  # removed since


def _remembered(req: Any) -> list[list[str]]:
    kept: list[list[str]] = json.loads(req.session.get(KEY) or '[]')
    return kept
