"""Confidence: whether the limit of a value is within an end, too."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf, isinf

from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.quantities import Measurement
from prodworkflow.domain.rules.values.ends import End
from prodworkflow.domain.statistics import (
    half_width,
    mean_half_width,
    mean_total,
    share_limit,
    share_total,
)
from prodworkflow.domain.text import Message


@dataclass(frozen=True)
class Shortfall:
    """What is missing in words, and the total that would be enough, if any.

    `failures` is at how many failures it would, of a count.
    """

    words: str
    needed: int | None = None
    failures: int | None = None


def shortfall(value: ValueSpec, measured: Measurement,
              end: End) -> Shortfall | None:
    """What a value that is within an end lacks to be surely so; or None."""
    level = value.level or 0.0
    asked = {'bound': end.told, 'level': value.confidence}
    width = limit_width(measured, level, end.most)
    if width is None:
        return Shortfall(Message(
            'not known well enough: %(bound)s at %(level)s needs a count, '
            'like 3/149, or an uncertainty, like ± 0.3 (n=20)', **asked))
    room = float(end.room(measured.value))
    unsure = _estimate_width(end, level)
    if half_width(width, unsure) <= room:
        return None
    left = (0.0 if unsure >= room
            else (room - unsure) ** 0.5 * (room + unsure) ** 0.5)
    if unsure and not left:
        return Shortfall(Message(
            'not comparable: %(bound)s at %(level)s needs an estimate that is '
            'known better', **asked))
    if measured.failed is not None:
        return _more_cases(value, measured, end, left, level, asked)
    return _better_mean(measured, left, level, asked)


def limit_width(measured: Measurement, level: float,
                upper: bool) -> float | None:
    """How far the limit of a value is from it; None if nothing says so.

    At a level below 50 % it is the value itself.
    """
    if measured.total == 1:
        return inf
    if measured.failed is not None and measured.total is not None:
        limit = share_limit(measured.failed, measured.total, level, upper)
        share = measured.failed / measured.total
        return max(limit - share if upper else share - limit, 0.0) * float(
            measured.whole)
    if measured.error is None or (not measured.error
                                  and measured.total is None):
        return None
    return max(mean_half_width(float(measured.error), measured.total, level),
               0.0)


def surely(value: ValueSpec, measured: Measurement,
           upper: bool) -> Fraction | None:
    """The limit of a value at its confidence; None if there is none.

    Without a confidence it is the value itself.
    """
    if value.level is None:
        return measured.value
    width = limit_width(measured, value.level, upper)
    if width is None or isinf(width):
        return None
    return measured.value + Fraction(width if upper else -width)


def _estimate_width(end: End, level: float) -> float:
    """How far an end may be off, as the estimate that it is drawn from."""
    if end.estimate is None or not end.share:
        return 0.0
    # Less than nothing of an estimate falls as that one rises.
    upper = end.most == (end.share < 0)
    width = limit_width(end.estimate, level, upper) or 0.0
    return width * abs(float(end.share))


def _more_cases(value: ValueSpec, measured: Measurement, end: End,
                left: float, level: float,
                asked: dict[str, str]) -> Shortfall:
    """How many cases would be enough, with as many failures."""
    total, failed = measured.total or 0, measured.failed or 0
    limit = float(end.limit / measured.whole)
    if end.estimate:
        way = left / float(measured.whole)
        limit = failed / total + (way if end.most else -way)
    if not end.most:
        failed, limit = total - failed, 1 - limit
    needed = share_total(failed, limit, level)
    if needed is None:
        return Shortfall(Message(
            'of too few: no number of them is enough for %(bound)s at '
            '%(level)s', **asked))
    told = {**asked, 'total': f'{needed}', 'failed': f'{failed}'}
    if failed:
        return Shortfall(Message(
            'of too few: %(bound)s at %(level)s needs %(total)s with '
            '%(failed)s', **told), needed, failed)
    return Shortfall(Message(
        'of too few: %(bound)s at %(level)s needs %(total)s without a crash',
        **told) if 'crash' in value.name else Message(
        'of too few: %(bound)s at %(level)s needs %(total)s without a '
        'failure', **told), needed, failed)


def _better_mean(measured: Measurement, left: float, level: float,
                 asked: dict[str, str]) -> Shortfall:
    """The mean of how many would be enough, or how sure it has to be."""
    error, total = float(measured.error or 0), measured.total
    needed = mean_total(left, error, total, level) \
        if left and total and total > 1 else None
    if needed is not None:
        return Shortfall(Message(
            'too uncertain: %(bound)s at %(level)s needs the mean of '
            '%(total)s', total=f'{needed}', **asked), needed)
    if total == 1:
        return Shortfall(Message(
            'too uncertain: %(bound)s at %(level)s needs the mean of '
            'several, for one does not show how they differ', **asked))
    return Shortfall(Message(
        'too uncertain: %(bound)s at %(level)s needs a smaller uncertainty',
        **asked))
