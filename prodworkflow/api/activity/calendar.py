"""Calendar: the days on which something of a campaign is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prodworkflow.api.campaign_ids import unknown_campaign
from prodworkflow.api.queries import Queries
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.views.activity.due_days import due_days, DueDay
from prodworkflow.domain.views.activity.events import urn
from prodworkflow.domain.views.activity.icalendar import DayEvent
from prodworkflow.domain.views.my_signoffs import keys_for
from prodworkflow.store import activity

# The address of what is due, from a campaign's name and a ticket, if any.
Address = Callable[[str, Any], str]


class Calendar:
    """Tells what is due when, of all campaigns under way."""

    def __init__(self, env: Any, queries: Queries) -> None:
        self.env, self.queries = env, queries

    def days(self, perm: Any, address: Address, name: str = '',
             person: Person | None = None) -> list[DayEvent]:
        """What the holder of `perm` may see of it, by day.

        Of one campaign with its name (NoSuchCampaign), and with a person only
        what they may still sign.
        """
        decisions = self.queries.underway()[0]
        if name:
            decisions = [d for d in decisions
                         if d.snapshot.state.campaign.name == name]
            if not decisions and name not in self.queries.names():
                raise unknown_campaign(self.env, name)
        first = activity.beginnings(self.env)
        return [_event(day, first[day.id], address)
                for day in sorted((
                    day for d in decisions for day in due_days(
                        d, self.queries.visibility_for(d, perm),
                        keys_for(d, person) if person else None)),
                    key=lambda day: (day.day, day.campaign, day.key))
                if day.id in first]


def _event(day: DueDay, first: activity.Beginning,
           address: Address) -> DayEvent:
    return DayEvent(urn(f'{first.seal} {day.key}'), day.day, day.title,
                    day.words, address(day.campaign, day.ticket), first.last)
