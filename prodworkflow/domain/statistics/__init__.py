"""Statistics: one-sided limits of measured values, and what they need.

Shares have the exact limits of Clopper and Pearson, means those of Student's
t or, where nobody says of how many, of the normal distribution.
"""

from prodworkflow.domain.statistics.limits import (
    half_width,
    mean_half_width,
    share_limit,
)
from prodworkflow.domain.statistics.sample_size import mean_total, share_total

__all__ = ['half_width', 'mean_half_width', 'mean_total', 'share_limit',
           'share_total']
