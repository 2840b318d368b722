"""Canonical JSON: values as plain data, and the one text that is hashed."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any


def plain(value: Any) -> Any:
    """Convert a value to plain data: dataclasses to dicts, tuples to lists.

    Days become ISO 8601 texts; everything else stays as it is.
    """
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def canonical(value: Any) -> str:
    """The canonical JSON text of plain data, for hashes.

    Keys are sorted, there are no spaces, all is ASCII. ValueError for NaN and
    infinity, TypeError for what is no plain data.
    """
    return json.dumps(value, sort_keys=True, separators=(',', ':'),
                      allow_nan=False)
