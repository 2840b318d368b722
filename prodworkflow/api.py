"""The campaign system: what everything outside calls.

Each public method is one use case; its transaction begins with the lock of
the campaign that it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from trac.core import implements
from trac.perm import IPermissionRequestor
from trac.ticket.model import Ticket

from . import (
    checking,
    closing,
    creation,
    following,
    signing,
    store,
    verifying,
)
from .acting import Acting, hidden_stages, hidden_tickets, ICampaignListener
from .decision import Decision
from .gates import decide
from .history import Event, history
from .model import Entry, Requirement, Snapshot
from .planning import Plan, tidy, Unfit, Wish
from .readiness import Readiness
from .refusals import GateShut, NoSuchCampaign
from .template import Template

__all__ = ['CampaignSystem', 'GateShut', 'ICampaignListener',
           'NoSuchCampaign', 'Unfit', 'Wish']

VIEW = 'CAMPAIGN_VIEW'
ADMIN = 'CAMPAIGN_ADMIN'


class CampaignSystem(Acting):
    """Knows the production campaigns and who may do what with them.

    Grants `CAMPAIGN_VIEW` to all who have `ROADMAP_VIEW`. `CAMPAIGN_ADMIN`
    creates campaigns and signs requirements that have no contacts; a
    requirement's contacts need no permission of ours to sign it.
    """

    implements(IPermissionRequestor)

    # IPermissionRequestor methods

    def get_permission_actions(self):
        return [VIEW, (ADMIN, [VIEW]), ('ROADMAP_VIEW', [VIEW])]

    # What is true

    def underway(self) -> tuple[list[Decision], store.Underway]:
        """The decisions of all campaigns under way; three statements."""
        found = store.underway(self.env)
        return [self._decide(s) for s in found.snapshots], found

    def over(self) -> list[str]:
        """The names of all campaigns that are over, newest first."""
        return store.over_campaigns(self.env)

    def decision(self, name: str) -> Decision:
        """One campaign's decision, its record verified; NoSuchCampaign."""
        found = store.snapshot(self.env, self._id(name))
        if found is None:
            raise NoSuchCampaign(self._unknown(name))
        return verifying.decided(self.env, found)

    def for_ticket(self, ticket: int) -> list[Decision]:
        """The decisions of the campaigns whose sign-off ticket this is."""
        return [self._decide(s) for s in self._concerned(ticket, ())
                if s.state.for_ticket(ticket)]

    def for_milestone(self, name: str) -> list[Decision]:
        """The decisions of the campaigns whose stage owns this milestone."""
        return [self._decide(s) for s in self._concerned(None, (name,))]

    def tickets(self, told: Readiness) -> dict[int, store.TicketRow]:
        """The tickets of the answers that somebody is told, by their ids."""
        ids = [a.requirement.ticket for a in told.answers
               if a.requirement.ticket]
        return store.ticket_rows(self.env, ids)

    def history(self, decision: Decision, perm: Any) -> list[Event]:
        """What happened, oldest first, as far as `perm` lets one know."""
        snapshot = decision.snapshot
        tickets = set(hidden_tickets(snapshot, perm))
        stages = set(hidden_stages(snapshot, perm))
        return [e for e in self.events(decision)
                if e.stage not in stages and not tickets & e.tickets]

    def ledger(self, name: str) -> list[Entry]:
        """All entries of a campaign's ledger, oldest first."""
        return list(store.entries(self.env, self._id(name)))

    def events(self, decision: Decision) -> list[Event]:
        """All that happened to a campaign, oldest first."""
        snapshot = decision.snapshot
        try:
            return history(list(store.entries(self.env, snapshot.id)),
                           snapshot.state)
        except ValueError as error:
            return [Event(0, decision.asked, '',
                          f'The ledger cannot be read: {error}', '')]

    # Creating and removing

    def templates(self) -> tuple[str, ...]:
        """The names of the templates that a campaign can be made from."""
        return creation.BUILT_IN

    def template(self, name: str) -> Template:
        """The template of that name; Unfit says which there are."""
        return creation.template_named(name)

    def known_users(self) -> list[str]:
        """The login names of all users that Trac knows."""
        return store.known_users(self.env)

    def plan(self, wish: Wish) -> Plan:
        """What would be made, without making it; Unfit if it cannot be."""
        return creation.planned(self.env, wish)

    def create(self, wish: Wish, actor: str) -> list[int]:
        """Make a campaign, all or nothing; the ids of its tickets."""
        tickets = creation.create(self.env, wish, actor)
        for listener in self.listeners:
            listener.campaign_created(tickets, actor)
        return tickets

    def remove(self, name: str, actor: str, reason: str) -> None:
        """Let a campaign go; its milestones, tickets and ledger stay."""
        self._id(name)
        creation.remove(self.env, tidy(name), actor, reason)

    # Doors of the milestones

    def may_close(self, milestone: str, actor: str) -> GateShut | None:
        """The refusal of closing a milestone; None if it may be closed."""
        return closing.may_close(self.env, milestone, actor, self._teller())

    def advice(self, milestone: str) -> list[str]:
        """What speaks against closing a milestone that nothing blocks."""
        return closing.advice(self.env, milestone, self._teller())

    def owned_milestones(self, names: list[str]) -> list[str]:
        """Those of the milestones that belong to campaigns."""
        return closing.owned(self.env, names)

    def milestone_saved(self, name: str,
                        old: Mapping[str, Any] | None) -> None:
        """Follow a milestone that was made (`old` None) or changed.

        Raises GateShut, the milestone being open again, where it was closed
        while its stage's gate is shut.
        """
        with self.telling():
            closing.milestone_saved(self.env, name, old, self.actor(),
                                    self._teller())

    def milestone_deleted(self, name: str) -> None:
        """Follow a milestone that was deleted."""
        with self.telling():
            closing.milestone_deleted(self.env, name, self.actor())

    # Doors of the tickets

    def is_signoff(self, ticket: int) -> bool:
        """Whether this is the sign-off ticket of a campaign."""
        return any(c.requirement
                   for c in store.concerned(self.env, ticket, ()))

    def hold(self, ticket: int) -> None:
        """Take the campaigns' locks until the caller's transaction ends."""
        closing.hold(self.env, ticket)

    def vet(self, ticket: Ticket,
            intent: signing.Intent) -> list[signing.Objection]:
        """What speaks against saving a ticket so; marks a sign-off."""
        return signing.vet(self.env, ticket,
                           replace(intent, tell=self._teller()))

    def ticket_saved(self, ticket: Ticket, author: str, comment: str,
                     old: Mapping[str, Any]) -> None:
        """Follow a ticket that was made or changed."""
        with self.telling():
            following.ticket_saved(self.env, ticket, author, comment, old)

    def ticket_deleted(self, ticket: Ticket) -> None:
        """Follow a ticket that was deleted."""
        with self.telling():
            following.ticket_deleted(self.env, ticket, self.actor())

    def change_deleted(self, ticket: Ticket,
                       changes: Mapping[str, tuple[Any, Any]]) -> None:
        """Follow a change that was cut from a ticket's history."""
        with self.telling():
            following.change_deleted(self.env, ticket, changes, self.actor())

    def sign(self, name: str, requirement: str, person: str,
             administrator: bool, statement: str) -> None:
        """Approve a requirement; GateShut, with the names of who may."""
        with self.telling():
            ticket, when = signing.sign(
                self.env, self._id(name), requirement, person, administrator,
                statement, self._teller())
        for listener in self.listeners:
            listener.ticket_signed(ticket, when, person, statement)

    def requirement(self, name: str, key: str) -> Requirement:
        """A campaign's requirement; NoSuchCampaign if there is neither."""
        found = store.snapshot(self.env, self._id(name))
        try:
            if found is None:
                raise KeyError(key)
            return found.state.requirement(key)
        except KeyError:
            raise NoSuchCampaign(f'{name} has no requirement '
                                 f'"{key[:64]}".') from None

    # Checking

    def check(self, name: str | None, repair: bool,
              actor: str) -> list[checking.Finding]:
        """What departs from the ledger, in one campaign or in all."""
        ids = ([self._id(name)] if name is not None
               else store.all_ids(self.env))
        with self.telling():
            return [f for i in ids
                    for f in checking.check(self.env, i, repair, actor)]

    def names(self) -> list[str]:
        """The names of all campaigns, oldest first."""
        return store.names(self.env)

    # Internal methods

    def _id(self, name: str) -> int:
        found = store.identified(self.env, tidy(name))
        if found is None:
            raise NoSuchCampaign(self._unknown(name))
        return found

    def _unknown(self, name: str) -> str:
        known = ', '.join(f'"{n}"' for n in self.names()[-10:])
        return (f'There is no campaign "{name[:64]}"; '
                + (f'there is {known}.' if known else 'there is none yet.'))

    def _concerned(self, ticket: int | None,
                   milestones: tuple[str, ...]) -> Iterable[Snapshot]:
        concerns = store.concerned(self.env, ticket, milestones)
        for campaign in sorted({c.campaign for c in concerns}):
            found = store.snapshot(self.env, campaign)
            if found:
                yield found

    @staticmethod
    def _decide(snapshot: Snapshot) -> Decision:
        return decide(snapshot, verifying.now())
