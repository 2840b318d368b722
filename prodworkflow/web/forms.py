"""Form fields: reads the text that somebody typed, be it sent twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def form_text(args: Mapping[str, Any], field: str) -> str:
    """What was typed in a field, without blanks around it; '' for none."""
    return raw_form_text(args, field).strip()


def raw_form_text(args: Mapping[str, Any], field: str,
                  default: str = '') -> str:
    """What was typed in a field, with its blanks; the first if sent twice.

    The default where there is no such field, or a file in its place.
    """
    value = args.get(field, default)
    if isinstance(value, list):
        value = next(iter(value), default)
    return value if isinstance(value, str) else default
