"""Cells of matrices: the state of one sign-off in few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.vocabulary import Reason, Verdict
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.text import joined, Message
from prodworkflow.domain.views.marks import code, WORDS
from prodworkflow.domain.views.my_signoffs import AGAIN, due_day
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.timeline import days_away

# Which verdict a state is about, where it is one that does not count now.
FORMER = {Reason.REJECTED: Verdict.REJECTED,
          Reason.WITHDRAWN: Verdict.WITHDRAWN,
          Reason.STALE: Verdict.APPROVED,
          Reason.EVIDENCE_CHANGED: Verdict.APPROVED}


@dataclass(frozen=True)
class Cell:
    """One sign-off; `time` is when it got its state (µs UTC), 0 if none has.

    `signers` have said so. `late` is in days after its due date. `release` is
    the one that a stale approval was given for. `mine` says that the viewer
    may sign it.
    """

    answer: Answer
    signers: tuple[str, ...] = ()
    time: int = 0
    late: int = 0
    release: str = ''
    mine: bool = False

    @property
    def state(self) -> str:
        """Its code: met, waived, or the reason why it is unmet."""
        return code(self.answer)

    @property
    def word(self) -> Message:
        """Its state in a word or two."""
        return WORDS[self.state]

    @property
    def names(self) -> str:
        """Who has signed, in words; '' for nobody."""
        return joined(self.signers)

    @property
    def people(self) -> tuple[str, ...]:
        """Who has signed; where nobody has, who is awaited."""
        return self.signers or self.answer.awaits.contacts

    @property
    def again(self) -> bool:
        """Whether it was signed before and is asked again."""
        return not self.answer.met and self.answer.reason in AGAIN

    @property
    def note(self) -> str:
        """What a sign-off lacks that was given in part, or for what it was."""
        if self.state == Reason.QUORUM_SHORT.value:
            return Message('%(met)s of %(all)s', met=len(self.signers),
                           all=self.answer.requirement.quorum)
        return Message('for %(release)s',
                       release=self.release) if self.release else ''

    @property
    def lateness(self) -> str:
        """How late it is: `2 days late`; '' if it is not."""
        return days_away(-self.late) if self.late else ''


def cell(told: Readiness, answer: Answer) -> Cell:
    """The cell of an answer that a viewer is told."""
    signers, time, release = _given(told, answer)
    return Cell(answer, signers, time, days_late(told, answer), release,
                answer.requirement.key in told.mine)


def days_late(told: Readiness, answer: Answer) -> int:
    """Days after the day that an unmet sign-off is due; 0 if it is not late.

    Nothing is in a stage that is closed or a campaign that ended.
    """
    requirement = answer.requirement
    state = told.decision.snapshot.state
    if answer.met or state.campaign.ended or told.decision.closed(
            state.stage(requirement.stage)):
        return 0
    due = due_day(told.decision, requirement)
    return max((day_of(told.decision.asked) - due).days, 0) if due else 0


def _given(told: Readiness,
           answer: Answer) -> tuple[tuple[str, ...], int, str]:
    """Who gave a sign-off its state, when, and for which former release."""
    if answer.waived:
        return (*_said(lift.waiver for lift in answer.lifts), '')
    said = told.decision.snapshot.state.said_of(answer.requirement.key)
    former = FORMER.get(answer.reason) if answer.reason else None
    if former:
        found = [s for s in said if s.verdict == former.value][-1:]
        stale = answer.reason is Reason.STALE
        return (*_said(found), next(
            (s.release for s in found if stale), ''))
    return (*_said(s for s in said if s.signer in answer.signers
                   and s.verdict == Verdict.APPROVED.value), '')


def _said(signoffs: Iterable[SignOff]) -> tuple[tuple[str, ...], int]:
    """Who said so, and when last."""
    found = list(signoffs)
    return (tuple(dict.fromkeys(s.signer for s in found)),
            max((s.time for s in found), default=0))
