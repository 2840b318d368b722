"""Evidence report: each piece of evidence beside what is asked for.

A measured value stands beside the estimate that it is compared with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from prodworkflow.domain.model.evidence import Evidence, ProofKind, ValueSpec
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import (
    compared,
    latest,
    PLOT,
    SubmittedEvidence,
    VALUE,
    value_of,
)
from prodworkflow.domain.quantities import UnitError
from prodworkflow.domain.rules.evidence import fault
from prodworkflow.domain.rules.revisions.estimates import (
    comparing,
    estimate_series,
    EstimateStep,
    series_words,
)
from prodworkflow.domain.rules.revisions.evidence_changes import (
    evidence_changes,
    EvidenceChange,
    OF_WHAT,
)
from prodworkflow.domain.rules.revisions.questions import questions
from prodworkflow.domain.rules.values import statistics_dict
from prodworkflow.domain.text import joined_by, Message

NOT_GIVEN = Message('not given yet')


@dataclass(frozen=True)
class EvidenceLine:
    """One value, plot or link that a requirement asks for.

    `other` is the requirement with whose value of the same name it is
    compared, `estimate` that value ('' if there is none yet) and `difference`
    how far it is away from it, like `+30 %`; `fault` is why it is out of
    bounds, or of too few, in words, or ''; `reason` says which of them, and
    `needed` of how many would be enough, with how many `failures`.  `series`
    are the values that the estimate had, or this value where it is one
    itself; `changes` what is not as approved; `questions` what a signer is
    asked to look at.
    """

    kind: str
    name: str
    title: str
    asked: ValueSpec | None = None
    given: SubmittedEvidence | None = None
    other: Requirement | None = None
    estimate: str = ''
    difference: str = ''
    fault: str = ''
    series: tuple[EstimateStep, ...] = ()
    changes: tuple[EvidenceChange, ...] = ()
    reason: str = ''
    needed: int | None = None
    failures: int | None = None
    questions: tuple[Message, ...] = ()

    @property
    def proof(self) -> Evidence | None:
        """The submitted evidence; None if there is none."""
        return self.given.proof if self.given else None

    @property
    def limits(self) -> str:
        """The bounds, or the kind of evidence, in words."""
        if self.asked is None:
            return (Message('a plot beside its reference')
                    if self.kind == PLOT
                    else Message('a link'))
        value = self.asked
        limits = [value.at_least and Message('at least %(at_least)s',
                                             at_least=value.at_least),
                  value.at_most and Message('at most %(at_most)s',
                                            at_most=value.at_most),
                  value.compare_with and _tolerated(value.tolerance),
                  value.confidence and Message(
                      'at %(level)s confidence', level=value.confidence),
                  Message('of at least %(minimum)s', minimum=value.minimum)
                  if value.minimum else '']
        if any(limits):
            return joined_by(', ', filter(None, limits))
        return Message('a value in %(unit)s', unit=value.unit)

    @property
    def words(self) -> str:
        """The submitted evidence, its estimate and bounds, in a phrase."""
        words = self._submitted
        if self.other:
            words = Message('%(words)s; estimate %(estimate)s', words=words,
                            estimate=self.estimate or NOT_GIVEN)
        if self.revisions:
            words = Message('%(words)s (%(revisions)s)', words=words,
                            revisions=self.revisions)
        if self.difference:
            words = Message('%(words)s, measured %(difference)s',
                            words=words, difference=self.difference)
        if self.asked:
            words = Message('%(words)s (%(limits)s)', words=words,
                            limits=self.limits)
        if self.questions:
            words = Message('%(words)s; to be looked at: %(questions)s',
                            words=words,
                            questions=joined_by('; ', self.questions))
        return Message('%(words)s; %(approved)s', words=words,
                       approved=self.approved) if self.changes else words

    @property
    def revisions(self) -> str:
        """How the estimate was revised, in words; '' if it was not."""
        return series_words(self.series)

    @property
    def approved(self) -> str:
        """What was approved, where that is not what is given; else ''."""
        return joined_by('; ', [c.approved for c in self.changes]) \
            if self.changes else ''

    @property
    def _submitted(self) -> str:
        """The submitted evidence and its signer."""
        if self.given is None:
            return NOT_GIVEN
        proof, words = self.given.proof, self.given.proof.text
        if proof.reference:
            words = Message('%(text)s (SHA-256 %(digest)s) beside '
                            '%(reference)s (SHA-256 %(reference_digest)s)',
                            text=proof.text, digest=proof.digest,
                            reference=proof.reference,
                            reference_digest=proof.reference_digest)
        return Message('%(words)s, by %(signer)s', words=words,
                       signer=self.given.signoff.signer)

    def as_dict(self) -> dict[str, Any]:
        """The line as JSON; digests are hexadecimal SHA-256."""
        proof, signoff = self.proof, self.given and self.given.signoff
        return {'kind': self.kind, 'name': self.name, 'title': self.title,
                'asked': self.limits,
                'given': proof and proof.text,
                'sha256': proof and proof.digest,
                'reference': (proof and proof.reference) or None,
                'reference_sha256': (proof and proof.reference_digest)
                or None,
                'by': signoff and signoff.signer,
                'release': signoff and signoff.release,
                'entry': signoff and signoff.number,
                'estimate': self.estimate or None,
                'estimate_of': self.other and self.other.key,
                'estimates': [s.as_dict() for s in self.series],
                'tolerance': (self.asked and self.asked.tolerance) or None,
                'difference': self.difference or None,
                'fault': self.fault or None,
                'fault_reason': self.reason or None,
                'needed': self.needed,
                'enough': {'total': self.needed, 'failures': self.failures}
                if self.needed else None,
                **statistics_dict(self.asked, proof.text if proof else ''),
                'confidence': (self.asked and self.asked.confidence) or None,
                'minimum': (self.asked and self.asked.minimum) or None,
                'read': proof.read.as_dict() if proof and proof.read
                else None,
                'questions': [f'{words}' for words in self.questions],
                'approved_otherwise': [c.as_dict() for c in self.changes]}


def exhibits(requirement: Requirement, state: State,
             former: Iterable[SignOff] = ()) -> list[EvidenceLine]:
    """All evidence that a requirement asks for, in the template's order.

    `former` are approvals that were given for other evidence.
    """
    given = latest(requirement, state)
    found = [_value(v, given.get((VALUE, v.name)), requirement, state)
             for v in requirement.asks.values]
    for kind, names in ((PLOT, requirement.asks.plots),
                        (ProofKind.LINK.value, requirement.asks.links)):
        found += [EvidenceLine(kind, name, name, given=given.get((kind, name)))
                  for name in names]
    changes = evidence_changes(requirement, state, former)
    return [replace(line, changes=tuple(
        c for c in changes if _about(c, line))) if changes else line
        for line in found]


def _about(change: EvidenceChange, line: EvidenceLine) -> bool:
    """Whether a change is one of a line's evidence."""
    kind = OF_WHAT.get(change.kind, change.kind)
    return (kind, change.name) == (line.kind, line.name)


