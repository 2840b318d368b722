"""Kinds of events of a campaign's history, by the verbs of the ledger."""

from __future__ import annotations

import enum

from prodworkflow.domain.ledger.history import Event
from prodworkflow.domain.text import Message


class Kind(enum.Enum):
    """What an event of the history is about."""

    SIGNED = 'signed'
    REJECTED = 'rejected'
    ASKED_AGAIN = 'asked-again'
    WAIVED = 'waived'
    WITHDRAWN = 'withdrawn'
    REPORTED = 'reported'
    MEMBERS = 'members'
    HOLDS = 'holds'
    RELEASES = 'releases'
    PLAN = 'plan'
    PEOPLE = 'people'
    STAGES = 'stages'
    TICKETS = 'tickets'

    @property
    def words(self) -> Message:
        """The kind as an entry of a list to choose from."""
        return _WORDS[self]


_WORDS = {
    Kind.SIGNED: Message('signed'), Kind.REJECTED: Message('rejected'),
    Kind.ASKED_AGAIN: Message('asked again'),
    Kind.WAIVED: Message('waived'),
    Kind.WITHDRAWN: Message('withdrawn or objected to'),
    Kind.REPORTED: Message('evidence reported'),
    Kind.MEMBERS: Message('joined and dropped'),
    Kind.HOLDS: Message('holds and launch'),
    Kind.RELEASES: Message('releases'), Kind.PLAN: Message('plan and rules'),
    Kind.PEOPLE: Message('who signs'), Kind.STAGES: Message('stages'),
    Kind.TICKETS: Message('tickets'),
}


_VERBS = {
    'approved': Kind.SIGNED, 'answered': Kind.SIGNED,
    'rejected': Kind.REJECTED, 'waived': Kind.WAIVED,
    'attachment-changed': Kind.ASKED_AGAIN,
    'withdrawn': Kind.WITHDRAWN, 'objected': Kind.WITHDRAWN,
    'reported': Kind.REPORTED,
    'item-added': Kind.MEMBERS, 'item-dropped': Kind.MEMBERS,
    'item-returned': Kind.MEMBERS, 'weight-changed': Kind.MEMBERS,
    'held': Kind.HOLDS, 'resumed': Kind.HOLDS, 'launched': Kind.HOLDS,
    'closed': Kind.HOLDS, 'abandoned': Kind.HOLDS,
    'released': Kind.RELEASES, 'release-renamed': Kind.RELEASES,
    'created': Kind.PLAN, 'rescheduled': Kind.PLAN,
    'enforcement-changed': Kind.PLAN, 'freeze-changed': Kind.PLAN,
    'word-renamed': Kind.PLAN, 'tolerated': Kind.WAIVED,
    'toleration-ended': Kind.WAIVED,
    'contacts-changed': Kind.PEOPLE, 'deputy-named': Kind.PEOPLE,
    'deputy-ended': Kind.PEOPLE,
    'stage-closed': Kind.STAGES, 'stage-reopened': Kind.STAGES,
    'stage-renamed': Kind.STAGES, 'milestone-missing': Kind.STAGES,
    'milestone-restored': Kind.STAGES,
}


_MARKS = {
    'approved': 'met', 'rejected': 'rejected', 'waived': 'waived',
    'withdrawn': 'withdrawn', 'objected': 'objected', 'released': 'stale',
    'attachment-changed': 'evidence-changed',
    'closed-unsigned': 'closed-unsigned', 'ticket-missing': 'ticket-missing',
}


def kind_of(event: Event) -> Kind:
    """The kind of an event; what is none of the others is about tickets."""
    return _VERBS.get(event.verb, Kind.TICKETS)


def mark_of(event: Event) -> str:
    """The code of the mark that stands beside an event; '' for none."""
    return _MARKS.get(event.verb, '')
