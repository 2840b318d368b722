"""What stands at the doors of Trac's tickets and milestones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from trac.ticket.model import Ticket

from prodworkflow import store
from prodworkflow.api.template_library import TemplateLibrary
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.freeze import TicketPosition
from prodworkflow.services.gates import feature_freeze, stages
from prodworkflow.services.refusals import GateShut, log_refusal
from prodworkflow.services.signoffs import (
    recording,
    ticket_changes,
    ticket_closing,
)
from prodworkflow.services.signoffs.checks import SignOffRequest


class Doors(TemplateLibrary):
    """The part of the campaign system that Trac's doors ask and tell."""

    abstract = True

    def refused(self, words: str) -> None:
        """Write what a door refuses to whoever acts to the log.

        For what leaves no entry in a ledger; the log has those anyway.
        """
        log_refusal(self.env, self.actor(), words)

    # Doors of the milestones

    def may_close(self, milestone: str, actor: str) -> GateShut | None:
        """The refusal of closing a milestone; None if it may be closed."""
        return stages.may_close(self.env, milestone, actor, self._teller())

    def advice(self, milestone: str) -> list[str]:
        """What speaks against closing a milestone that nothing blocks."""
        return stages.advice(self.env, milestone, self._teller())

    def owned_milestones(self, names: list[str]) -> list[str]:
        """Those of the milestones that belong to campaigns."""
        return stages.owned(self.env, names)

    def milestone_saved(self, name: str,
                        old: Mapping[str, Any] | None) -> None:
        """Follow a milestone that was made (`old` None) or changed.

        Raises GateShut, the milestone being open again, where it was closed
        while its stage's gate is shut.
        """
        with self.telling():
            stages.milestone_saved(self.env, name, old, self.actor(),
                                   self._teller())

    def milestone_deleted(self, name: str) -> None:
        """Follow a milestone that was deleted."""
        with self.telling():
            stages.milestone_deleted(self.env, name, self.actor())

    # Doors of the tickets

    def is_signoff(self, ticket: int) -> bool:
        """Whether this is the sign-off ticket of a campaign."""
        return any(c.requirement
                   for c in store.owners_of(self.env, ticket, ()))

    def touched(self, tickets: Sequence[int],
                milestones: Sequence[str]) -> list[int]:
        """The campaigns that a change of these may concern, by their ids."""
        return store.campaigns_affected_by(self.env, tickets, milestones)

    def in_turn(self) -> AbstractContextManager[None]:
        """The turn of this thread, among those of its process that write.

        To be held around a transaction, before it begins.
        """
        return store.process_lock(self.env)

    def lock(self, campaigns: Sequence[int]) -> None:
        """Take the campaigns' locks until the caller's transaction ends."""
        store.lock_campaigns(self.env, campaigns)

    def vet(self, ticket: Ticket,
            intent: ticket_closing.TicketChange) -> list[
                ticket_closing.Objection]:
        """What speaks against saving a ticket so; marks a sign-off."""
        return ticket_closing.vet(self.env, ticket,
                                  replace(intent, tell=self._teller()))

    def against(self, name: str, requirement: str, person: Person,
                saying: SignOffRequest) -> list[str]:
        """What speaks against saying something of a requirement."""
        return recording.objections(self.env, self._id(name), requirement,
                                    person, saying, self._teller())

    def ticket_saved(self, ticket: Ticket, author: str, comment: str,
                     old: Mapping[str, Any]) -> None:
        """Follow a ticket that was made or changed."""
        with self.telling():
            ticket_changes.ticket_saved(self.env, ticket, author, comment, old)

    def ticket_deleted(self, ticket: Ticket) -> None:
        """Follow a ticket that was deleted."""
        with self.telling():
            ticket_changes.ticket_deleted(self.env, ticket, self.actor())

    def change_deleted(self, ticket: Ticket,
                       changes: Mapping[str, tuple[Any, Any]]) -> None:
        """Follow a change that was cut from a ticket's history."""
        with self.telling():
            ticket_changes.change_deleted(self.env, ticket, changes,
                                          self.actor())

    def vet_entry(self, number: int | None,
                  before: TicketPosition | None,
                  after: TicketPosition) -> list[
                      ticket_closing.Objection]:
        """What a freeze has against a ticket that enters a milestone."""
        return [ticket_closing.Objection(f'{words}.', blocks) for words, blocks
                in feature_freeze.vet_entry(self.env, number, before, after)]

    def vet_move(self, milestone: str,
                 target: str) -> list[ticket_closing.Objection]:
        """What a freeze has against retargeting a milestone's tickets."""
        return [ticket_closing.Objection(f'{words}.', blocks) for words, blocks
                in feature_freeze.vet_move(self.env, milestone, target)]
