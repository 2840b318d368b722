"""Effects of `tolerated` and `toleration-ended` on known issues."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.known_issue import KnownIssue
from prodworkflow.domain.model.state import State


def tolerated(state: State, entry: Entry) -> State:
    """Tolerate a ticket; what was said of it before holds no more."""
    payload = entry.payload
    issue = KnownIssue(int(payload['ticket']), entry.actor, payload['reason'],
                       date.fromisoformat(payload['until']), entry.time,
                       entry.number)
    return replace(state, known_issues=(*_others(state, issue.ticket), issue))


def toleration_ended(state: State, entry: Entry) -> State:
    """Tolerate a ticket no more."""
    return replace(state,
                   known_issues=_others(state, int(entry.payload['ticket'])))


def _others(state: State, ticket: int) -> tuple[KnownIssue, ...]:
    return tuple(i for i in state.known_issues if i.ticket != ticket)
