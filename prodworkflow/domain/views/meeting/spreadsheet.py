"""Cells of a table that a spreadsheet opens."""

from __future__ import annotations

# What a spreadsheet takes for the beginning of a formula.
FORMULA = ('=', '+', '-', '@', '\t', '\r')


def cell(text: str) -> str:
    """A text that no spreadsheet computes: a formula gets an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA) else text
