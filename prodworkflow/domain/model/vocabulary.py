"""The closed lists: every word that a table's column may hold."""

from __future__ import annotations

import enum


class Enforcement(enum.Enum):
    """How firmly gates hold: rule 6 of docs/development/rules.rst."""

    STANDARD = 'standard'
    STRICT = 'strict'
    ADVISORY = 'advisory'


class Phase(enum.Enum):
    """Where a campaign stands as a whole.

    `over` is one whose stages are all closed and that was never launched;
    `closed` and `abandoned` are the two ends, after which nothing changes.
    """

    UNDERWAY = 'underway'
    OVER = 'over'
    LAUNCHED = 'launched'
    CLOSED = 'closed'
    ABANDONED = 'abandoned'
    REMOVED = 'removed'


ENDED = (Phase.CLOSED.value, Phase.ABANDONED.value)


class Verdict(enum.Enum):
    """What a person can say of a requirement.

    `reported` brings evidence without judging, `waived` gives leave.
    """

    APPROVED = 'approved'
    REJECTED = 'rejected'
    WITHDRAWN = 'withdrawn'
    REPORTED = 'reported'
    WAIVED = 'waived'


class Role(enum.Enum):
    """In which capacity a sign-off was given."""

    CONTACT = 'contact'
    DEPUTY = 'deputy'
    ADMINISTRATOR = 'administrator'
    ANYONE = 'anyone'
