"""Tolerance: how far a value may be from its estimate, as shares of it."""

from __future__ import annotations

from fractions import Fraction

from prodworkflow.domain.quantities.measurement import amount

# The unit of a pure number: a bare one is in parts of 1.
SHARE = ''


def tolerance(text: str) -> tuple[Fraction | None, Fraction | None]:
    """Convert a tolerance to fractions of 1: how far below and above.

    `20 %` is both, `+20 %` only bounds what is above, `-5 %` what is below;
    None for no bound.  UnitError if it has a dimension.
    """
    far = abs(amount(text, SHARE))
    sign = text.strip()[:1]
    return (None if sign == '+' else far), (None if sign == '-' else far)
