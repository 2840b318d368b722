"""Waivers: which of them are in force, and why others have lapsed.

Rule 3 of docs/development/rules.rst: a waiver wraps an unmet requirement,
keeps its reason, and lifts nothing else; but one of a value out of bounds
lifts what is better, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff, Waiver
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import basis, counted, evidence_basis
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.answers import Answer, ending, named, Reason
from prodworkflow.domain.rules.eligibility import last_no
from prodworkflow.domain.rules.evidence import (
    BoundViolation,
    faults,
    shortfalls,
    within,
)
from prodworkflow.domain.text import Message


def live(requirement: Requirement, state: State, reason: Reason,
         day: date) -> SignOff | None:
    """The latest waiver in force that lifts a reason, if there is one."""
    said = state.said_of(requirement.key)
    for signoff in sorted(said, key=lambda s: -s.number):
        if (signoff.waiver and signoff.verdict == Verdict.WAIVED.value
                and _is_of(requirement, state, signoff.waiver, reason)
                and not lapsed(requirement, state, signoff, day)
                and covers(requirement, state, signoff.waiver)):
            return signoff
    return None


def unlifted(requirement: Requirement, state: State,
             day: date) -> list[BoundViolation]:
    """The values that do not pass, and that no waiver lifts on a day."""
    return [fault for reason, found in (
        (Reason.OUT_OF_BOUNDS, faults(requirement, state)),
        (Reason.NOT_ENOUGH_STATISTICS, shortfalls(requirement, state)))
        if found and not live(requirement, state, reason, day)
        for fault in found]


@dataclass(frozen=True)
class WaiverStatus:
    """A waiver, and why it is not in force (`ended`, '' if it is).

    `ending` says that it ends soon: `6 days left`, or ''.
    """

    requirement: Requirement
    signoff: SignOff
    ended: str
    ending: str = ''

    @property
    def words(self) -> str:
        """The waiver, its signer and statement, and its status."""
        said = ' '.join(self.signoff.statement.split())
        # The text of a waiver is a message, which str() hands on.
        return Message('%(waiver)s, by %(signer)s: “%(said)s”; %(ended)s',
                       waiver=str(self.signoff.waiver),
                       signer=self.signoff.signer, said=said,
                       ended=self.status)

    @property
    def status(self) -> str:
        """Whether it is in force, and why not or for how long."""
        if self.ended or not self.ending:
            return self.ended or Message('in force')
        return Message('in force, %(ending)s', ending=self.ending)


def account(state: State, day: date) -> list[WaiverStatus]:
    """The status of all waivers of a campaign, latest first."""
    requirements = {r.key: r for r in state.requirements}
    return [WaiverStatus(requirements[s.requirement], s,
                         _ended(requirements[s.requirement], state, s, day),
                         ending(days_left(s.waiver, day)))
            for s in sorted(state.signoffs, key=lambda s: -s.number)
            if s.waiver and s.requirement in requirements]


def days_left(waiver: Waiver, day: date) -> int:
    """For how many days a waiver lasts after a day; 0 on its last one."""
    return (waiver.until - day).days


def _ended(requirement: Requirement, state: State, signoff: SignOff,
           day: date) -> str:
    """Why a waiver is not in force; '' if it is."""
    ended = lapsed(requirement, state, signoff, day)
    if ended or signoff.waiver is None or covers(requirement, state,
                                                 signoff.waiver):
        return ended
    return Message('it does not cover what was measured')


def expiries(answers: Iterable[Answer], state: State,
             day: date) -> list[str]:
    """The answers whose waiver has expired, a phrase each."""
    found: list[str] = []
    for answer in answers:
        reason = answer.reason.value if answer.reason else ''
        said = state.said_of(answer.requirement.key)
        last = max((s.waiver.until for s in said if s.waiver
                    and s.waiver.reason == reason
                    and lapsed(answer.requirement, state, s, day)
                    == _expiry(s.waiver)), default=None)
        if last:
            found.append(Message('the waiver of %(requirement)s expired '
                                 'with %(last)s',
                                 requirement=named(answer), last=last))
    return found


def expired(answers: Iterable[Answer], state: State,
            day: date) -> list[WaiverStatus]:
    """The waivers of unmet requirements that nothing but their day ended.

    Not those in whose place a later one of the same reason was given.
    """
    return [WaiverStatus(answer.requirement, signoff, _expiry(signoff.waiver))
            for answer in answers if not answer.met
            for signoff in _latest(answer.requirement, state)
            if signoff.waiver and day > signoff.waiver.until
            and not _ended(answer.requirement, state, signoff,
                           signoff.waiver.until)]


def expiry_words(status: WaiverStatus) -> Message:
    """That a waiver has expired, as part of a sentence."""
    requirement, waiver = status.requirement, status.signoff.waiver
    return Message(
        'the waiver of %(requirement)s expired with %(last)s',
        requirement=f'#{requirement.ticket} {requirement.title}'
        if requirement.ticket else requirement.title,
        last=waiver.until if waiver else '')


def _latest(requirement: Requirement, state: State) -> list[SignOff]:
    """The last waiver of each reason."""
    found = {s.waiver.reason: s for s in sorted(
        state.said_of(requirement.key), key=lambda s: s.number) if s.waiver}
    return list(found.values())


def lapsed(requirement: Requirement, state: State, signoff: SignOff,
           day: date) -> str:
    """Why a waiver has lapsed, in words; '' if it has not.

    It lapses with its day, a release for which its requirement is asked again
    (those of before voided all waivers: `released`), a later rejection, or a
    measurement outside its bounds; one of changed evidence when that changes
    again.
    """
    waiver = signoff.waiver
    if waiver is None or signoff.number <= requirement.since:
        return Message('it was given for a ticket that is gone')
    if day > waiver.until:
        return _expiry(waiver)
    if signoff.number <= max(state.campaign.released, requirement.stale):
        return Message('it was given for release %(release)s',
                       release=signoff.release or Message('unnamed'))
    no = last_no(requirement, state)
    if no and no.number > signoff.number:
        return Message('%(signer)s has %(verdict)s since', signer=no.signer,
                       verdict=no.verdict)
    if (waiver.reason == Reason.EVIDENCE_CHANGED.value
            and evidence_basis(signoff) != (basis(requirement, state) or ())):
        return Message('the evidence has changed since')
    return _left(requirement, state, signoff, waiver)


def _expiry(waiver: Waiver) -> str:
    return Message('it expired with %(until)s', until=waiver.until)


def covers(requirement: Requirement, state: State, waiver: Waiver) -> bool:
    """Whether a waiver's bounds contain all values that are out of bounds.

    True for waivers of other reasons, which have no bounds.
    """
    return (waiver.reason != Reason.OUT_OF_BOUNDS.value
            or _bounded(requirement, waiver, faults(requirement, state)))


def _is_of(requirement: Requirement, state: State, waiver: Waiver,
           reason: Reason) -> bool:
    """Whether a waiver is of a reason.

    One of `out-of-bounds` is of `not-enough-statistics`, too, where all values
    of too few surely keep its bounds: a worse value, that is out of bounds,
    would pass.
    """
    return waiver.reason == reason.value or (
        waiver.reason == Reason.OUT_OF_BOUNDS.value
        and reason is Reason.NOT_ENOUGH_STATISTICS
        and _bounded(requirement, waiver, shortfalls(requirement, state)))


def _bounded(requirement: Requirement, waiver: Waiver,
             found: list[BoundViolation]) -> bool:
    """Whether a waiver's bounds contain all these values."""
    values = {v.name: v for v in requirement.asks.values}
    return all(any(b.name == f.name and within(b, f.text, values[f.name])
                   for b in waiver.bounds)
               for f in found)


def _left(requirement: Requirement, state: State, signoff: SignOff,
          waiver: Waiver) -> str:
    """The later measurement outside the waiver's bounds, in words."""
    values = {v.name: v for v in requirement.asks.values}
    for given in counted(requirement, state):
        proof = given.proof
        if given.signoff.number > signoff.number and any(
                b.name == proof.name and not within(
                    b, proof.text, values.get(
                        b.name, ValueSpec(b.name, b.name, '')))
                for b in waiver.bounds):
            return Message('%(name)s was measured at %(text)s since',
                           name=proof.name, text=proof.text)
    return ''
