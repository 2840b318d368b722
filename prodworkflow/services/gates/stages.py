"""Stage gates: what closing, reopening or deleting a milestone means.

Trac calls its listeners after it has stored a milestone. So one that was
completed while its stage's gate is shut is reopened here, and only then is the
refusal raised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from trac.ticket.model import Milestone

from prodworkflow import store
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.rules.answers import Obstacle
from prodworkflow.domain.rules.decision import Decision, Gate
from prodworkflow.domain.rules.lifecycle_actions import read_only
from prodworkflow.domain.text import Message, phrase
from prodworkflow.gateways import caches
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.milestones import set_completed
from prodworkflow.services.gates.evidence_files import (
    changed_since,
    passes,
    reread_upto,
)
from prodworkflow.services.gates.reconciliation import reconcile
from prodworkflow.services.gates.verification import (
    MISMATCH,
    verified_decision,
)
from prodworkflow.services.refusals import GateShut, log_refusal

# Gives the reasons of a stage's gate that somebody may know.
ReasonsFor = Callable[[Decision, str], 'list[str]']


def all_reasons(decision: Decision, stage: str) -> list[str]:
    """All reasons why a stage's gate is shut: for trusted callers."""
    return decision.gate(stage).reasons()


def advisory_reasons(env: Any, milestone: str,
                     reasons_for: ReasonsFor = all_reasons) -> list[str]:
    """Why a stage should not be closed where that blocks nothing."""
    reasons: list[str] = []
    for concern in store.owners_of(env, None, (milestone,)):
        found = store.snapshot(env, concern.campaign)
        if found and not found.state.campaign.blocks:
            decision = verified_decision(env, found)
            gate = _gate(decision, concern.stage)
            if not gate.open and decision.passes(gate):
                reasons += reasons_for(decision, concern.stage)
    return reasons


def may_close(env: Any, milestone: str, actor: str,
              reasons_for: ReasonsFor = all_reasons) -> GateShut | None:
    """The refusal of closing the stage of a milestone; None if it may.

    Takes the campaign's lock, which holds until the caller's transaction ends,
    and records the refusal. `reasons_for` gives the reasons that the actor may
    know.
    """
    refusals = []
    for concern in store.owners_of(env, None, (milestone,)):
        with store.open_campaign(env, concern.campaign) as book:
            if book is None:
                continue
            if book.state.campaign.ended:
                refusals += _refuse_ended(book, concern.stage, actor)
                continue
            changed = reread_upto(book, concern.stage)
            decision = verified_decision(env, book.snapshot())
            gate = _gate(decision, concern.stage)
            if not passes(decision, gate, changed):
                refusals.append(_record_refusal(book, decision, gate, actor,
                                                reasons_for))
            if changed:
                reconcile(book, actor, changed_since(changed))
    return refusals[0] if refusals else None


def milestone_saved(env: Any, name: str, old: Mapping[str, Any] | None,
                    actor: str, reasons_for: ReasonsFor = all_reasons) -> None:
    """Record what a created or changed milestone means for its stage.

    `old` holds the former values of what has changed, as Trac's listeners get
    them; None says that the milestone was created. GateShut if it had to be
    reopened.
    """
    old_name = (old or {}).get('name')
    names = tuple(dict.fromkeys(n for n in (old_name, name) if n))
    refusals = []
    for concern in store.owners_of(env, None, names):
        with store.open_campaign(env, concern.campaign) as book:
            if book is not None:
                if old is None:
                    _record_restored(book, name, actor)
                if old_name:
                    _record_renamed(book, old_name, name, actor)
                refusals.append(_record_completion(book, concern.stage, name,
                                                   actor,
                                                   reasons_for))
    for refusal in filter(None, refusals):
        raise refusal


def milestone_deleted(env: Any, name: str, actor: str) -> None:
    """Record that a stage has lost its milestone, which shuts its gate."""
    for concern in store.owners_of(env, None, (name,)):
        with store.open_campaign(env, concern.campaign) as book:
            if book is not None and not book.state.campaign.ended:
                book.record(now(), actor, 'milestone-missing',
                            stage=concern.stage, milestone=name)
                reconcile(book, actor, Message(
                    'milestone %(milestone)s was deleted', milestone=name))


def owned_milestones(env: Any, names: list[str]) -> list[str]:
    """Those of the milestones that stages of campaigns own."""
    return [name for name in names
            if any(c.stage for c in store.owners_of(env, None, (name,)))]


def _gate(decision: Decision, key: str) -> Gate:
    """The gate of a stage; a shut one where the stage cannot be read."""
    try:
        return decision.gate(key)
    except KeyError:
        return Gate(Stage(key, 0, key, key, None), (),
                    (Obstacle('in-doubt', MISMATCH),))


