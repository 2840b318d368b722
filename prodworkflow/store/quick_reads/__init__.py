"""Quick reads: what every page of Trac can afford to ask of campaigns."""

from prodworkflow.store.quick_reads.concerned import records_concerning
from prodworkflow.store.quick_reads.fingerprint import underway_fingerprint

__all__ = ['records_concerning', 'underway_fingerprint']
