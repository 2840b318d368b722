"""Reminders of a campaign: what is due is looked up, carried out and kept.

What is to be told is kept before anybody is told, under the campaign's lock;
so of several nodes at once one tells it, and nobody twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prodworkflow import store
from prodworkflow.domain import options
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.ledger.history import history
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.news import asked_by_hand
from prodworkflow.domain.news.notices import Notice
from prodworkflow.domain.news.reminders import (
    DUE,
    held_in_silence,
    Reminder,
    reminders,
)
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.reconciliation.lapses import (
    because,
    foretold_lapses,
    unfollowed,
)
from prodworkflow.domain.text import Message
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.signer_register import with_signers
from prodworkflow.services.gates.reconciliation import reconcile, SYSTEM
from prodworkflow.services.gates.verification import verified_decision
from prodworkflow.services.outbox.recording import (
    due_events,
    DueEvents,
    NOTHING_DUE,
    record_due_events,
)
from prodworkflow.services.refusals import GateShut


@dataclass(frozen=True)
class DueWork:
    """What is due of a campaign at one moment.

    `carried_out` says what follows from time alone; `events` are told to
    receivers outside of Trac.
    """

    decision: Decision
    reminders: tuple[Reminder, ...] = ()
    carried_out: tuple[str, ...] = ()
    events: DueEvents = NOTHING_DUE

    def __bool__(self) -> bool:
        return bool(self.reminders or self.carried_out
                    or self.events.events)

    @property
    def name(self) -> str:
        """The campaign's name."""
        return self.decision.snapshot.state.campaign.name

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why nothing is told of the campaign; () where it can be."""
        return self.decision.snapshot.doubts


def is_quiet(env: Any, moment: int) -> bool:
    """Whether nothing is sent on the day (UTC) of a moment in µs."""
    quiet = options.quiet_days(env.config.get(options.SECTION, 'quiet_days'))
    return day_of(moment).weekday() in quiet


def due_work(env: Any, campaign: int, moment: int) -> DueWork | None:
    """What is due of a campaign, at a moment in µs UTC; None if it is gone.

    Nothing is changed.
    """
    snapshot = store.snapshot(env, campaign)
    if snapshot is None:
        return None
    return _due(env, campaign, verified_decision(env, snapshot), moment)


def carry_out(env: Any, campaign: int, moment: int,
              heard: bool = True) -> DueWork | None:
    """Carry out what is due, and keep what is to be told; None if it is gone.

    On a quiet day nothing is to be told, nor where nobody would hear it.
    """
    with store.open_campaign(env, campaign) as book:
        if book is None:
            return None
        decision = verified_decision(env, book.snapshot())
        words = _follow_time(book, decide(decision.snapshot, moment))
        found = _due(env, campaign, verified_decision(env, book.snapshot()),
                     moment)
        quiet = is_quiet(env, moment)
        told = found.reminders if heard and not quiet else ()
        held = quiet and any(e.verb == 'held' for e in book.recorded)
        events = NOTHING_DUE if quiet else found.events
        record_due_events(book, found.decision, events)
        store.keep_told(env, campaign, [
            *(r.told for r in told), *events.facts,
            *([held_in_silence(found.decision)] if held else [])], now())
        return DueWork(found.decision, told, words, events)


def ask_by_hand(env: Any, campaign: int, name: str, actor: Person,
                moment: int) -> list[Notice]:
    """Keep that a login or group is reminded, and what they are told.

    GateShut where they may not be, or not today.
    """
    with store.open_campaign(env, campaign) as book:
        if book is None:
            return []
        decision = decide(with_signers(env, book.snapshot()), moment)
        against = asked_by_hand.refusal(decision, name, actor,
                                        reminded(env, campaign))
        if is_quiet(env, moment):
            against = against or Message('nothing is sent today, by '
                                         '[prodworkflow] quiet_days')
        if against:
            raise GateShut(Message('Nobody was reminded'), [against])
        store.keep_told(env, campaign, [asked_by_hand.fact(decision, name)],
                        moment)
        return asked_by_hand.notices_for(decision, name, actor.name)


def reminded(env: Any, campaign: int) -> dict[str, int]:
    """When people of a campaign were last reminded, in µs UTC."""
    return store.last_told(env, campaign, (DUE, asked_by_hand.ASKED))


def _due(env: Any, campaign: int, decision: Decision,
         moment: int) -> DueWork:
    asked = decide(with_signers(env, decision.snapshot), moment)
    days = options.escalate_days(env.config.get(options.SECTION,
                                                'escalate_days'))
    told = store.told(env, campaign)
    return DueWork(asked, tuple(reminders(asked, told, days)),
                   tuple(foretold_lapses(asked)),
                   due_events(env, asked, told))


def _follow_time(book: store.Book, decision: Decision) -> tuple[str, ...]:
    """Bring Trac to what time has made of the campaign; what was done."""
    found = unfollowed(decision)
    if not found:
        return ()
    reconcile(book, SYSTEM, because(found), found[0].number)
    numbers = {e.number for e in book.recorded}
    return tuple(e.words for e in history(
        list(store.entries(book.env, book.campaign)), book.state)
        if e.number in numbers)
