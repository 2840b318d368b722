"""Readiness of one stage as one viewer may see it, in words and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.campaign import Change, Stage
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.rules.answers import Answer, named, Obstacle
from prodworkflow.domain.rules.decision import Coverage
from prodworkflow.domain.rules.groups.dropped import standing_no
from prodworkflow.domain.text import Message


@dataclass(frozen=True)
class StageReadiness:
    """The visible part of a stage; `late` is in days after its due date.

    `groups` have only visible members; `dropped` are the requirements of items
    that left the campaign.
    """

    stage: Stage
    answers: tuple[Answer, ...]
    obstacles: tuple[Obstacle, ...]
    open: bool
    closed: bool
    late: int
    groups: tuple[Coverage, ...] = ()
    dropped: tuple[Requirement, ...] = ()

    @property
    def signed(self) -> int:
        """The number of requirements that are met."""
        return sum(a.met for a in self.answers)

    @property
    def waived(self) -> int:
        """The number of requirements that are met by waivers."""
        return sum(a.waived for a in self.answers)

    @property
    def needed(self) -> int:
        """How many visible sign-offs it takes, with those that are given.

        Of a group only as many as its coverage rule asks for.
        """
        return self.signed + self.blocking

    @property
    def single(self) -> tuple[Answer, ...]:
        """The answers that belong to no group."""
        grouped = {g.group.key for g in self.groups}
        return tuple(a for a in self.answers
                     if a.requirement.group not in grouped)

    @property
    def words(self) -> Message:
        """How far it is, in few words: `may be closed`, `3 missing`."""
        if self.closed:
            return Message('closed') if self.open else Message(
                'closed although its gate is shut')
        if self.open:
            return Message('may be closed')
        if self.blocking:
            return Message('%(count)s missing', count=self.blocking)
        return (Message('waits for what is out of place') if self.obstacles
                else Message('waits for the stages before it'))

    @property
    def restaffed(self) -> list[str]:
        """Changes of signers, a sentence each; of a group, one a change."""
        titles = {g.group.key: g.group.title for g in self.groups}
        found: dict[tuple[str, str, str], list[Answer]] = {}
        for answer in self.answers:
            requirement = answer.requirement
            if requirement.changed:
                key = (requirement.group if requirement.group in titles
                       else requirement.key)
                found.setdefault((key, by(requirement.changed),
                                  requirement.changed.was), []).append(answer)
        return [
            Message('who signs %(requirement)s and %(count)s more of '
                    '“%(group)s” changed %(change)s (before: %(was)s)',
                    requirement=named(answers[0]), count=len(answers) - 1,
                    group=titles[key], change=change, was=was)
            if answers[1:] else
            Message('who signs %(requirement)s changed %(change)s (before: '
                    '%(was)s)', requirement=named(answers[0]),
                    change=change, was=was)
            for (key, change, was), answers in found.items()]

    @property
    def endings(self) -> list[str]:
        """The waivers that are about to end, a sentence each."""
        return [Message('the waiver of %(requirement)s (%(reason)s) ends '
                        'with %(until)s: %(ending)s', requirement=named(a),
                        reason=lift.reason.value, ending=lift.ending,
                        until=lift.waiver.waiver.until)
                for a in self.answers for lift in a.lifts
                if lift.ending and lift.waiver.waiver]

    @property
    def blocking(self) -> int:
        """How many sign-offs are missing that the gate needs."""
        return (sum(a.blocks for a in self.single)
                + sum(g.missing for g in self.groups))

    def as_dict(self) -> dict[str, Any]:
        """The stage as JSON; days are ISO 8601."""
        stage = self.stage
        return {'key': stage.key, 'number': stage.number,
                'title': stage.title, 'milestone': stage.milestone,
                'due': stage.due.isoformat() if stage.due else None,
                'days_late': self.late, 'open': self.open,
                'closed': self.closed, 'signed': self.signed,
                'waived': self.waived,
                'needed': self.needed, 'missing': self.blocking,
                'groups': [g.as_dict() for g in self.groups],
                'dropped': [{'key': r.key, 'title': r.title,
                             'ticket': r.ticket, 'words': by(r.dropped),
                             'no': no_of(r) or None}
                            for r in self.dropped if r.dropped],
                'requirements': [a.as_dict() for a in self.answers],
                'obstacles': [o.as_dict() for o in self.obstacles]}


def no_of(requirement: Requirement) -> str:
    """The word that stands against a dropped requirement; '' if none does."""
    no = standing_no(requirement)
    return Message('%(verdict)s by %(signer)s: “%(said)s”',
                   verdict=no.verdict, signer=no.signer,
                   said=' '.join(no.statement.split())) if no else ''


def by(change: Change) -> str:
    """Who made a change, on which day (UTC) and why; part of a sentence."""
    return Message('by %(person)s on %(day)s: “%(reason)s”',
                   person=change.by, day=day_of(change.time),
                   reason=change.reason)
