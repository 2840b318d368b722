"""Evidence report: each piece of evidence beside what is asked for.

A measured value stands beside the estimate that it is compared with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.model.evidence import Evidence, ProofKind, ValueSpec
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import (
    compared,
    latest,
    SubmittedEvidence,
    value_of,
)
from prodworkflow.domain.rules.evidence import violation
from prodworkflow.domain.text import joined_by, Message
from prodworkflow.domain.units import amount, UnitError

NOT_GIVEN = Message('not given yet')


@dataclass(frozen=True)
class EvidenceLine:
    """One value, plot or link that a requirement asks for.

    `other` is the requirement with whose value of the same name it is
    compared, `estimate` that value ('' if there is none yet) and `difference`
    how far it is away from it, like `+30 %`; `fault` is why it is out of
    bounds, in words, or ''.
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

    @property
    def proof(self) -> Evidence | None:
        """The submitted evidence; None if there is none."""
        return self.given.proof if self.given else None

    @property
    def limits(self) -> str:
        """The bounds, or the kind of evidence, in words."""
        if self.asked is None:
            return (Message('a plot beside its reference')
                    if self.kind == ProofKind.PLOT.value
                    else Message('a link'))
        value = self.asked
        limits = [value.at_least and Message('at least %(at_least)s',
                                             at_least=value.at_least),
                  value.at_most and Message('at most %(at_most)s',
                                            at_most=value.at_most),
                  value.compare_with and Message(
                      'within %(tolerance)s of the estimate',
                      tolerance=value.tolerance)]
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
        if self.difference:
            words = Message('%(words)s, measured %(difference)s',
                            words=words, difference=self.difference)
        return Message('%(words)s (%(limits)s)', words=words,
                       limits=self.limits) if self.asked else words

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
                'tolerance': (self.asked and self.asked.tolerance) or None,
                'difference': self.difference or None,
                'fault': self.fault or None}


def exhibits(requirement: Requirement, state: State) -> list[EvidenceLine]:
    """All evidence that a requirement asks for, in the template's order."""
    given = latest(requirement, state)
    found = [_value(v, given.get((ProofKind.VALUE.value, v.name)), state)
             for v in requirement.asks.values]
    for kind, names in ((ProofKind.PLOT.value, requirement.asks.plots),
                        (ProofKind.LINK.value, requirement.asks.links)):
        found += [EvidenceLine(kind, name, name, given=given.get((kind, name)))
                  for name in names]
    return found


def _value(value: ValueSpec, given: SubmittedEvidence | None,
           state: State) -> EvidenceLine:
    other = compared(value.compare_with, state)
    estimate = value_of(other, state, value.name) if other else ''
    text = given.proof.text if given else ''
    return EvidenceLine(
        ProofKind.VALUE.value, value.name, value.title, value, given, other,
        estimate, _difference(text, estimate, value.unit),
        violation(value, text, state) if text else '')


def _difference(text: str, estimate: str, unit: str) -> str:
    """The difference of two quantities, in percent of `estimate`."""
    try:
        if not text or not estimate:
            return ''
        base = amount(estimate, unit)
        away = (amount(text, unit) - base) / abs(base) * 100
    except (UnitError, ZeroDivisionError):
        return ''
    return f'{float(away):+.3g} %' if away else Message('as estimated')
