"""Assignment of approvals where people stand for others.

Like `assignment`, but of approvals: each counts for a signer and all for whom
the signer stood, and two that count for one person rule each other out.  The
answer is exact up to WAYS combinations, then a conservative no.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.rules.duties.assignment import WAYS
from prodworkflow.domain.rules.eligibility import identity


@dataclass(frozen=True)
class Quota:
    """A requirement that takes `needed` of these approvals."""

    needed: int
    approvals: tuple[SignOff, ...]


_Quotas = Mapping[str, Quota]
_Persons = frozenset[str]


def counted_persons(signoff: SignOff) -> frozenset[str]:
    """The persons that an approval counts for, as it was recorded."""
    return frozenset((signoff.signer, *signoff.persons))


def alone(signoff: SignOff) -> bool:
    """Whether an approval counts for its signer and nobody else."""
    return not signoff.persons[1:] and identity(signoff) == signoff.signer


def approvals_suffice(quotas: _Quotas,
                      apart: Collection[frozenset[str]]) -> bool:
    """Whether every requirement gets its approvals, and nobody counts twice.

    `apart` holds pairs of keys of requirements that different people sign.
    """
    rivals = {key: [k for k in quotas if frozenset((k, key)) in apart
                    and k != key] for key in quotas}
    left = {key: quota for key, quota in (
        (key, _contested(quotas[key], [quotas[k] for k in rivals[key]]))
        for key in quotas) if quota.needed > 0}
    return _placed(sorted(left, key=lambda k: len(left[k].approvals)), left,
                   rivals, {}, iter(range(WAYS)))


def _contested(quota: Quota, rivals: Iterable[Quota]) -> Quota:
    """What is left to choose after the approvals that no rival rules out."""
    theirs = _persons(s for r in rivals for s in r.approvals)
    free: list[SignOff] = []
    for each in quota.approvals:
        if not counted_persons(each) & theirs and _different(each, free):
            free.append(each)
    return Quota(quota.needed - len(free), tuple(
        s for s in quota.approvals
        if s not in free and _different(s, free)))


def _placed(keys: Sequence[str], quotas: _Quotas,
            rivals: Mapping[str, Sequence[str]],
            taken: Mapping[str, _Persons], ways: Iterator[int]) -> bool:
    """Try all choices of the first requirement, then those of the others."""
    if not keys:
        return True
    key, *rest = keys
    barred = frozenset().union(*(taken.get(k, ()) for k in rivals[key]))
    for chosen in combinations(quotas[key].approvals, quotas[key].needed):
        if next(ways, None) is None:
            return False
        mine = _persons(chosen)
        if not mine & barred and all(
                _different(s, chosen[:n]) for n, s in enumerate(chosen)) \
                and _placed(rest, quotas, rivals, {**taken, key: mine}, ways):
            return True
    return False


def _persons(signoffs: Iterable[SignOff]) -> _Persons:
    return frozenset().union(*map(counted_persons, signoffs))


def _different(one: SignOff, others: Iterable[SignOff]) -> bool:
    """Whether an approval is of another person and contact than others."""
    return all(one.signer != s.signer and identity(one) != identity(s)
               for s in others)
