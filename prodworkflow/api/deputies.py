"""Deputies of people in whole campaigns: named and ended through here."""

from __future__ import annotations

from typing import Any

from prodworkflow import store
from prodworkflow.api.campaign_ids import campaign_id
from prodworkflow.api.doors import Doors
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.planning.deputies import DeputyRequest
from prodworkflow.services.campaigns import deputies
from prodworkflow.services.revisions import FormRevision


class Deputies:
    """Names the deputies of a person in one campaign, or in all under way."""

    def __init__(self, env: Any, doors: Doors) -> None:
        self.env = env
        self._doors = doors

    def name(self, person: Person, wish: DeputyRequest,
             campaign: str | None = None,
             revision: FormRevision | None = None) -> list[str]:
        """Name a deputy, or end one; the names of the campaigns that change.

        Without a campaign in all that have not ended, in one transaction.
        GateShut if the person may not; InvalidRequest names what is wrong.
        """
        ids = ([*store.running_campaigns(self.env)] if campaign is None
               else [campaign_id(self.env, campaign)])
        with self._doors.context.refusals(person, ids), \
                self._doors.transaction(ids):
            return deputies.name_deputy(self.env, ids, person, wish, revision)
