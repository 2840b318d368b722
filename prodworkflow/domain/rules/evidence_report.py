"""Lays out evidence: what is asked for beside what was given, line by line.

A measured value stands beside the estimate that it is compared with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.model.evidence import Evidence, ProofKind, ValueSpec
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.evidence import (
    latest,
    SubmittedEvidence,
    value_of,
    violation,
)
from prodworkflow.domain.units import amount, UnitError


@dataclass(frozen=True)
class EvidenceLine:
    """One value, plot or link that a requirement asks for.

    `other` is the requirement whose value of the same name it is compared
    with, `estimate` that value ('' while there is none), `difference` how
    far the given one is away from it, like `+30 %`; `fault` is what the
    bounds have against it, in words, or ''.
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
        return self.given.proof if self.given else None

    @property
    def limits(self) -> str:
        """What is asked of it, in words."""
        if self.asked is None:
            return ('a plot beside its reference'
                    if self.kind == ProofKind.PLOT.value else 'a link')
        value = self.asked
        told = [value.at_least and f'at least {value.at_least}',
                value.at_most and f'at most {value.at_most}',
                value.compare_with and f'within {value.tolerance} of the '
                'estimate']
        return ', '.join(filter(None, told)) or f'a value in {value.unit}'

    @property
    def words(self) -> str:
        """What was given beside what it is compared with, in a phrase."""
        proof = self.proof
        if proof is None or self.given is None:
            told = 'not given yet'
        elif proof.reference:
            told = (f'{proof.text} (SHA-256 {proof.digest}) beside '
                    f'{proof.reference} (SHA-256 {proof.reference_digest})')
        else:
            told = proof.text
        if self.given:
            told += f', by {self.given.signoff.signer}'
        if self.other:
            told += f'; estimate {self.estimate or "not given yet"}'
        if self.difference:
            told += f', measured {self.difference}'
        asked = self.limits if self.asked else ''
        return f'{told} ({asked})' if asked else told

    def as_dict(self) -> dict[str, Any]:
        """The line as JSON shows it."""
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
    """All that a requirement asks for, in the order of the template."""
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
    other = next((r for r in state.requirements
                  if r.key == value.compare_with), None)
    estimate = value_of(other, state, value.name) if other else ''
    text = given.proof.text if given else ''
    return EvidenceLine(
        ProofKind.VALUE.value, value.name, value.title, value, given, other,
        estimate, _difference(text, estimate, value.unit),
        violation(value, text, state) if text else '')


def _difference(text: str, estimate: str, unit: str) -> str:
    """How far a quantity is from another, in percent of the other."""
    try:
        if not text or not estimate:
            return ''
        base = amount(estimate, unit)
        away = (amount(text, unit) - base) / abs(base) * 100
    except (UnitError, ZeroDivisionError):
        return ''
    return f'{float(away):+.3g} %' if away else 'as estimated'
