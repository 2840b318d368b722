"""Sign-off tickets beside the ledger: lost, moved, closed or reopened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.model.requirement import Objection, Requirement
from prodworkflow.domain.model.snapshot import Snapshot, TicketFacts
from prodworkflow.domain.planning.site_words import ticket_notices
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.gates import evaluate_as_closed
from prodworkflow.domain.rules.ticket_statuses import is_unknown, was_moved_on
from prodworkflow.domain.template.expansion import Expanded
from prodworkflow.domain.text import Message
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.signoff_tickets import make_ticket, new_ticket
from prodworkflow.gateways.site_words import site_words
from prodworkflow.gateways.tickets import next_change_time, save_recorded
from prodworkflow.gateways.workflow import known_statuses, reopened_values
from prodworkflow.services import templates
from prodworkflow.services.campaigns.creation import ticket_fields
from prodworkflow.services.consistency.findings import Deviation
from prodworkflow.services.gates.unseen_reopenings import (
    refused,
    unseen_reopening,
)


@dataclass(frozen=True)
class TicketComparison:
    """One requirement and its ticket, as they were when the check began."""

    book: store.Book
    snapshot: Snapshot
    requirement: Requirement
    actor: str

    def deviations(self) -> Iterator[Deviation]:
        """What is not as the ledger has it."""
        requirement = self.requirement
        facts = self.snapshot.tickets.get(requirement.key)
        if facts is None:
            yield self._missing()
            return
        milestone = self.snapshot.state.stage(requirement.stage).milestone
        if facts.milestone != milestone:
            yield self._moved(facts, milestone)
        signed = evaluate_as_closed(self.snapshot, requirement.key, now())
        if facts.closed and facts.changed > requirement.seen:
            yield (self._moved_on(facts) if self._was_moved_on(facts)
                   else self._closed(facts))
        elif facts.closed and not (signed.met or requirement.unsigned):
            yield Deviation(Message('%(ticket)s is closed, but it %(answer)s',
                                    ticket=self._name, answer=signed.words))
        elif not facts.closed and signed.met:
            yield self._open(signed)
        elif not facts.closed and requirement.unsigned:
            yield self._reopened(facts)
        if is_unknown(facts.status, known_statuses(self.book.env)):
            yield self._unknown(facts)

    def _unknown(self, facts: TicketFacts) -> Deviation:
        """Of a status from which the workflow offers no action."""
        words = Message(
            '%(ticket)s has the status "%(status)s", which the ticket '
            'workflow does not know', ticket=self._name, status=facts.status)
        if facts.closed:
            return Deviation(words)
        ticket = Ticket(self.book.env, self.requirement.ticket)
        values = reopened_values(ticket)
        return Deviation(words, Message('move it to "%(status)s"',
                                        status=values['status']),
                         lambda: self._move_to(values))

    def _move_to(self, values: dict[str, str]) -> list[str]:
        ticket = Ticket(self.book.env, self.requirement.ticket)
        save_recorded(ticket, self.actor, next_change_time(ticket),
                      'Moved on by campaign check: the ticket workflow did '
                      'not know its status.', **values)
        return []

    @property
    def _name(self) -> str:
        return f'#{self.requirement.ticket} {self.requirement.title}'

    def _record(self, verb: str, **payload: Any) -> None:
        self.book.record(now(), self.actor, verb, self.requirement.key,
                         **payload)

    def _missing(self) -> Deviation:
        requirement = self.requirement
        gone = Message(
            'the sign-off ticket of %(title)s (%(ticket)s) is gone',
            title=requirement.title, ticket=f'#{requirement.ticket}')
        if not requirement.ticket:
            gone = Message('the sign-off ticket of %(title)s is gone',
                           title=requirement.title)
        milestone = self.snapshot.state.stage(requirement.stage).milestone
        return Deviation(
            gone, Message('make another one, unsigned'), self._replace,
            lambda s: _having(replace(s, tickets={
                **s.tickets, requirement.key: TicketFacts(
                    'new', '', milestone, 0)}), requirement, unsigned=False,
                seen=0, objection=None, since=self._next))

    @property
    def _next(self) -> int:
        return self.book.last.number + 1 if self.book.last else 1

    def _replace(self) -> list[str]:
        requirement = self.requirement
        if requirement.ticket is not None:
            self._record('ticket-missing', ticket=requirement.ticket)
        words = self._words()
        ticket = make_ticket(new_ticket(self.book.env, self.actor),
                             self.book.state, requirement, words, self.actor)
        self._record('ticket-replaced', ticket=ticket.id,
                     ticket_time=to_utimestamp(ticket['time']))
        instead = ticket_notices([Expanded(requirement, words)],
                                 self.book.state.campaign,
                                 site_words(self.book.env))
        return [Message('%(ticket)s takes its place, unsigned',
                        ticket=f'#{ticket.id}'), *instead]

    def _words(self) -> Mapping[str, str]:
        """The ticket fields of its template; {} if it cannot be read."""
        try:
            template = templates.of_campaign(
                self.book.env, self.book.campaign, self.book.state.campaign)
        except ValueError:
            return {}
        return ticket_fields(template, self.book.state, self.requirement)

    def _moved(self, facts: TicketFacts, milestone: str) -> Deviation:
        key = self.requirement.key
        return Deviation(
            Message('%(ticket)s is in %(place)s, not in %(milestone)s',
                    ticket=self._name, milestone=milestone,
                    place=facts.milestone or Message('no milestone')),
            Message('move it back'),
            lambda: self._move(facts.milestone, milestone),
            lambda s: replace(s, tickets={**s.tickets, key: replace(
                s.tickets[key], milestone=milestone)}))

    def _move(self, where: str, milestone: str) -> list[str]:
        ticket = Ticket(self.book.env, self.requirement.ticket)
        when = next_change_time(ticket)
        self._record('ticket-moved', ticket=ticket.id, to=milestone,
                     seen=to_utimestamp(when), **{'from': where})
        save_recorded(ticket, self.actor, when,
                      'Moved back by campaign check.', milestone=milestone)
        return []

    def _closed(self, facts: TicketFacts) -> Deviation:
        return Deviation(
            Message('%(ticket)s was closed (%(resolution)s) while nobody was '
                    'watching; this does not count as signed',
                    ticket=self._name, resolution=facts.resolution
                    or Message('no resolution')),
            Message('record it as closed without a sign-off'),
            lambda: self._enter('closed-unsigned', facts,
                                resolution=facts.resolution),
            lambda s: _having(s, self.requirement, unsigned=True,
                              seen=facts.changed))

    def _was_moved_on(self, facts: TicketFacts) -> bool:
        requirement = self.requirement
        return was_moved_on(store.status_changes_since(
            self.book.env, requirement.ticket, requirement.seen), facts.done)

    def _moved_on(self, facts: TicketFacts) -> Deviation:
        return Deviation(
            Message('%(ticket)s was moved on to %(status)s while nobody was '
                    'watching', ticket=self._name, status=facts.status),
            Message('record it, and leave what was signed'),
            lambda: self._enter('moved-on', facts, status=facts.status),
            lambda s: _having(s, self.requirement, seen=facts.changed))

    @property
    def _reopened_words(self) -> Message:
        return Message('%(ticket)s was reopened while nobody was watching',
                       ticket=self._name)

    def _reopened(self, facts: TicketFacts) -> Deviation:
        return Deviation(
            self._reopened_words, Message('record it'),
            lambda: self._enter('reopened', facts),
            lambda s: _having(s, self.requirement, unsigned=False,
                              seen=facts.changed))

    def _open(self, signed: Answer) -> Deviation:
        """Of one that is met; reconciliation closes it or keeps an objection.
        """
        found = unseen_reopening(self.book.env, self.snapshot, signed)
        if not found:
            return Deviation(Message(
                '%(ticket)s is open, but it is %(answer)s', ticket=self._name,
                answer=signed.words), Message('close it'))
        words = self._reopened_words
        if refused(self.book, self.requirement, found):
            return Deviation(words, Message(
                'close it again and tell the contacts of %(author)s',
                author=found.author) if found.author else Message(
                'close it again and tell the contacts of it'))
        return Deviation(
            words, Message('record an objection, and leave its approvals'),
            foreseen=lambda s: _having(
                s, self.requirement, objection=Objection(
                    found.author, found.time, found.comment, self._next)))

    def _enter(self, verb: str, facts: TicketFacts,
               **payload: Any) -> list[str]:
        self._record(verb, seen=facts.changed, ticket=self.requirement.ticket,
                     **payload)
        return []


def _having(snapshot: Snapshot, requirement: Requirement,
            **changes: Any) -> Snapshot:
    new = replace(snapshot.state.requirement(requirement.key), **changes)
    return replace(snapshot, state=snapshot.state.having(new))
