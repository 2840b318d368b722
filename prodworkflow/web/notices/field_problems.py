"""Problems of fields: what is wrong with what was typed, to stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prodworkflow.domain.errors import InvalidRequest

KEY = 'prodworkflow.field_problems'


def keep_problems(req: Any, error: InvalidRequest) -> None:
    """Keep what is wrong for the form that comes back with this request."""
    found: dict[str, str] = {}
    for field, words in error.problems:
        found.setdefault(field, words)
    req.environ[KEY] = found


def kept_problems(req: Any) -> Mapping[str, str]:
    """What is wrong with what was typed, by the names of fields."""
    found: Mapping[str, str] = req.environ.get(KEY, {})
    return found
