"""Concerns: what is kept of those who may not stop a launched production."""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.reducers.verdicts import (
    changed_requirement,
    time_seen,
)
from prodworkflow.domain.model.known_issue import Concern
from prodworkflow.domain.model.state import State


def ticket_noted(state: State, entry: Entry) -> State:
    """Keep a ticket that came in after the launch; it shuts no gate."""
    state.stage(entry.payload['stage'])
    return _with(state, entry, '')


def reopening_refused(state: State, entry: Entry) -> State:
    """Keep what somebody said who wanted to reopen a signed ticket."""
    state.requirement(entry.requirement)
    if 'seen' in entry.payload:
        state = changed_requirement(state, entry, **time_seen(entry.payload))
    return _with(state, entry, entry.requirement)


def ticket_counts(state: State, entry: Entry) -> State:
    """Forget that a ticket was noted: it left, or counts like any other."""
    kept = tuple(c for c in state.concerns
                 if c.requirement or c.ticket != entry.payload.get('ticket'))
    return state if kept == state.concerns else replace(state, concerns=kept)


def without_objections(state: State) -> State:
    """Forget who wanted to reopen tickets; noted tickets stay."""
    kept = tuple(c for c in state.concerns if not c.requirement)
    return state if kept == state.concerns else replace(state, concerns=kept)


def _with(state: State, entry: Entry, requirement: str) -> State:
    """Add a concern; the latest one of a person about a ticket is kept."""
    payload = entry.payload
    new = Concern(payload['ticket'], entry.actor, entry.time,
                  payload.get('statement', ''), entry.number, requirement)
    kept = tuple(c for c in state.concerns
                 if (c.ticket, c.requirement) != (new.ticket, requirement)
                 or (requirement and c.by != new.by))
    return replace(state, concerns=(*kept, new))
