"""Judgement of a measured value: within or out, by how much, in words."""

from __future__ import annotations

from fractions import Fraction

from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.quantities import tolerance, UnitError
from prodworkflow.domain.rules.answers import Answer, Reason
from prodworkflow.domain.rules.evidence_report import EvidenceLine
from prodworkflow.domain.text import Message


def judgement(line: EvidenceLine, answer: Answer) -> str:
    """What the rules make of a value, in a few words; '' without bounds."""
    asked, proof = line.asked, line.proof
    if asked is None or proof is None:
        return Message('not measured yet')
    waived = _waived(line, answer)
    if waived:
        return waived
    if line.reason == Reason.NOT_ENOUGH_STATISTICS.value:
        return line.fault
    try:
        return (_out(line, asked, proof.text) if line.fault
                else _within(line, asked, proof.text))
    except (UnitError, ZeroDivisionError):
        return line.fault


def strain(line: EvidenceLine) -> Fraction:
    """How much of what is allowed a value takes: above 1 it is out of bounds.

    -1 where nothing is measured; 0 where nothing bounds it.
    """
    if line.asked is None or line.proof is None:
        return Fraction(-1)
    try:
        found = _parts(line, line.asked, line.asked.amount(line.proof.text))
    except (UnitError, ZeroDivisionError):
        found = []
    return max(found, default=Fraction(2 if line.fault else 0))


def _parts(line: EvidenceLine, asked: ValueSpec,
           measured: Fraction) -> list[Fraction]:
    """What of each bound a measured value takes."""
    found = []
    if asked.at_most:
        found.append(measured / asked.amount(asked.at_most))
    if asked.at_least:
        found.append(asked.amount(asked.at_least) / measured)
    if line.estimate and asked.tolerance:
        base = asked.amount(line.estimate)
        away = (measured - base) / abs(base)
        below, above = tolerance(asked.tolerance)
        allowed = above if away > 0 else below
        if allowed:
            found.append(abs(away) / allowed)
    return found


def _waived(line: EvidenceLine, answer: Answer) -> str:
    """Up to where a waiver lifts it; '' if none does."""
    if not line.fault:
        return ''
    for lift in answer.lifts:
        waiver = lift.waiver.waiver
        if waiver and waiver.reason == Reason.OUT_OF_BOUNDS.value:
            for bound in waiver.bounds:
                if bound.name == line.name:
                    return Message('within the waiver: %(bound)s',
                                   bound=bound.interval)
    return ''


def _out(line: EvidenceLine, asked: ValueSpec, text: str) -> str:
    measured = asked.amount(text)
    if asked.at_most and measured > asked.amount(asked.at_most):
        return Message('above %(bound)s', bound=asked.at_most)
    if asked.at_least and measured < asked.amount(asked.at_least):
        return Message('below %(bound)s', bound=asked.at_least)
    told = {'far': _far(line, asked, measured),
            'tolerance': asked.tolerance.lstrip(' +-')}
    if measured > asked.amount(line.estimate):
        return Message('%(far)s above the estimate, allowed %(tolerance)s',
                       **told)
    return Message('%(far)s below the estimate, allowed %(tolerance)s',
                   **told)


def _within(line: EvidenceLine, asked: ValueSpec, text: str) -> str:
    if not line.estimate:
        return Message('within') if asked.at_most or asked.at_least else (
            Message('not compared yet') if line.other else '')
    measured = asked.amount(text)
    base = asked.amount(line.estimate)
    if measured == base:
        return Message('within, as estimated')
    far = _far(line, asked, measured)
    if measured > base:
        return Message('within, %(far)s above the estimate', far=far)
    return Message('within, %(far)s below the estimate', far=far)


def _far(line: EvidenceLine, asked: ValueSpec, measured: Fraction) -> str:
    """The distance from the estimate, in percent of it."""
    base = asked.amount(line.estimate)
    far = f'{float(abs((measured - base) / base)) * 100:.1f}'
    return f'{far.removesuffix(".0")} %'
