"""Open tickets in a campaign's milestones, as obstacles, and known issues.

A stage's gate counts the milestones before it, the launch gate those of all
stages but for the known issues that are in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.known_issue import KnownIssue
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.answers import Obstacle
from prodworkflow.domain.rules.objections.concerns import counted
from prodworkflow.domain.text import joined, Message

OPEN_TICKET = 'open-ticket'


# So many are named of those who can close or tolerate a ticket.
FEW = 3


@dataclass(frozen=True)
class OpenIssue:
    """A known issue whose ticket is open in the milestone of a stage.

    `in_force` says that the launch tolerates it on the day of the decision.
    """

    issue: KnownIssue
    stage: Stage
    in_force: bool

    @property
    def words(self) -> Message:
        """The ticket, who tolerates it, until when and why."""
        issue = self.issue
        told = {'ticket': issue.ticket, 'milestone': self.stage.milestone,
                'by': issue.by, 'until': issue.until,
                'reason': ' '.join(issue.reason.split())}
        if self.in_force:
            return Message(
                'known issue #%(ticket)s, open in %(milestone)s, tolerated '
                'by %(by)s until %(until)s: “%(reason)s”', **told)
        return Message(
            '#%(ticket)s, open in %(milestone)s, is tolerated no more: its '
            'leave by %(by)s ended with %(until)s: “%(reason)s”', **told)

    @property
    def lapse(self) -> Message:
        """That its leave has ended, as a part of a sentence."""
        return Message('the toleration of #%(ticket)s ended with %(until)s',
                       ticket=self.issue.ticket, until=self.issue.until)

    def as_dict(self) -> dict[str, Any]:
        """The known issue as JSON; the day is ISO 8601."""
        issue = self.issue
        return {'ticket': issue.ticket, 'stage': self.stage.key,
                'by': issue.by, 'because': issue.reason,
                'until': issue.until.isoformat(), 'entry': issue.number,
                'in_force': self.in_force, 'words': self.words}


def open_issues(snapshot: Snapshot, day: date) -> tuple[OpenIssue, ...]:
    """The known issues whose tickets are open, in the order of the stages.

    A ticket that was made after its number was tolerated is another one.
    """
    known = {i.ticket: i for i in snapshot.state.known_issues}
    return tuple(
        OpenIssue(known[ticket], stage, day <= known[ticket].until)
        for stage in snapshot.state.stages
        for ticket in snapshot.others.get(stage.key, ())
        if ticket in known
        and snapshot.begun.get(ticket, 0) <= known[ticket].time)


@dataclass(frozen=True)
class TicketHelp:
    """Who can close an open ticket in Trac, and who can tolerate it."""

    closers: tuple[str, ...] = ()
    tolerators: tuple[str, ...] = ()

    def told(self, words: str, launch: bool) -> str:
        """That a ticket is open, with those who can help.

        Only the launch tolerates tickets.
        """
        about = {'fact': words, 'people': _named(self.closers),
                 'by': _named(self.tolerators if launch else ())}
        if not about['by']:
            return Message('%(fact)s (%(people)s can close it)',
                           **about) if about['people'] else words
        if about['people'] == about['by']:
            return Message('%(fact)s (%(people)s can close or tolerate it)',
                           **about)
        if not about['people']:
            return Message('%(fact)s (%(by)s can tolerate it)', **about)
        return Message('%(fact)s (%(people)s can close it, or %(by)s '
                       'tolerate it)', **about)


def naming_help(obstacles: Iterable[Obstacle], known: Mapping[int, TicketHelp],
                launch: bool) -> tuple[Obstacle, ...]:
    """Obstacles, those of open tickets with the names of who can help."""
    return tuple(
        replace(o, words=known[o.ticket].told(o.words, launch))
        if o.kind == OPEN_TICKET and o.ticket and o.ticket in known else o
        for o in obstacles)


def _named(people: tuple[str, ...]) -> str:
    """The first few people, by name."""
    return joined([*map(quoted_login, people[:FEW]), *(
        [Message('%(count)s more', count=len(people) - FEW)]
        if people[FEW:] else [])], 'or')


def open_tickets(snapshot: Snapshot, stage: Stage) -> Iterator[Obstacle]:
    """The open tickets in the milestone of a stage, as obstacles.

    After the launch without those that came in by people who may not stop it.
    """
    for ticket in counted(snapshot, stage):
        yield Obstacle(OPEN_TICKET, Message(
            '#%(ticket)s is open in %(milestone)s', ticket=ticket,
            milestone=stage.milestone), ticket, stage.key)
    if stage.key in snapshot.crowded:
        yield Obstacle(OPEN_TICKET, Message(
            'more tickets are open in %(milestone)s',
            milestone=stage.milestone), stage=stage.key)
