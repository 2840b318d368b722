"""Groups of requirements: one for each item of a list, judged together."""

from prodworkflow.domain.rules.groups.evaluation import (
    coverages,
    covered,
    dropped_of,
    unread,
    words,
)

__all__ = ['coverages', 'covered', 'dropped_of', 'unread', 'words']
