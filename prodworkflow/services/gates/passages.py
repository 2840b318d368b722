"""Passages: what `advisory` let pass against the rules is recorded.

A machine asks its gate every minute. Of the same asker, gate (or tickets) and
release only a change of the reasons is a passage of its own.
"""

from __future__ import annotations

from typing import Any

from prodworkflow import store
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.items.item_gates import for_item
from prodworkflow.domain.text import Message
from prodworkflow.gateways.clock import now
from prodworkflow.services.gates.verification import verified_decision
from prodworkflow.services.opening import opened


def record_gate(env: Any, campaign: int, stage: str, actor: str,
                item: str = '') -> None:
    """Record that a shut gate let somebody pass, unless it is recorded.

    `stage` is a stage's key or number, or '' for the launch gate. Nothing is
    recorded of a gate that is open, or that lets nobody pass. `item` is the
    item for which it was asked, if it was.
    """
    with opened(env, campaign) as book:
        decision = verified_decision(env, book.snapshot())
        passage = gate_passage(for_item(decision, item) if item else decision,
                               stage, item)
        if passage and is_new(book.env, campaign, actor, passage,
                              book.state.campaign.release):
            book.record(now(), actor, 'passed', **passage)


def record_commit(env: Any, campaign: int, tickets: list[str],
                  against: list[str], actor: str) -> None:
    """Record that a freeze let changes for tickets pass, unless it is."""
    with opened(env, campaign) as book:
        passage = commit_passage(tickets, against)
        if is_new(env, campaign, actor, passage, book.state.campaign.release):
            book.record(now(), actor, 'passed', **passage)


def gate_passage(decision: Decision, stage: str,
                 item: str = '') -> dict[str, Any] | None:
    """The payload for passing a shut gate; None where nothing is to record.

    KeyError if there is no such stage.
    """
    gate = decision.gate(stage) if stage else decision.launch
    if gate.open or not decision.passes(gate):
        return None
    where = {**({'stage': gate.stage.key} if stage else {}),
             **({'item': item} if item else {})}
    return {'what': Message('the launch gate') if not stage
            else Message('the gate of stage'), 'against': gate.reasons(),
            **where}


def commit_passage(tickets: list[str], against: list[str]) -> dict[str, Any]:
    """The payload for changes that a freeze of `advisory` let pass."""
    return {'what': Message('the feature freeze'), 'tickets': tickets,
            'against': against}


def is_new(env: Any, campaign: int, actor: str, passage: dict[str, Any],
           release: str) -> bool:
    """Whether the actor's last passage of this kind was another one."""
    def kind(payload: Any) -> tuple[Any, ...]:
        return tuple(payload.get(k) for k in ('what', 'stage', 'item',
                                              'tickets'))
    for was, payload in store.passages(env, campaign, actor):
        if kind(payload) == kind(passage):
            return (was, payload.get('against')) != (release,
                                                     passage['against'])
    return True
