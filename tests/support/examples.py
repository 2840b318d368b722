"""How many examples a test draws whose examples take long."""

from __future__ import annotations

from hypothesis import settings

# The profile `brief` has 10 where others have 100.
_FEW = 10


def examples(number):
    """That many, but a quarter of them, or 3, where the profile is brief."""
    if settings().max_examples > _FEW:
        return number
    return max(3, number // 4)
