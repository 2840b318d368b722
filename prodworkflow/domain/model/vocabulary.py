"""Enumerations: the words that database columns may hold."""

from __future__ import annotations

import enum


class Enforcement(enum.Enum):
    """How gates are enforced: rule 6 of docs/development/rules.rst."""

    STANDARD = 'standard'
    STRICT = 'strict'
    ADVISORY = 'advisory'


class Phase(enum.Enum):
    """The phase of a campaign.

    `over` means that all stages are closed, but it was never launched;
    `closed` and `abandoned` are final: nothing changes any more.
    """

    UNDERWAY = 'underway'
    OVER = 'over'
    LAUNCHED = 'launched'
    CLOSED = 'closed'
    ABANDONED = 'abandoned'
    REMOVED = 'removed'


ENDED = (Phase.CLOSED.value, Phase.ABANDONED.value)


class Verdict(enum.Enum):
    """A verdict about a requirement.

    `reported` submits evidence without a judgement; `waived` grants a waiver.
    `objected` is said by those who may not sign, and `answered` to it by those
    who may: neither is a sign-off, both leave the approvals as they are.
    """

    APPROVED = 'approved'
    REJECTED = 'rejected'
    WITHDRAWN = 'withdrawn'
    REPORTED = 'reported'
    WAIVED = 'waived'
    OBJECTED = 'objected'
    ANSWERED = 'answered'


class Role(enum.Enum):
    """The role in which a verdict was given."""

    CONTACT = 'contact'
    DEPUTY = 'deputy'
    ADMINISTRATOR = 'administrator'
    ANYONE = 'anyone'


class Reason(enum.Enum):
    """Why a requirement is unmet: the codes that JSON shows."""

    AWAITING = 'awaiting'
    QUORUM_SHORT = 'quorum-short'
    REJECTED = 'rejected'
    WITHDRAWN = 'withdrawn'
    OBJECTED = 'objected'
    STALE = 'stale'
    EVIDENCE_CHANGED = 'evidence-changed'
    EVIDENCE_MISSING = 'evidence-missing'
    NOT_ENOUGH_STATISTICS = 'not-enough-statistics'
    OUT_OF_BOUNDS = 'out-of-bounds'
    CLOSED_UNSIGNED = 'closed-unsigned'
    TICKET_MISSING = 'ticket-missing'


# What no waiver can lift.
UNWAIVABLE = (Reason.TICKET_MISSING,)
