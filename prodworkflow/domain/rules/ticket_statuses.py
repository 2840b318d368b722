"""Ticket statuses of a site's workflow: its first, reopened and done ones.

Trac sites have workflows of their own: a ticket need not begin as `new` nor be
reopened as `reopened`, and there may be more ends than `closed`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import CLOSED, TicketFacts

CATCH_ALL = '*'


USUAL_FIRST = 'new'


class Step(NamedTuple):
    """Where a workflow action leads: a status, '' if it leaves it as it is.

    `reopens` says that it takes the resolution off.
    """

    status: str
    reopens: bool = False


@dataclass(frozen=True)
class StatusGroup:
    """A group of Trac's `[milestone-groups]`.

    `done` says that its tickets count for the overall completion.
    """

    statuses: tuple[str, ...]
    done: bool = False


def initial_status(steps: Iterable[Step], known: Collection[str],
                   done: Collection[str]) -> str:
    """The status in which a new ticket begins.

    `steps` are the actions for a new ticket in the order in which Trac offers
    them. Without any that leads to a status that is open, it is `new`; where
    the workflow knows other statuses, but not that one, the first of them.
    """
    for step in steps:
        if step.status and step.status not in done:
            return step.status
    rest = sorted(set(known).difference(done))
    return USUAL_FIRST if USUAL_FIRST in rest or not rest else rest[0]


def reopened_status(steps: Iterable[Step], done: Collection[str]) -> str:
    """The status to which a ticket is reopened; '' if no action reopens it.

    `steps` are the actions for a closed ticket in the order in which Trac
    offers them; the first counts that takes the resolution off and opens.
    """
    return next((s.status for s in steps
                 if s.reopens and s.status and s.status not in done), '')


def done_statuses(named: Collection[str], groups: Collection[StatusGroup],
                  known: Collection[str],
                  first: Collection[str]) -> frozenset[str]:
    """The statuses that count as done, `closed` always among them.

    Those that the option names, else those of the groups that count for the
    overall completion; a catch-all group has what of the known statuses is in
    no other. A status is not done where groups contradict each other, or
    where tickets begin in it (`first`).
    """
    found = set(named) or _done_in(groups, known)
    return CLOSED | frozenset(found).difference(first)


def _done_in(groups: Collection[StatusGroup],
             known: Collection[str]) -> set[str]:
    done: set[str] = set()
    others: set[str] = set()
    rest = [g.done for g in groups if CATCH_ALL in g.statuses]
    for group in groups:
        (done if group.done else others).update(group.statuses)
    if rest == [True]:
        done.update(set(known).difference(others))
    return done.difference(others, {CATCH_ALL, ''})


def moves_on(before: TicketFacts, status: str, resolution: str) -> bool:
    """Whether a change moves a done ticket on to another done status.

    What was signed stays so. The resolution may be taken off; with another
    one it is closed anew.
    """
    return (before.closed and before.status != status
            and status in before.done
            and resolution in ('', before.resolution))


def has_moved_on(requirement: Requirement, facts: TicketFacts) -> bool:
    """Whether a ticket was closed by what was said, and then moved on."""
    return (facts.closed and facts.status not in CLOSED
            and not requirement.unsigned
            and facts.changed <= requirement.seen)


class FieldChange(NamedTuple):
    """A change of a ticket's field `status` or `resolution`."""

    field: str
    old: str
    new: str


def only_moved_on(changes: Iterable[FieldChange],
                  done: Collection[str]) -> bool:
    """Whether a ticket was done all the time that it went through these."""
    return all(c.old in done and c.new in done if c.field == 'status'
               else not c.new for c in changes)


def was_moved_on(changes: Collection[FieldChange],
                 done: Collection[str]) -> bool:
    """Whether a done ticket came by these changes to another done status."""
    return (any(c.field == 'status' for c in changes)
            and only_moved_on(changes, done))


def is_unknown(status: str, known: Collection[str]) -> bool:
    """Whether a workflow knows other statuses, but not this one.

    Trac itself closes tickets as `closed`, which is always known.
    """
    return bool(known) and status not in known and status not in CLOSED
