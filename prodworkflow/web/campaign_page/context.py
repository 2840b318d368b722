"""What the sections of a campaign's page are made from: read once a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from trac.resource import ResourceNotFound

from prodworkflow.api import CampaignSystem, NoSuchCampaign
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.history import Event
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.translation import _


@dataclass(frozen=True)
class PageContext:
    """A campaign as who looks at the page may see it.

    What costs SQL statements is read at the first use, for all sections.
    """

    env: Any
    req: Any
    system: CampaignSystem
    decision: Decision
    told: Readiness

    @property
    def person(self) -> Any:
        """Who looks at the page."""
        return self.system.context.person(self.req)

    @cached_property
    def tickets(self) -> dict[int, Any]:
        """The campaign's tickets by number."""
        return self.system.queries.tickets(self.told)

    @cached_property
    def entries(self) -> list[Entry]:
        """The entries of the ledger, oldest first; none if it is unreadable.

        They tell of hidden tickets, too.
        """
        try:
            return self.system.queries.ledger(self.told.campaign.name)
        except ValueError:
            return []

    @cached_property
    def history(self) -> list[Event]:
        """The visible events of the campaign, oldest first."""
        return self.system.queries.history(self.decision, self.req.perm,
                                           self.entries)


def campaign_page(env: Any, req: Any, name: str) -> PageContext:
    """The campaign of that name as who asks may see it, else 404."""
    system = CampaignSystem(env)
    try:
        decision = system.queries.decision(name)
    except NoSuchCampaign as error:
        raise ResourceNotFound(str(error), _("No such campaign")) from error
    told = system.queries.readiness_for(decision, req.perm)
    return PageContext(env, req, system, decision, told)
