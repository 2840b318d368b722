"""Concerns: open tickets that shut no gate after the launch."""

from __future__ import annotations

from typing import Any

from prodworkflow.domain.dates import moment
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.known_issue import Concern
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.text import Message, shortened

WORDS_MAX = 200


def counted(snapshot: Snapshot, stage: Stage) -> tuple[int, ...]:
    """The open tickets in the milestone of a stage that shut gates.

    Those that came in after the launch by people who may not stop production
    are concerns. A ticket that was made after its number was noted is another
    one.
    """
    others = snapshot.others.get(stage.key, ())
    if not snapshot.state.campaign.launched:
        return others
    noted = {c.ticket: c.time for c in snapshot.state.concerns
             if not c.requirement}
    return tuple(t for t in others if t not in noted
                 or snapshot.begun.get(t, 0) > noted[t])


def concern_words(concern: Concern) -> Message:
    """What somebody found, as a sentence without full stop."""
    about = {'by': concern.by, 'ticket': concern.ticket,
             'words': shortened(concern.words, WORDS_MAX)}
    if concern.requirement:
        return Message('%(by)s wanted to reopen #%(ticket)s: “%(words)s”',
                       **about) if about['words'] else Message(
            '%(by)s wanted to reopen #%(ticket)s', **about)
    return Message('%(by)s filed #%(ticket)s: “%(words)s”', **about)


def concern_dict(concern: Concern) -> dict[str, Any]:
    """A concern as JSON; its time is ISO 8601, UTC."""
    return {'ticket': concern.ticket, 'by': concern.by,
            'time': moment(concern.time), 'entry': concern.number,
            'requirement': concern.requirement,
            'words': concern_words(concern)}


def open_concerns(snapshot: Snapshot) -> tuple[Concern, ...]:
    """What people found after the launch, latest first.

    Of noted tickets those that are open in a milestone of the campaign.
    """
    there = {t for tickets in snapshot.others.values() for t in tickets}
    return tuple(c for c in reversed(snapshot.state.concerns)
                 if c.requirement or c.ticket in there)
