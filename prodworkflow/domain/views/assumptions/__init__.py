"""Assumptions: what a decision would be if something were said of it."""

from prodworkflow.domain.views.assumptions.assumed import assumed
from prodworkflow.domain.views.assumptions.typed import typed_assumptions

__all__ = ['assumed', 'typed_assumptions']
