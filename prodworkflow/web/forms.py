"""Reads form fields."""

from __future__ import annotations


def form_text(args, field):
    """What was typed in a field, the first where it was sent twice."""
    value = args.get(field, '')
    if isinstance(value, list):
        value = next(iter(value), '')
    return value.strip() if isinstance(value, str) else ''
