"""Passages: may somebody pass a gate, or a freeze, and what is recorded."""

from __future__ import annotations

from typing import Any

from prodworkflow.api.campaign_ids import campaign_id
from prodworkflow.api.doors import Doors
from prodworkflow.api.queries import Queries
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.services.gates import feature_freeze, passages
from prodworkflow.services.signoffs import offered_actions


class Passages:
    """Answers scripts and hooks, and records what `advisory` lets pass."""

    def __init__(self, env: Any, queries: Queries, doors: Doors) -> None:
        self.env = env
        self._queries = queries
        self._doors = doors

    def ask_gate(self, name: str, stage: str, actor: str) -> Decision:
        """One campaign's decision for who asks whether they may pass a gate.

        `stage` is a stage's key or number (KeyError if there is none), or ''
        for the launch gate. What `advisory` lets pass is recorded.
        """
        decision = self._queries.decision(name)
        passage = passages.gate_passage(decision, stage)
        campaign, state = decision.snapshot.id, decision.snapshot.state
        if not passage or not passages.is_new(
                self.env, campaign, actor, passage, state.campaign.release):
            return decision
        with self._doors.transaction([campaign]):
            passages.record_gate(self.env, campaign, stage, actor)
        return self._queries.decision(name)

    def status_refusal(self, decision: Decision, ticket: int, person: Person,
                       status: str) -> str:
        """Why a person may not bring a sign-off ticket to a status, or ''."""
        return offered_actions.status_refusal(
            self.env, decision.snapshot, ticket, person, status,
            self._doors.context.reasons_for())

    def admits(self, name: str, tickets: list[str],
               actor: str) -> feature_freeze.Admission:
        """What a campaign's freeze has against changes for these tickets.

        What `advisory` lets pass is recorded.
        """
        campaign = campaign_id(self.env, name)
        found = feature_freeze.commit_admission(self.env, campaign, tickets)
        if found.against and found.passes:
            with self._doors.transaction([campaign]):
                passages.record_commit(self.env, campaign, tickets,
                                       list(found.against), actor)
        return found
