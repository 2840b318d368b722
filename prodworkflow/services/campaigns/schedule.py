"""Reschedule a campaign: move its planned start and what is not done yet."""

from __future__ import annotations

from typing import Any

from prodworkflow import store
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.planning.schedule import Shift, shift
from prodworkflow.domain.template.model import Template
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.milestones import move_milestone
from prodworkflow.services import templates
from prodworkflow.services.gates.verification import verified_decision


def preview(env: Any, snapshot: Snapshot, text: str) -> Shift:
    """What would move if the start were `text`; nothing is changed.

    InvalidRequest if it cannot be.
    """
    return shift(verified_decision(env, snapshot), text,
                 _template(env, snapshot),
                 store.milestone_days(env, [
                     s.milestone for s in snapshot.state.stages]))


def reschedule(book: store.Book, person: Person, text: str,
               reason: str) -> Shift:
    """Move the start, record it, and move the milestones with it."""
    found = preview(book.env, book.snapshot(), text)
    book.record(now(), person.name, 'rescheduled', reason=reason,
                **found.payload())
    with book.without_reconciling():
        for moved in found.moved:
            if moved.milestone:
                move_milestone(book.env, moved.milestone, moved.to)
    return found


def _template(env: Any, snapshot: Snapshot) -> Template | None:
    """The template it was created from; None if it cannot be read now."""
    try:
        return templates.of_campaign(env, snapshot.id,
                                     snapshot.state.campaign)
    except ValueError:  # InvalidRequest, too
        return None
