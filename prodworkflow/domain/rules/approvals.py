"""Approvals: whether enough of them count, and why not.

They count for the present release, for the evidence that there is now, and
as long as nobody stands against them: rules 1 and 2 of
docs/development/rules.rst.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from prodworkflow.domain.logins import quoted_login
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.snapshot import TicketFacts
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import of_release
from prodworkflow.domain.model.vocabulary import Role, Verdict
from prodworkflow.domain.rules.answers import Reason, UnmetReason
from prodworkflow.domain.rules.bases import (
    Base,
    borne_out,
    lacks_release,
    left_behind,
    unmet_names,
)
from prodworkflow.domain.rules.duties.awaited import Awaited, awaited
from prodworkflow.domain.rules.duties.separation import double_signers
from prodworkflow.domain.rules.eligibility import (
    different,
    for_evidence,
    for_other_evidence,
    is_automatic,
    last_no,
    valid_approvals,
)
from prodworkflow.domain.rules.revisions.evidence_changes import (
    approved_otherwise,
)
from prodworkflow.domain.text import joined_by, Message


@dataclass(frozen=True)
class Approvals:
    """The approvals of a requirement, with all that they depend on."""

    state: State
    requirement: Requirement
    facts: TicketFacts
    day: date
    bases: tuple[Base, ...] = ()

    @cached_property
    def awaited(self) -> Awaited:
        """Who can still help."""
        return awaited(self.requirement, self.state, self.day, self._counted)

    @cached_property
    def awaits(self) -> str:
        """Who can still help, as part of a sentence."""
        signers = self.awaited.words
        first = (Message('the release')
                 if lacks_release(self.requirement, self.state)
                 else unmet_names(self.bases))
        return (Message('awaits %(bases)s, then %(signers)s', bases=first,
                        signers=signers) if first
                else Message('awaits %(signers)s', signers=signers))

    @property
    def quorum(self) -> int:
        """The number of approvals it takes, at least one."""
        return max(self.requirement.quorum, 1)

    def signers(self, full: bool = False) -> tuple[str, ...]:
        """The signers of counted approvals.

        `full` adds for whom a deputy stood, the release of an approval that is
        carried over, and that one was given without a statement.
        """
        return tuple(self._signed(s) if full else s.signer
                     for s in self._counted)

    def _signed(self, signoff: SignOff) -> str:
        notes = []
        if signoff.role == Role.DEPUTY.value:
            notes.append(Message('for %(contact)s',
                                 contact=quoted_login(signoff.contact)))
        if (self.requirement.release_bound
                and signoff.release != self.state.campaign.release):
            notes.append(Message('for %(release)s, carried over',
                                 release=signoff.release
                                 or Message('no release')))
        if not signoff.statement.strip():
            notes.append(Message('without a statement'))
        signer = quoted_login(signoff.signer)
        return Message('%(signer)s (%(notes)s)', signer=signer,
                       notes=joined_by('; ', notes)) if notes else signer

    @cached_property
    def _standing(self) -> list[SignOff]:
        """The valid approvals for any release.

        Approvals of people who signed a separated requirement do not count.
        """
        apart = double_signers(self.state, self.requirement)
        return [s for s in valid_approvals(self.requirement, self.state)
                if s.signer not in apart]

    @cached_property
    def _present(self) -> list[SignOff]:
        """The valid approvals for the present release."""
        release = self.state.campaign.release
        return [s for s in self._standing
                if of_release(self.requirement, s, release)]

    @cached_property
    def _counted(self) -> tuple[SignOff, ...]:
        """Those for the present evidence that what they rest on bears out."""
        return different([s for s in self._for_evidence
                          if borne_out(s, self.bases)])

    @cached_property
    def former(self) -> list[SignOff]:
        """The valid approvals that were given for other evidence."""
        return for_other_evidence(self._present, self.requirement, self.state)

    @cached_property
    def _for_evidence(self) -> list[SignOff]:
        return for_evidence(self._present, self.requirement, self.state)

    def unapproved(self) -> UnmetReason | None:
        """Why there are too few approvals; None if there are enough."""
        if self.requirement.asks.automatic:
            return self._stopped()
        counted, ever = self._counted, different(self._standing)
        if len(counted) >= self.quorum:
            return None
        if self.former:
            return UnmetReason(Reason.EVIDENCE_CHANGED, approved_otherwise(
                self.requirement, self.state, self.former), self.awaits)
        if len(different(self._present)) >= self.quorum:
            return UnmetReason(
                Reason.STALE, left_behind(self._present, self.bases),
                '' if unmet_names(self.bases) else self.awaits)
        if len(ever) >= self.quorum:
            return UnmetReason(Reason.STALE, self._stale(len(counted)),
                               self.awaits)
        if ever:
            return self.unaccounted() or UnmetReason(
                Reason.QUORUM_SHORT,
                Message('has %(count)s of %(quorum)s approvals',
                        count=len(counted), quorum=self.requirement.quorum),
                self.awaits)
        return self._unsaid()

    def _stopped(self) -> UnmetReason | None:
        """Why evidence alone does not meet it yet; None if it does."""
        last = last_no(self.requirement, self.state)
        if last and not is_automatic(self.requirement, self.state):
            return self._said_no(last)
        early = lacks_release(self.requirement, self.state) or unmet_names(
            self.bases)
        return UnmetReason(Reason.AWAITING, '', self.awaits) if early else None

    def _stale(self, count: int) -> Message:
        """That it was approved for another release.

        `count` is the number of approvals for the present one.
        """
        release = (self.state.campaign.release
                   or Message('the present one'))
        words = Message('was signed for another release than %(release)s',
                        release=release)
        return Message('%(words)s and has %(count)s of %(quorum)s approvals '
                       'for it', words=words, count=count,
                       quorum=self.quorum) if count else words

    def _unsaid(self) -> UnmetReason:
        """Why there is no valid approval at all."""
        if self.facts.closed and not self._waived_once():
            return self._closed_unsigned()
        unaccounted = self.unaccounted()
        if unaccounted:
            return unaccounted
        last = last_no(self.requirement, self.state)
        return (UnmetReason(Reason.AWAITING, '', self.awaits)
                if last is None else self._said_no(last))

    def _said_no(self, last: SignOff) -> UnmetReason:
        """That somebody rejected or withdrew it, and nobody signed since."""
        if last.verdict == Verdict.REJECTED.value:
            return UnmetReason(Reason.REJECTED, Message(
                'was rejected by %(signer)s', signer=last.signer),
                            self.awaits)
        return UnmetReason(Reason.WITHDRAWN, Message(
            'was withdrawn by %(signer)s', signer=last.signer), self.awaits)

    def _waived_once(self) -> bool:
        """Whether a waiver, in force or not, has closed the ticket."""
        return any(s.number > self.requirement.since
                   and s.verdict == Verdict.WAIVED.value
                   for s in self.state.said_of(self.requirement.key))

    def unaccounted(self) -> UnmetReason | None:
        """That the ticket was closed without a check; None if it was not."""
        if self.requirement.asks.automatic:
            return None
        if self.facts.closed and (
                self.requirement.unsigned
                or self.facts.changed > self.requirement.seen):
            return self._closed_unsigned()
        return None

    def _closed_unsigned(self) -> UnmetReason:
        how = self.facts.resolution or Message('no resolution')
        return UnmetReason(Reason.CLOSED_UNSIGNED,
                           Message('was closed (%(how)s) without a sign-off',
                                   how=how),
                           self.awaits)
