"""Previews on a campaign's admin page: what its forms would do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.planning.releases.effect import ReleaseEffect
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.views.moves.asked_again import rows_asked_again
from prodworkflow.domain.views.visibility import (
    shown_effect,
    shown_handover,
    shown_shift,
    shown_undone,
)
from prodworkflow.web.campaign_form import requested_changes, requested_shift
from prodworkflow.web.forms import form_text
from prodworkflow.web.release_form import requested_effect
from prodworkflow.web.signer_form import requested_replacement


def shown_previews(req: Any, system: CampaignSystem, decision: Decision,
                   typed: Any) -> dict[str, Any]:
    """What the form that came back would do, if it was not refused.

    As far as whoever asks may see it; `confirm` stands for all of it.
    """
    found: dict[str, Any] = dict.fromkeys(PREVIEWS)
    made, act = None, form_text(typed, 'act')
    if act in ACTS and typed.get('reason'):
        made = _made(req, system, decision.snapshot.state.campaign.name, act)
    if made:
        seen = system.queries.visibility_for(decision, req.perm).states
        found[ACTS[act]] = PREVIEWS[ACTS[act]](made, seen)
    return {**found, **_after(req, system, decision, found['effect']),
            'confirm': made.digest if made else ''}


def _after(req: Any, system: CampaignSystem, decision: Decision,
           effect: ReleaseEffect | None) -> dict[str, Any]:
    """What is told of a campaign once it has moved to a release."""
    if effect is None or effect.after is None:
        return {'told_after': None, 'asked_again': ()}
    return {'told_after': system.queries.readiness_for(effect.after, req.perm),
            'asked_again': rows_asked_again(effect, decision)}


ACTS = {'reschedule': 'shift', 'change': 'undone', 'release': 'effect',
        'replace': 'handover'}
PREVIEWS: dict[str, Callable[[Any, Any], Any]] = {
    'shift': shown_shift, 'undone': shown_undone, 'effect': shown_effect,
    'handover': shown_handover}


def _made(req: Any, system: CampaignSystem, name: str, act: str) -> Any:
    """The preview of an act; None if it cannot be done."""
    try:
        if act == 'reschedule':
            return requested_shift(system, req, name)
        if act == 'release':
            return requested_effect(system, req, name)
        if act == 'replace':
            return system.previews.handover(name, requested_replacement(req))
        return system.previews.undone(name,
                                      requested_changes(system, req, name))
    except InvalidRequest:
        return None
