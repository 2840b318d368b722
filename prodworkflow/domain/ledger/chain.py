"""Hash chain of the ledger: seal entries and verify them.

An entry's hash is the SHA-256 of its canonical JSON, which contains the hash
of the entry before it; so no entry can be changed, dropped or inserted without
a trace.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from prodworkflow.domain.canonical_json import canonical
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.payloads import with_messages
from prodworkflow.domain.text import Message

START = '0' * 64


def digest(entry: Entry) -> str:
    """The SHA-256 of an entry, as 64 hexadecimal digits."""
    body = [entry.campaign, entry.number, entry.time, entry.actor,
            entry.verb, entry.requirement, entry.release,
            entry.payload, entry.previous]
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def seal(last: Entry | None, entry: Entry) -> Entry:
    """Number, chain and hash a new entry that follows `last`.

    Messages of its payload are serialized: `with_messages`.
    """
    placed = replace(entry, number=last.number + 1 if last else 1,
                     payload=with_messages(entry.payload),
                     previous=last.hash if last else START)
    return replace(placed, hash=digest(placed))


def broken(entries: Iterable[Entry], head: str,
           last: Entry | None = None) -> list[str]:
    """Verify the chain: a message for each place where it is broken.

    `head` is the hash that the last entry must have; `last` is the entry that
    these follow, None if they are all from the first one on.
    """
    found: list[str] = []
    previous, number = (last.hash, last.number) if last else (START, 0)
    for entry in entries:
        number += 1
        if entry.number != number:
            found.append(Message('entry %(number)s is missing: entry '
                                 '%(entry_number)s stands in its place',
                                 number=number, entry_number=entry.number))
            number = entry.number
        if entry.previous != previous:
            found.append(Message('entry %(number)s does not follow from the '
                                 'entry before it',
                                 number=entry.number))
        if digest(entry) != entry.hash:
            found.append(Message('entry %(number)s (%(verb)s) was changed '
                                 'after it was written',
                                 number=entry.number, verb=entry.verb))
        previous = entry.hash
    if previous != head:
        found.append(Message('the last entry is not the one that was '
                             'written last'))
    return found