def _value(value: ValueSpec, given: SubmittedEvidence | None,
           requirement: Requirement, state: State) -> EvidenceLine:
    other = compared(value.compare_with, state)
    estimate = value_of(other, state, value.name) if other else ''
    text = given.proof.text if given else ''
    series: tuple[EstimateStep, ...] = ()
    if other or comparing(requirement, state, value.name):
        series = estimate_series(other or requirement, state, value.name)
    why = fault(value, text, state) if text else None
    return EvidenceLine(
        VALUE, value.name, value.title, value, given, other,
        estimate, _difference(text, estimate, value),
        why.words if why else '', series,
        reason=why.reason.value if why else '',
        needed=why.needed if why else None,
        failures=why.failures if why else None,
        questions=questions(value, given, requirement, state))


def _tolerated(tolerance: str) -> Message:
    """A tolerance in words; one with a sign is of one side."""
    far = tolerance.lstrip(' +-')
    sides = {'+': Message('at most %(far)s above the estimate', far=far),
             '-': Message('at most %(far)s below the estimate', far=far)}
    return sides.get(tolerance.strip()[:1], Message(
        'within %(tolerance)s of the estimate', tolerance=tolerance))


def _difference(text: str, estimate: str, value: ValueSpec) -> str:
    """The difference of two quantities, in percent of `estimate`."""
    try:
        if not text or not estimate:
            return ''
        base = value.amount(estimate)
        away = (value.amount(text) - base) / abs(base) * 100
    except (UnitError, ZeroDivisionError):
        return ''
    return f'{float(away):+.3g} %' if away else Message('as estimated')
