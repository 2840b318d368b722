"""Verdicts: what each changes of its requirement when the ledger is folded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.evidence_basis import submitted
from prodworkflow.domain.model.evidence import Evidence
from prodworkflow.domain.model.requirement import Objection
from prodworkflow.domain.model.signoff import SignOff, Waiver
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Role, Verdict

LEAVING = (Verdict.REPORTED.value, Verdict.WAIVED.value)


UNSIGNED = 'closed-unsigned'


def verdict(state: State, entry: Entry, **more: Any) -> State:
    """Add a sign-off; entries from before deputies have no `contact`.

    `more` is what else changes of its requirement.
    """
    payload = entry.payload
    contact = payload.get('contact')
    if contact is None:  # from before deputies and groups
        contact = (entry.actor if payload['role'] == Role.CONTACT.value
                   else '')
    waiver = payload.get('waiver')
    signoff = SignOff(entry.number, entry.requirement, entry.verb,
                      entry.actor, payload['role'], entry.release,
                      entry.time, payload['statement'], contact,
                      tuple(map(Evidence.of, payload.get('evidence', ()))),
                      Waiver.of(waiver) if waiver else None,
                      payload.get('waited'),
                      persons=tuple(payload.get('persons', ())))
    changes: dict[str, Any] = ({} if entry.verb in LEAVING
                               else {'unsigned': False})
    if waiver and waiver['reason'] == UNSIGNED:
        changes['unsigned'] = True  # stays so, inside the waiver
    if 'seen' in payload:
        changes['seen'] = payload['seen']
    changed = changed_requirement(state, entry, **changes, **more)
    return submitted(changed, signoff, payload)


def approved(state: State, entry: Entry) -> State:
    """Add an approval; who signs after an objection answers it."""
    return verdict(state, entry, objection=None)


def objected(state: State, entry: Entry) -> State:
    """Keep an objection until it is answered; approvals stay."""
    payload = entry.payload
    return changed_requirement(
        state, entry, **time_seen(payload), objection=Objection(
            entry.actor, entry.time, payload['statement'], entry.number))


def answered(state: State, entry: Entry) -> State:
    """Let an objection stand no more."""
    return changed_requirement(state, entry, **time_seen(entry.payload),
                               objection=None)


def time_seen(payload: Mapping[str, Any]) -> dict[str, int]:
    """The time of the ticket's change that an entry accounts for, if any."""
    return {'seen': payload['seen']} if 'seen' in payload else {}


def changed_requirement(state: State, entry: Entry, **changes: Any) -> State:
    """Change the requirement of an entry; KeyError if there is none."""
    return state.having(replace(state.requirement(entry.requirement),
                                **changes))
