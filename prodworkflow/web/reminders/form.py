"""Form that reminds one person of what waits for them."""

from __future__ import annotations

from typing import Any

from prodworkflow.api import CampaignSystem
from prodworkflow.domain.logins import joined_logins
from prodworkflow.domain.model.person import Person
from prodworkflow.translation import _
from prodworkflow.web.forms import form_text


def remind(system: CampaignSystem, req: Any, name: str,
           person: Person) -> str:
    """Remind whom the form names; the notice says who was told."""
    told = system.reminders.ask(name, form_text(req.args, 'person'), person)
    if not told:
        return _('Nobody was told: those who are asked may not see it.')
    return _('Reminded: %(people)s.',
             people=joined_logins([news.person for news in told]))
