"""Recording of events: in the transaction that they tell of.

Where nobody receives, Trac's cache knows, and nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from trac.web.href import Href

from prodworkflow import store
from prodworkflow.domain.events.change_events import events_of
from prodworkflow.domain.events.cloud_event import cloud_event, link_of
from prodworkflow.domain.events.event import CampaignEvent
from prodworkflow.domain.events.gates import gate_events, open_gates
from prodworkflow.domain.events.message import kept_text
from prodworkflow.domain.events.receiver import Receiver
from prodworkflow.domain.events.waivers import ending_events
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.news.change import (
    as_recorded,
    CampaignChange,
    DecidedChange,
)
from prodworkflow.domain.news.reminders import Told
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.gates import decide
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.mail.site_links import site_link
from prodworkflow.gateways.signer_register import with_signers
from prodworkflow.services.gates.verification import verified_decision
from prodworkflow.store import Book, outbox


@dataclass(frozen=True)
class DueEvents:
    """What time alone has to tell of a campaign, with the facts told."""

    events: tuple[CampaignEvent, ...] = ()
    facts: tuple[Told, ...] = ()


NOTHING_DUE = DueEvents()


def record_events(book: Book) -> bool:
    """Queue what a campaign's transaction has to tell; whether anything.

    To be called at its end, under the campaign's lock.
    """
    found = outbox.cached_receivers(book.env)
    if not found:
        return False
    if book.state.campaign.phase == Phase.REMOVED.value:
        outbox.forget_gates(book.env, book.campaign)
        return False
    change = book.change() or CampaignChange(book.snapshot(), book.snapshot())
    decided = _decided(book.env, change)
    kept = outbox.told_gates(book.env, book.campaign)
    told = kept or (open_gates(decided.before) if decided.before else {})
    events = events_of(decided, told)
    outbox.keep_gates(book.env, book.campaign, kept,
                      open_gates(decided.after))
    return _queue(book.env, change.after, events, found)


def record_gates(env: Any) -> None:
    """Keep how the gates of all campaigns are, for the first receiver."""
    # All are read before the first is written, which locks SQLite.
    snapshots = [store.snapshot(env, c) for c in store.running_campaigns(env)]
    found = {s.id: open_gates(verified_decision(env, s))
             for s in snapshots if s}
    for campaign, gates in found.items():
        outbox.keep_gates(env, campaign, outbox.told_gates(env, campaign),
                          gates)


def due_events(env: Any, decision: Decision,
               told: Iterable[Told]) -> DueEvents:
    """What time alone has to tell now; `told` are the facts told before."""
    if not outbox.receivers(env):
        return NOTHING_DUE
    endings = list(ending_events(decision, list(told)))
    kept = outbox.told_gates(env, decision.snapshot.id)
    return DueEvents((*(event for _, event in endings),
                      *(gate_events(decision, kept) if kept else ())),
                     tuple(fact for fact, _ in endings))


def record_due_events(book: Book, decision: Decision,
                      due: DueEvents) -> bool:
    """Queue what time has to tell, in the transaction that keeps the facts.
    """
    if not due.events:
        return False
    env, kept = book.env, outbox.told_gates(book.env, book.campaign)
    if kept:
        outbox.keep_gates(env, book.campaign, kept, open_gates(decision))
    return _queue(env, decision.snapshot, due.events, outbox.receivers(env))


def _decided(env: Any, change: CampaignChange) -> DecidedChange:
    """The decisions of a change; of a record in doubt no gate is open."""
    when = now()
    sound = verified_decision(env, change.after).snapshot
    after = decide(with_signers(env, sound), when)
    before = as_recorded(change)
    was = (None if before is None else
           after if change.before is change.after else
           decide(with_signers(env, before), when))
    return DecidedChange(was, after, change.entries, change.checked)


def _queue(env: Any, snapshot: Snapshot, events: Sequence[CampaignEvent],
           found: Sequence[Receiver]) -> bool:
    address, when = _addresses(env), now()
    new = [_new(event, snapshot, wanted, when, address) for event in events
           for wanted in [tuple(r.id for r in found if r.wants(event.type))]
           if wanted]
    outbox.queue_events(env, snapshot.id, new)
    return bool(new)


def _new(event: CampaignEvent, snapshot: Snapshot, wanted: tuple[int, ...],
         when: int, address: Callable[..., str]) -> outbox.NewEvent:
    uid = f'msg_{uuid4().hex}'
    envelope = cloud_event(event, snapshot, uid, when, address)
    return outbox.NewEvent(
        uid, event.type.value, event.subject, when,
        kept_text(event, envelope, link_of(event, snapshot, address)), wanted)


def _addresses(env: Any) -> Callable[..., str]:
    """Addresses of Trac's paths; without a host where it is not known."""
    local = Href('')
    return lambda *path: site_link(env, *path) or str(local(*path))
