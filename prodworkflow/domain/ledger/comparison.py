"""Comparison of the stored projection with the replayed ledger, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message


def differences(expected: State, stored: State) -> list[str]:
    """Compare stored state with the replayed one: a message a difference."""
    if expected == stored:
        return []
    found = _fields('campaign', expected.campaign, stored.campaign)
    for kind in ('stages', 'requirements', 'signoffs'):
        found += _rows(kind[:-1], _by_key(getattr(expected, kind)),
                       _by_key(getattr(stored, kind)))
    for kind in ('lists', 'groups', 'dropped', 'known_issues', 'concerns'):
        if getattr(expected, kind) != getattr(stored, kind):
            found.append(Message('the %(kind)s of the campaign are not '
                                 'those of the ledger',
                                 kind=kind.replace('_', ' ')))
    return found


def _by_key(rows: Iterable[Any]) -> dict[Any, Any]:
    return {getattr(row, 'key', None) or row.number: row for row in rows}


def _rows(kind: str, expected: Mapping[Any, Any],
          stored: Mapping[Any, Any]) -> list[str]:
    found: list[str] = []
    for key in sorted({*expected, *stored}, key=str):
        if key not in stored:
            found.append(Message('%(kind)s %(key)s is in the ledger, not in '
                                 'its table',
                                 kind=kind, key=key))
        elif key not in expected:
            found.append(Message('%(kind)s %(key)s is in its table, not in '
                                 'the ledger',
                                 kind=kind, key=key))
        else:
            found += _fields(f'{kind} {key}', expected[key], stored[key])
    return found


def _fields(row: str, expected: Any, stored: Any) -> list[str]:
    return [Message('%(row)s: %(name)s is %(stored)s, the ledger says '
                    '%(expected)s',
                    row=row, name=f.name,
                    stored=repr(getattr(stored, f.name)),
                    expected=repr(getattr(expected, f.name)))
            for f in fields(expected)
            if getattr(expected, f.name) != getattr(stored, f.name)]
