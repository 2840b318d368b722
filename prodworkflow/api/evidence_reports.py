"""Evidence reports: of machines, commands and people."""

from __future__ import annotations

from typing import Any

from prodworkflow import store
from prodworkflow.api.campaign_ids import campaign_id
from prodworkflow.api.doors import Doors
from prodworkflow.api.queries import Queries
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.readings.reading import Reading
from prodworkflow.services.signoffs import batches
from prodworkflow.services.signoffs.evidence_reports import (
    EvidenceReport,
    saying_of,
)
from prodworkflow.services.signoffs.plot_files import discarded_on_failure
from prodworkflow.services.signoffs.requests import SignOffRequest


class EvidenceReports:
    """Records what is reported of requirements; nobody signs by it."""

    def __init__(self, env: Any, queries: Queries, doors: Doors) -> None:
        self.env = env
        self._queries = queries
        self._doors = doors

    def report(self, name: str, requirement: str, person: Person,
               report: EvidenceReport) -> tuple[Reading, ...]:
        """Record values, and a file with what it fills; its readings.

        All or nothing: NoSuchCampaign, also for an unknown requirement;
        GateShut where the person may not, InvalidRequest for each value that
        is wrong, UnreadableEvidence for a file of which nothing can be read.
        """
        return self.record(name, requirement, person,
                           self.read(name, requirement, person, report))

    def read(self, name: str, requirement: str, person: Person,
             report: EvidenceReport) -> SignOffRequest:
        """What a report says, its file read; before any lock is taken."""
        asked = self._queries.requirement(name, requirement)
        found = store.snapshot(self.env, campaign_id(self.env, name))
        assert found is not None, 'it has the requirement'
        with self._doors.context.refusals(person, (found.id,)):
            return saying_of(self.env, found, asked, person, report)

    def record(self, name: str, requirement: str, person: Person,
               saying: SignOffRequest) -> tuple[Reading, ...]:
        """Record what was read of a report; the readings of its file."""
        campaign = campaign_id(self.env, name)
        with discarded_on_failure(self.env, [saying.typed]), \
                self._doors.transaction_of(person, campaign):
            batches.record(self.env, {campaign: [(requirement, saying)]},
                           person, self._doors.context.reasons_for())
        return saying.typed.read.readings if saying.typed.read else ()
