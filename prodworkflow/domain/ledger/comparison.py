"""Comparison of the stored projection with the replayed ledger, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message

# The rows of a state by their field, and how one of them is called.
ROWS: dict[str, Callable[[Any], Message]] = {
    'stages': lambda key: Message('stage %(key)s', key=key),
    'requirements': lambda key: Message('requirement %(key)s', key=key),
    'signoffs': lambda key: Message('sign-off %(key)s', key=key)}
LISTS = {'lists': Message('lists'), 'groups': Message('groups'),
         'dropped': Message('dropped items'),
         'known_issues': Message('known issues'),
         'concerns': Message('concerns')}


def differences(expected: State, stored: State) -> list[str]:
    """Compare stored state with the replayed one: a message a difference."""
    if expected == stored:
        return []
    found = _fields(Message('campaign'), expected.campaign, stored.campaign)
    for kind, named in ROWS.items():
        found += _rows(named, _by_key(getattr(expected, kind)),
                       _by_key(getattr(stored, kind)))
    for kind in LISTS:
        if getattr(expected, kind) != getattr(stored, kind):
            found.append(Message('the %(kind)s of the campaign are not '
                                 'those of the ledger',
                                 kind=LISTS[kind]))
    return found


def _by_key(rows: Iterable[Any]) -> dict[Any, Any]:
    return {getattr(row, 'key', None) or row.number: row for row in rows}


def _rows(named: Callable[[Any], Message], expected: Mapping[Any, Any],
          stored: Mapping[Any, Any]) -> list[str]:
    found: list[str] = []
    for key in sorted({*expected, *stored}, key=str):
        if key not in stored:
            found.append(Message('%(row)s is in the ledger, not in its '
                                 'table', row=named(key)))
        elif key not in expected:
            found.append(Message('%(row)s is in its table, not in the '
                                 'ledger', row=named(key)))
        else:
            found += _fields(named(key), expected[key], stored[key])
    return found


def _fields(row: str, expected: Any, stored: Any) -> list[str]:
    return [Message('%(row)s: %(name)s is %(stored)s, the ledger says '
                    '%(expected)s',
                    row=row, name=f.name,
                    stored=repr(getattr(stored, f.name)),
                    expected=repr(getattr(expected, f.name)))
            for f in fields(expected)
            if getattr(expected, f.name) != getattr(stored, f.name)]
