"""Notices of rejections and withdrawals, with what was said."""

from __future__ import annotations

from collections.abc import Iterator

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.news.change import DecidedChange
from prodworkflow.domain.news.lines import line_of, said_in
from prodworkflow.domain.news.notices import Kind, Notice
from prodworkflow.domain.news.people import told_contacts
from prodworkflow.domain.text import Message

NOS = (Verdict.REJECTED.value, Verdict.WITHDRAWN.value)
HEADS = {Verdict.REJECTED.value: Message('Rejected'),
         Verdict.WITHDRAWN.value: Message('Withdrawn')}


def rejection_notices(change: DecidedChange) -> Iterator[Notice]:
    """Who has rejected or withdrawn what, to its other contacts."""
    state, day = change.after.snapshot.state, day_of(change.after.asked)
    last = {e.requirement: e for e in change.of(*NOS)}
    for requirement in state.requirements:
        entry = last.get(requirement.key)
        if entry:
            yield Notice(
                Kind.REJECTED, HEADS[entry.verb],
                line_of(change.after, requirement, Message(
                    '%(by)s: %(because)s', by=entry.actor,
                    because=said_in(entry))),
                tuple(c for c in told_contacts(requirement, state, day)
                      if c != entry.actor))
