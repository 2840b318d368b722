"""Other tickets: those that enter the milestones of a campaign, or leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.rules.freeze import TicketPosition
from prodworkflow.domain.rules.lifecycle_actions import may_hold
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.tickets import next_change_time, restore_ticket
from prodworkflow.services.gates.concern_news import notify_of_concern
from prodworkflow.services.gates.feature_freeze import refused_entry
from prodworkflow.services.gates.reconciliation import SYSTEM
from prodworkflow.services.signoffs.authors import Author


@dataclass(frozen=True)
class OtherTicketChange:
    """A saved ticket that is no sign-off ticket of a campaign.

    `before` is None where it was just made.
    """

    book: store.Book
    ticket: Ticket
    author: Author
    before: TicketPosition | None
    after: TicketPosition

    def record(self) -> None:
        """Record which stages it enters or leaves; turn it away if frozen."""
        words = refused_entry(self.book.env, self.book.snapshot(),
                              self.before, self.after, f'#{self.ticket.id}')
        if words and self.book.state.campaign.blocks:
            self._turn_away(words)
            return
        against = {'against': [words]} if words else {}
        for stage in self.book.state.stages:
            was = bool(self.before and self.before.open_in(stage.milestone))
            is_ = self.after.open_in(stage.milestone)
            if was and not is_:
                self._entry('ticket-left', stage, **against)
            elif is_ and not was:
                self._enter(stage, against)

    def _enter(self, stage: Stage, against: dict[str, Any]) -> None:
        """After the launch, only who may stop it shuts a gate by a ticket."""
        state = self.book.state
        if (state.campaign.launched and state.campaign.blocks
                and not may_hold(state, self.author.person,
                                 day_of(now()))):
            self._entry('ticket-noted', stage, **against,
                        statement=self.ticket['summary'] or '')
            notify_of_concern(self.book)
        else:
            self._entry('ticket-entered', stage, **against)

    def _turn_away(self, words: str) -> None:
        """Move a ticket that may not enter out of a frozen campaign again."""
        stages = {s.milestone: s for s in self.book.state.stages}
        self._entry('ticket-turned-away', stages[self.after.milestone],
                    reasons=[words])
        back = self.before.milestone if self.before else ''
        if back in stages or not store.milestone_exists(self.book.env, back):
            back = ''
        fresh = Ticket(self.book.env, self.ticket.id)
        restore_ticket(fresh, SYSTEM, next_change_time(fresh),
                       f'Moved out again: {words}.', milestone=back)

    def _entry(self, verb: str, stage: Stage, **payload: Any) -> None:
        self.book.record(now(), self.author.name, verb, '',
                         ticket=self.ticket.id, stage=stage.key,
                         seen=to_utimestamp(self.ticket['changetime']),
                         **payload)
