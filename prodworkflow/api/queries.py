"""Queries: what is known of campaigns, read and never changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prodworkflow import store
from prodworkflow.api import viewer
from prodworkflow.api.campaign_ids import (
    campaign_id,
    no_requirement,
    unknown_campaign,
)
from prodworkflow.api.viewer import ViewerQueries
from prodworkflow.domain.errors import error_words
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.history import Event, history
from prodworkflow.domain.model.precedent import Precedent
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import CLOSED, Snapshot
from prodworkflow.domain.planning.cloning import alike, Likeness
from prodworkflow.domain.planning.plan import Plan, Sketch
from prodworkflow.domain.planning.request import CampaignRequest
from prodworkflow.domain.planning.schedule import Shift
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.words.options import Options
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.gateways.due_days import DueDays
from prodworkflow.gateways.signer_register import with_signers
from prodworkflow.gateways.site_words import site_words
from prodworkflow.services import templates
from prodworkflow.services.campaigns import creation, schedule
from prodworkflow.services.gates import verification
from prodworkflow.services.gates.told_decisions import told_in_full


class Queries(ViewerQueries):
    """Answers questions about campaigns; each is a fixed number of reads."""

    def __init__(self, env: Any) -> None:
        super().__init__(env)
        self.due_days = DueDays(env)

    # What is true

    def underway(self) -> tuple[list[Decision], store.Underway]:
        """The decisions of all campaigns under way; three statements."""
        found = store.underway(self.env)
        return [self._decide(s) for s in found.snapshots], found

    def records(self) -> store.AllCampaignRows:
        """What is stored of all campaigns under way; three statements."""
        return store.underway_records(self.env)

    def evaluate(self, record: store.CampaignRows) -> Decision:
        """The decision of a campaign from what was read of it."""
        return self._decide(store.snapshot_of(record))

    def over(self) -> list[store.FinishedCampaign]:
        """All campaigns that are over, newest first."""
        return store.over_campaigns(self.env)

    def decision(self, name: str) -> Decision:
        """One campaign's decision, its record verified; NoSuchCampaign."""
        id_ = campaign_id(self.env, name)
        with store.consistent_read(self.env):
            found = store.snapshot(self.env, id_, True)
            if found is not None:
                return verification.verified_decision(
                    self.env, with_signers(self.env, found))
        raise unknown_campaign(self.env, name)

    def decision_before_launch(self, name: str) -> Decision:
        """The same, naming who can help with open tickets; NoSuchCampaign."""
        return told_in_full(self.env, self.decision(name))

    def for_ticket(self, ticket: int) -> list[Decision]:
        """The decisions of the campaigns whose sign-off ticket this is."""
        return [self._decide(s) for s in self._concerned(ticket, ())
                if s.state.for_ticket(ticket)]

    def for_milestone(self, name: str) -> list[Decision]:
        """The decisions of the campaigns whose stage owns this milestone."""
        return [self._decide(s) for s in self._concerned(None, (name,))]

    def open_in(self, name: str) -> tuple[list[int], list[int]]:
        """The sign-off tickets that Trac would move out of a milestone.

        That are all but those `closed`; and the other open tickets.
        """
        own: list[int] = []
        others: list[int] = []
        for snapshot in self._concerned(None, (name,)):
            stage = snapshot.state.for_milestone(name)
            own += [r.ticket for r in snapshot.state.requirements
                    if stage and r.stage == stage.key and r.ticket
                    and r.key in snapshot.tickets
                    and snapshot.tickets[r.key].status not in CLOSED]
            others += snapshot.others.get(stage.key if stage else '', ())
        return own, others

    def tickets(self, told: Readiness) -> dict[int, store.TicketRow]:
        """The tickets that somebody is told of, by their ids.

        Those of answers, the open ones before the launch, and concerns.
        """
        ids = [a.requirement.ticket for a in told.answers]
        ids += [o.ticket for o in told.obstacles]
        ids += [i.issue.ticket for i in told.issues]
        ids += [c.ticket for c in told.concerns]
        return store.ticket_rows(self.env,
                                 list(dict.fromkeys(filter(None, ids))))

    def history(self, decision: Decision, perm: Any,
                entries: list[Entry] | None = None) -> list[Event]:
        """What happened, oldest first, as far as `perm` lets one know.

        Of the entries of the ledger, where they have been read already.
        """
        seen = viewer.visibility_for(decision, perm)
        told = (history(entries, decision.snapshot.state) if entries
                else self.events(decision))
        return [e for e in told if e.stage not in seen.stages
                and not seen.words.mention(e.words)]

    def ledger(self, name: str) -> list[Entry]:
        """All entries of a campaign's ledger, oldest first."""
        return list(store.entries(self.env, campaign_id(self.env, name)))

    def events(self, decision: Decision) -> list[Event]:
        """All that happened to a campaign, oldest first."""
        snapshot = decision.snapshot
        try:
            return history(list(store.entries(self.env, snapshot.id)),
                           snapshot.state)
        except ValueError as error:
            return [Event(0, decision.asked, '',
                          Message('The ledger cannot be read: %(error)s',
                                  error=error_words(error)), '')]

    def present_decision(self, name: str) -> Decision:
        """The same within a transaction that has the campaign's lock.

        It is read and decided there once.
        """
        for book in store.open_books(self.env):
            if book.state.campaign.name == name:
                return verification.verified_decision(self.env,
                                                      book.snapshot())
        return self.decision(name)

    def recorded_verdicts(self, ticket: int) -> list[tuple[str, Entry]]:
        """The last verdict of this transaction on a sign-off ticket.

        For each campaign that has the ticket: its name, and the entry.
        """
        return [(book.state.campaign.name, entries[-1])
                for book in store.open_books(self.env)
                for entries in [book.verdicts_on(ticket)] if entries]

    def requirement(self, name: str, key: str) -> Requirement:
        """A campaign's requirement; NoSuchCampaign if there is neither."""
        found = store.snapshot(self.env, campaign_id(self.env, name))
        try:
            if found is None:
                raise KeyError(key)
            return found.state.requirement(key)
        except KeyError:
            raise no_requirement(name, key) from None

    def shift(self, name: str, start: str) -> Shift:
        """What would move with the start, without moving it.

        Raises InvalidRequest.
        """
        snapshot = self.decision(name).snapshot
        return schedule.preview(self.env, snapshot, start)

    def precedents(self, name: str, requirement: str,
                   perm: Any = None) -> list[Precedent]:
        """What was waived or rejected of a requirement in other campaigns.

        The latest first; with `perm`, as far as it lets one know.
        """
        return [p for p in store.precedents(self.env,
                                            campaign_id(self.env, name),
                                            requirement)
                if viewer.may_know(p, perm)]

    def names(self) -> list[str]:
        """The names of all campaigns, oldest first."""
        return store.campaign_names(self.env)

    # Before a campaign is made

    def likeness(self, name: str, perm: Any = None) -> Likeness:
        """What a new campaign takes over from that one; NoSuchCampaign.

        With `perm`, of last time only what it lets one know.
        """
        found = store.snapshot(self.env, campaign_id(self.env, name))
        if found is None:
            raise unknown_campaign(self.env, name)
        state = (found.state if perm is None
                 else viewer.shown_state(found, found.state, perm))
        return alike(state, templates.of_campaign(
            self.env, found.id, found.state.campaign))

    def known_users(self) -> list[str]:
        """The login names of all users that Trac knows."""
        return store.known_users(self.env)

    def site_words(self) -> dict[str, Options]:
        """The words that this Trac has for types, priorities and so on."""
        return site_words(self.env)

    def plan(self, wish: CampaignRequest) -> Plan:
        """What would be made, without making it.

        Raises InvalidRequest if it cannot be.
        """
        return creation.planned(self.env, wish)

    def sketch(self, wish: CampaignRequest) -> Sketch:
        """What can be planned of a request, and all that is wrong with it.

        Raises InvalidRequest if it names no template.
        """
        return creation.sketched(self.env, wish)

    # Internal methods

    def _concerned(self, ticket: int | None,
                   milestones: tuple[str, ...]) -> Iterable[Snapshot]:
        concerns = store.owners_of(self.env, ticket, milestones)
        for campaign in sorted({c.campaign for c in concerns}):
            found = store.snapshot(self.env, campaign)
            if found:
                yield found

    def _decide(self, snapshot: Snapshot) -> Decision:
        return decide(with_signers(self.env, snapshot), verification.now())

