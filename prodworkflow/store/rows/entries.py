"""Rows of ledger entries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from prodworkflow.domain.canonical_json import canonical
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.text import Message

ENTRY = ('campaign', 'number', 'time', 'actor', 'verb', 'requirement',
         'release_name', 'payload', 'previous', 'hash')


def entry(row: Sequence[Any]) -> Entry:
    """A ledger entry from its row."""
    (of, number, time, actor, verb, key, release, text, previous,
     seal) = row
    payload = json.loads(text or '')
    if not isinstance(payload, dict):
        raise ValueError(Message(
            'payload of entry %(number)s is no table', number=number))
    return Entry(int(of), int(number), int(time), actor or '', verb or '',
                 key or '', release or '', payload,
                 previous or '', seal or '')


def entry_row(value: Entry) -> tuple[Any, ...]:
    """The row of a ledger entry."""
    return (value.campaign, value.number, value.time, value.actor,
            value.verb, value.requirement, value.release,
            canonical(dict(value.payload)), value.previous, value.hash)
