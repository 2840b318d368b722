"""Statistics of a value for programs: its count, its limit, what is enough."""

from __future__ import annotations

from typing import Any

from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.quantities import Measurement, UnitError
from prodworkflow.domain.rules.values.confidence import surely

NOTHING_KNOWN = {'failed': None, 'total': None, 'limit': None}


def statistics_dict(value: ValueSpec | None,
                    text: str) -> dict[str, Any]:
    """How well a value is known, as JSON; None for what is not known.

    `failed` of `total` are counted, or the mean is of `total`; `limit` is the
    one-sided limit at the confidence that is asked for, in the value's unit.
    """
    if value is None or not text:
        return NOTHING_KNOWN
    try:
        measured = value.measurement(text)
    except UnitError:
        return NOTHING_KNOWN
    return {'failed': measured.failed, 'total': measured.total,
            'limit': _limit(value, measured)}


def _limit(value: ValueSpec, measured: Measurement) -> str | None:
    """The upper limit, or the lower one of what must not be too little."""
    upper = bool(value.at_most or not value.at_least)
    limit = surely(value, measured, upper) if value.confidence else None
    return None if limit is None else f'{float(limit):.4g} {value.unit}'
