"""Lifecycle use cases: hold, resume, launch, tolerate, end, remove."""

from __future__ import annotations

from typing import Any

from prodworkflow.api.campaign_ids import campaign_id
from prodworkflow.api.doors import Doors
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.rules.launch.requests import KnownIssueRequest
from prodworkflow.domain.rules.lifecycle_actions import LifecycleAction
from prodworkflow.services.campaigns import known_issues, lifecycle, removal
from prodworkflow.services.campaigns.removal import RemovalRequest
from prodworkflow.services.revisions import FormRevision


class Lifecycle:
    """What is done to a campaign as a whole, each under its lock.

    A use case with a revision is refused (ChangedMeanwhile) where others have
    changed meanwhile what it rests on.
    """

    def __init__(self, env: Any, doors: Doors) -> None:
        self.env = env
        self.doors = doors

    def hold(self, name: str, person: Person, reason: str,
             revision: FormRevision | None = None) -> None:
        """Put a campaign on hold, at once."""
        campaign = campaign_id(self.env, name)
        with self.doors.transaction_of(person, campaign):
            lifecycle.hold(self.env, campaign, person, reason, revision)

    def reread(self, name: str, person: Person,
               what: LifecycleAction) -> None:
        """GateShut, after recording it, where evidence changed past Trac.

        Launch and resume do it; who has a transaction around them does it
        before, for a refusal would undo the record.
        """
        campaign = campaign_id(self.env, name)
        with self.doors.transaction_of(person, campaign):
            refusal = lifecycle.reread_evidence(self.env, campaign, person,
                                                what)
        if refusal:
            with self.doors.context.refusals(person, [campaign]):
                raise refusal

    def resume(self, name: str, person: Person, reason: str,
               revision: FormRevision | None = None) -> None:
        """Go on with a campaign that was on hold."""
        campaign = campaign_id(self.env, name)
        self.reread(name, person, LifecycleAction.RESUME)
        with self.doors.transaction_of(person, campaign):
            lifecycle.resume(self.env, campaign, person, reason, revision)

    def launch(self, name: str, person: Person, reason: str,
               revision: FormRevision | None = None) -> None:
        """Record the start of production."""
        campaign = campaign_id(self.env, name)
        self.reread(name, person, LifecycleAction.LAUNCH)
        with self.doors.transaction_of(person, campaign):
            lifecycle.launch(self.env, campaign, person, reason, revision)

    def tolerate(self, name: str, person: Person, wish: KnownIssueRequest,
                 visible: bool = True,
                 revision: FormRevision | None = None) -> None:
        """Let one open ticket pass the launch as a known issue, or no more.

        A ticket that is not `visible` to the person is none to them.
        """
        campaign = campaign_id(self.env, name)
        with self.doors.transaction_of(person, campaign):
            known_issues.tolerate(self.env, campaign, person, wish, visible,
                                  revision)

    def end(self, name: str, person: Person, phase: Phase, reason: str,
            revision: FormRevision | None = None) -> None:
        """Close a campaign whose production is over, or abandon it."""
        campaign = campaign_id(self.env, name)
        with self.doors.transaction_of(person, campaign):
            lifecycle.end(self.env, campaign, person, phase, reason,
                          revision)

    def remove(self, name: str, actor: str, reason: str,
               revision: FormRevision | None = None) -> None:
        """Let a campaign go; its milestones, tickets and ledger stay."""
        removal.remove(self.env, campaign_id(self.env, name), actor,
                       RemovalRequest(reason, revision))

    def remove_with_tickets(self, name: str, person: Person, reason: str,
                            revision: FormRevision | None = None) -> None:
        """Remove a campaign and all that was made; only its ledger stays.

        GateShut if anything was signed, or the person may not.
        """
        campaign = campaign_id(self.env, name)
        with self.doors.transaction_of(person, campaign):
            removal.remove_with_tickets(self.env, campaign, person,
                                        RemovalRequest(reason, revision))