def _record_completion(book: store.Book, key: str, name: str, actor: str,
                       reasons_for: ReasonsFor) -> GateShut | None:
    decision = verified_decision(book.env, book.snapshot())
    stage = next((s for s in book.state.stages if s.key == key), None)
    if stage is None:
        return _refuse_unreadable(book, decision, key, name, actor,
                                  reasons_for)
    closed = decision.closed(stage)
    if book.state.campaign.ended:
        refusals = _refuse_ended(book, key, actor) if closed else []
        if refusals:
            set_completed(book.env, name, None)
        return refusals[0] if refusals else None
    if closed and not stage.closed:
        return _close_stage(book, decision, stage, actor, reasons_for)
    if stage.closed and not closed:
        book.record(now(), actor, 'stage-reopened', stage=stage.key,
                    because=Message('its milestone was reopened by hand'))
        reconcile(book, actor, Message('stage %(stage)s was reopened',
                                       stage=stage.label))
    return None


def _refuse_ended(book: store.Book, key: str, actor: str) -> list[GateShut]:
    """The refusal of closing a stage of a campaign that has ended."""
    if any(s.key == key and s.closed for s in book.state.stages):
        return []
    refusal = GateShut(Message('Its milestone stays open'),
                       [phrase(read_only(book.state))])
    log_refusal(book.env, actor, refusal.in_english)
    return [refusal]


def _refuse_unreadable(book: store.Book, decision: Decision, key: str,
                       name: str,
                       actor: str, reasons_for: ReasonsFor) -> GateShut | None:
    """Reopen the milestone of a stage that cannot be read."""
    if Milestone(book.env, name).completed is None:
        return None
    set_completed(book.env, name, None)
    return _record_refusal(book, decision, _gate(decision, key), actor,
                           reasons_for)


def _record_restored(book: store.Book, name: str, actor: str) -> None:
    stage = book.state.for_milestone(name)
    if stage:
        book.record(now(), actor, 'milestone-restored', stage=stage.key,
                    milestone=name)


def _record_renamed(book: store.Book, old: str, new: str, actor: str) -> None:
    stage = book.state.for_milestone(old)
    if stage:
        book.record(now(), actor, 'stage-renamed', stage=stage.key,
                    milestone=new)
        caches.read_milestones_anew(book.env)


def _close_stage(book: store.Book, decision: Decision, stage: Stage,
                 actor: str, reasons_for: ReasonsFor) -> GateShut | None:
    changed = reread_upto(book, stage.key)
    if changed:
        decision = verified_decision(book.env, book.snapshot())
    gate = decision.gate(stage.key)
    if not passes(decision, gate, changed):
        set_completed(book.env, stage.milestone, None)
        refusal = _record_refusal(book, decision, gate, actor, reasons_for)
        if changed:
            reconcile(book, actor, changed_since(changed))
        return refusal
    completed = decision.snapshot.milestones[stage.key]
    if gate.open:
        _close_earlier(book, decision, stage, actor, completed)
    against: dict[str, Any] = (
        {} if gate.open else {'against': gate.reasons()})
    book.record(now(), actor, 'stage-closed', stage=stage.key,
                completed=completed, **against)
    if any(s.reopened for s in book.state.stages):
        reconcile(book, actor, Message('stage %(stage)s was closed',
                                       stage=stage.label))
    return None


def _close_earlier(book: store.Book, decision: Decision, stage: Stage,
                   actor: str, completed: int) -> None:
    """Close the stages before it: stages close in order."""
    store.lock_campaigns(book.env, [book.campaign])
    for gate in decision.gates:
        earlier = gate.stage
        if earlier.number < stage.number and not decision.closed(earlier):
            book.record(now(), actor, 'stage-closed', stage=earlier.key,
                        completed=completed, along_with=stage.key)
            set_completed(book.env, earlier.milestone, completed)


def _record_refusal(book: store.Book, decision: Decision, gate: Gate,
                    actor: str,
                    reasons_for: ReasonsFor) -> GateShut:
    book.record(now(), actor, 'refused', stage=gate.stage.key,
                what=Message('closing the stage'), reasons=gate.reasons())
    reasons = (reasons_for(decision, gate.stage.key) if gate in decision.gates
               else gate.reasons())
    return GateShut(
        Message(
            'Stage %(stage)s of %(campaign)s cannot be closed, its '
            'milestone stays open',
            stage=gate.stage.label,
            campaign=book.state.campaign.name), reasons)
