"""Number of sign-offs that wait for who looks at a page: one for all of it.

The navigation, the line on the roadmap and the queue say the same: who has
read the campaigns anyway tells the others.
"""

from __future__ import annotations

from typing import Any

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.views.waiting_signoffs import WaitingCount

KEY = 'prodworkflow.waiting'


def waiting_number(req: Any, system: CampaignSystem) -> WaitingCount:
    """What waits for who made a request; it is counted once."""
    found: WaitingCount | None = req.environ.get(KEY)
    if found is None:
        found = WaitingCount.of(system.waiting.signoffs(
            system.context.person(req), req.perm))
        tell_waiting_number(req, found)
    return found


def tell_waiting_number(req: Any, count: WaitingCount) -> None:
    """Let the whole page say the number that a part of it has found."""
    req.environ[KEY] = count
