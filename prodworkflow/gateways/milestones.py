"""Trac milestones of stages: creates, completes and reopens them."""

from __future__ import annotations

from datetime import date
from typing import Any

from trac.resource import ResourceNotFound
from trac.ticket.model import Milestone
from trac.util.datefmt import from_utimestamp

from prodworkflow.domain.dates import due_moment
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.gateways.tickets import BORN, ignore_other_listeners, MARK


def set_completed(env: Any, name: str, completed: int | None) -> None:
    """Complete a milestone at a time (µs UTC); None reopens it.

    A listener of another plugin that fails does not undo a reopening.
    """
    milestone = Milestone(env, name)
    if completed is None:
        milestone.completed = None
        with ignore_other_listeners(
                env, lambda: Milestone(env, name).completed is None):
            milestone.update()
    else:
        milestone.completed = from_utimestamp(completed)
        milestone.update()


def complete_again(env: Any, name: str, completed: int) -> None:
    """Complete a milestone that was reopened, at a time (µs UTC).

    A listener of another plugin that fails does not undo it.
    """
    with ignore_other_listeners(
            env, lambda: Milestone(env, name).completed is not None):
        set_completed(env, name, completed)


def make_milestone(env: Any, stage: Stage, campaign: str, count: int,
                   description: str = '', born: bool = False) -> None:
    """Create the milestone of a stage.

    `count` is the number of stages; `description`, the template's own text,
    follows the sentence that says which stage of what this is; `born` says
    that no campaign has it yet.
    """
    milestone = Milestone(env)
    milestone.name = stage.milestone
    told = (f'Stage {stage.number} of {count} of the production campaign '
            f'{campaign}.')
    milestone.description = '\n\n'.join(filter(None, [told, description]))
    if stage.due:
        milestone.due = due_moment(stage.due)
    if born:
        setattr(milestone, MARK, BORN)
    milestone.insert()


def move_milestone(env: Any, name: str, due: date | None) -> None:
    """Make a milestone due on a day, or on none; nothing if it is deleted."""
    try:
        milestone = Milestone(env, name)
    except ResourceNotFound:  # the gate says so, `check --repair` makes it
        return
    milestone.due = due_moment(due) if due else None
    milestone.update()


def follow_description(env: Any, stage: Stage, was: str, text: str) -> None:
    """Replace the template's own text in a milestone's description.

    Only where it is still there: somebody may have changed it, or deleted the
    milestone.
    """
    try:
        milestone = Milestone(env, stage.milestone)
    except ResourceNotFound:
        return
    before, found, after = (milestone.description or '').rpartition(was)
    if found and not after:
        milestone.description = before + text
        milestone.update()
