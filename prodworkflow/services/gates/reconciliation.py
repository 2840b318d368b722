"""Reconciliation: bring Trac to what the rules say after a change.

Reopens stages that were closed behind a gate that is shut now, and tickets
whose sign-off or waiver counts no more; closes tickets that are met again, and
stages that it reopened itself, once their gates open; puts launched campaigns
on hold. What has to be done is `domain.rules.reconciliation.corrections`.
"""

from __future__ import annotations

from typing import Any

from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.notifications import News, TicketNews
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.reconciliation.corrections import (
    has_to_be_held,
    stage_corrections,
    ticket_corrections,
)
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.visibility import HiddenWords
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.milestones import complete_again, set_completed
from prodworkflow.gateways.site_words import closing_resolution
from prodworkflow.gateways.tickets import next_change_time, restore_ticket
from prodworkflow.gateways.users import people_of
from prodworkflow.gateways.workflow import reopened_values
from prodworkflow.services.gates.told_decisions import told_of_signers
from prodworkflow.services.gates.unseen_reopenings import (
    record_objection,
    unseen_reopening,
)
from prodworkflow.services.gates.verification import verified_decision

SYSTEM = 'prodworkflow'


def reconcile(book: store.Book, actor: str, because: str,
              cause: int = 0) -> list[Stage]:
    """Reconcile Trac and the campaign with the rules; the reopened stages.

    `cause` is the entry that a hold names, where it is not the last one.

    Stages close in order, so a stage behind an open one reopens as well. In
    `advisory` no stage is reopened and no campaign put on hold. Does nothing
    inside `Book.without_reconciling`.
    """
    if book.acting or book.state.campaign.ended:
        return []
    cause = cause or (book.last.number if book.last else 0)
    with book.without_reconciling():
        decision = verified_decision(book.env, book.snapshot())
        decision = _follow_tickets(book, decision, because)
        stages = _correct_stages(book, decision, actor, because)
        _hold_campaign(book, decision, because, cause)
        return stages


def notify_contacts(book: store.Book, milestone: str, because: str,
                    actor: str) -> None:
    """Queue a notification of all contacts, sent after the commit.

    Of the stage of a milestone that is open again; '' for a hold.
    """
    book.news.append(News(
        book.state.campaign.name, milestone, because, actor,
        people_of(book.env, dict.fromkeys(
            c for r in book.state.requirements for c in r.contacts)),
        bool(book.state.campaign.launched)))


def _follow_tickets(book: store.Book, decision: Decision,
                    because: str) -> Decision:
    """Correct tickets until all follow the decision; the last decision.

    What rests on a requirement is met only once its ticket is closed.
    """
    for _ in book.state.requirements:
        if not _correct_tickets(book, decision, because):
            break
        decision = verified_decision(book.env, book.snapshot())
    return decision


def _correct_tickets(book: store.Book, decision: Decision,
                     because: str) -> bool:
    """Reopen tickets that are unmet, close those that are met; if any.

    Who reopened one while the plugin was off has objected: its sign-offs stay.
    """
    found = ticket_corrections(decision)
    told = told_of_signers(book.env, decision) if found.reopen else decision
    for answer in found.reopen:
        _reopen_ticket(book, told.answer(answer.requirement.key), because)
    for answer in found.close:
        unseen = unseen_reopening(book.env, decision.snapshot, answer)
        if not (unseen and record_objection(book, answer.requirement,
                                            unseen)):
            _close_ticket(book, answer, because)
    return bool(found)


def _reopen_ticket(book: store.Book, answer: Answer, because: str) -> None:
    ticket = Ticket(book.env, answer.requirement.ticket)
    when = next_change_time(ticket)
    book.record(now(), SYSTEM, 'reopened', answer.requirement.key,
                ticket=ticket.id, seen=to_utimestamp(when), because=because)
    comment = f'Open again, for it {_own_words(book, answer)}.'
    restore_ticket(ticket, SYSTEM, when, comment, **reopened_values(ticket))
    book.news.append(TicketNews(ticket.id, when, SYSTEM, comment))


def _close_ticket(book: store.Book, answer: Answer, because: str) -> None:
    requirement = answer.requirement
    ticket = Ticket(book.env, requirement.ticket)
    when = next_change_time(ticket)
    seen = book.state.requirement(requirement.key).seen
    book.record(now(), SYSTEM, 'restored', requirement.key, ticket=ticket.id,
                seen=max(to_utimestamp(when), seen), because=because,
                **({'unsigned': True} if requirement.unsigned else {}))
    comment = f'Closed, for it is {_own_words(book, answer)}.'
    restore_ticket(ticket, SYSTEM, when, comment, status='closed',
                   resolution=closing_resolution(
                       book.env, book.state.campaign, answer.closing))
    book.news.append(TicketNews(ticket.id, when, SYSTEM, comment))


def _own_words(book: store.Book, answer: Answer) -> str:
    """The answer as its ticket's comment tells it.

    What it says of other tickets is for those who may see them, in its box.
    """
    others = HiddenWords.of_others(book.state, answer.requirement)
    if not others.mention(answer.words):
        return answer.words
    return Message('met again; its sign-off box says more') if answer.met \
        else Message('rests on more than this ticket; its sign-off box says '
                     'on what')


def _correct_stages(book: store.Book, decision: Decision, actor: str,
                    because: str) -> list[Stage]:
    """Reopen and close stages as the decision has them; the reopened ones."""
    found = stage_corrections(decision)
    if len(found.reopen + found.close) > 1:
        store.lock_campaigns(book.env, [book.campaign])
    for stage in found.close:
        _close_stage(book, stage, because)
    for stage in found.reopen:
        _reopen_stage(book, stage, actor, because, stage in found.by_rules)
    return list(found.reopen)


def _close_stage(book: store.Book, stage: Stage, because: str) -> None:
    completed = now()
    book.record(completed, SYSTEM, 'stage-closed', stage=stage.key,
                completed=completed, because=because)
    complete_again(book.env, stage.milestone, completed)


def _reopen_stage(book: store.Book, stage: Stage, actor: str, because: str,
                  by_rules: bool) -> None:
    mark: dict[str, Any] = {'by_rules': True} if by_rules else {}
    book.record(now(), actor, 'stage-reopened', stage=stage.key,
                because=because, **mark)
    notify_contacts(book, stage.milestone, because, actor)
    set_completed(book.env, stage.milestone, None)


def _hold_campaign(book: store.Book, decision: Decision, because: str,
                   cause: int) -> None:
    """Put a launched campaign whose launch gate is shut on hold."""
    if not has_to_be_held(decision):
        return
    cause = _cause(book, decision, cause)
    reason = Message('%(because)s (entry %(number)s of its ledger)',
                     because=because, number=cause)
    book.record(now(), SYSTEM, 'held', reason=reason, cause=cause,
                against=decision.launch_unheld.reasons())
    notify_contacts(book, '', reason, SYSTEM)


def _cause(book: store.Book, decision: Decision, last: int) -> int:
    """The number of the entry that shut the gate.

    The first one of this change about what is unmet now, else its last.
    """
    unmet = {a.requirement.key for a in decision.gates[-1].unmet}
    return next((e.number for e in book.recorded
                 if e.requirement in unmet and e.number <= last), last)
