"""Where a campaign is, in few words: the badge beside its name."""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.text import Message
from prodworkflow.domain.views.readiness import Readiness


@dataclass(frozen=True)
class Position:
    """Where a campaign is; `mood` says how it is drawn: go, wait or stop."""

    words: Message
    mood: str = 'wait'


def position(told: Readiness) -> Position:
    """Ended, on hold, launched, ready, or the stage that decides."""
    campaign = told.campaign
    if campaign.ended:
        return Position(Message('closed') if campaign.phase == 'closed'
                        else Message('abandoned'))
    if campaign.held_since:
        return Position(Message('on hold'), 'stop')
    if campaign.launched:
        return Position(Message('launched'), 'go' if told.open else 'stop')
    if told.open:
        return Position(Message('ready'), 'go')
    stage = next((s for s in told.stages if not s.closed), None)
    if stage is None:
        return Position(Message('all stages closed'))
    count = max(s.stage.number for s in told.stages)
    return Position(Message('stage %(number)s of %(count)s',
                            number=stage.stage.number, count=count))
