"""The ledger's arithmetic: sealing, verifying and folding its entries.

An entry's hash is the SHA-256 of its canonical JSON, which holds the hash of
the entry before it; so no entry can be changed, dropped or put in between
without a trace.  Folding the entries gives the campaign's present state.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from typing import Any, Callable

from .model import (
    Campaign,
    Entry,
    Phase,
    Requirement,
    SignOff,
    Stage,
    State,
    Verdict,
)

START = '0' * 64

NOTHING = State(Campaign('', '', '', None, '', ''))


class LedgerError(ValueError):
    """An entry that cannot be read or does not follow from those before."""


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, plain ASCII."""
    return json.dumps(value, sort_keys=True, separators=(',', ':'),
                      ensure_ascii=True, allow_nan=False)


def digest(entry: Entry) -> str:
    """The hash that seals an entry, as 64 hexadecimal digits."""
    body = [entry.campaign, entry.number, entry.time, entry.actor,
            entry.verb, entry.requirement, entry.release,
            entry.payload, entry.previous]
    return hashlib.sha256(canonical(body).encode('ascii')).hexdigest()


def seal(last: Entry | None, entry: Entry) -> Entry:
    """The entry as it stands behind `last`: numbered, chained and hashed."""
    placed = replace(entry, number=last.number + 1 if last else 1,
                     previous=last.hash if last else START)
    return replace(placed, hash=digest(placed))


def broken(entries: Iterable[Entry], head: str) -> list[str]:
    """A sentence for each place where the chain does not hold.

    `head` is the hash that the last entry has to have.
    """
    found = []
    previous, number = START, 0
    for entry in entries:
        number += 1
        if entry.number != number:
            found.append(f'entry {number} is missing: entry {entry.number} '
                         'stands in its place')
            number = entry.number
        if entry.previous != previous:
            found.append(f'entry {entry.number} does not follow from the '
                         'entry before it')
        if digest(entry) != entry.hash:
            found.append(f'entry {entry.number} ({entry.verb}) was changed '
                         'after it was written')
        previous = entry.hash
    if previous != head:
        found.append('the last entry is not the one that was written last')
    return found


def fold(entries: Iterable[Entry]) -> State:
    """The state that these entries lead to; LedgerError if one is unread."""
    state = NOTHING
    for entry in entries:
        state = apply(state, entry)
    return state


def apply(state: State, entry: Entry) -> State:
    """The state after one more entry; the inputs stay as they are."""
    effect = _EFFECTS.get(entry.verb)
    if effect is None:
        raise LedgerError(f'entry {entry.number}: unknown verb '
                          f'"{entry.verb}"')
    try:
        return effect(state, entry)
    except (KeyError, TypeError, ValueError) as error:
        raise LedgerError(f'entry {entry.number} ({entry.verb}) cannot be '
                          f'read: {error!r}') from error


def plan_payload(state: State) -> dict[str, Any]:
    """What the entry `created` keeps of a planned campaign."""
    return {'campaign': _plain(state.campaign),
            'stages': [_plain(s) for s in state.stages],
            'requirements': [_plain(r) for r in state.requirements]}


def _plain(value: Any) -> dict[str, Any]:
    return {key: item.isoformat() if isinstance(item, date)
            else list(item) if isinstance(item, tuple) else item
            for key, item in asdict(value).items()}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _created(state: State, entry: Entry) -> State:
    if state != NOTHING:
        raise ValueError('a campaign is created once')
    campaign = dict(entry.payload['campaign'])
    campaign['start'] = _day(campaign['start'])
    stages = [dict(s, due=_day(s['due'])) for s in entry.payload['stages']]
    requirements = [dict(r, contacts=tuple(r['contacts']))
                    for r in entry.payload['requirements']]
    return State(Campaign(**campaign), tuple(Stage(**s) for s in stages),
                 tuple(Requirement(**r) for r in requirements))


def _removed(state: State, entry: Entry) -> State:
    return State(replace(state.campaign, phase=Phase.REMOVED.value))


def _verdict(state: State, entry: Entry) -> State:
    payload = entry.payload
    signoff = SignOff(entry.number, entry.requirement, entry.verb,
                      entry.actor, payload['role'], entry.release,
                      entry.time, payload['statement'])
    changed = _requirement(state, entry, seen=payload['seen'],
                           unsigned=False)
    return replace(changed, signoffs=(*state.signoffs, signoff))


def _requirement(state: State, entry: Entry, **changes: Any) -> State:
    state.requirement(entry.requirement)
    return replace(state, requirements=tuple(
        replace(r, **changes) if r.key == entry.requirement else r
        for r in state.requirements))


def _closed_unsigned(state: State, entry: Entry) -> State:
    return _requirement(state, entry, seen=entry.payload['seen'],
                        unsigned=True)


def _seen(state: State, entry: Entry) -> State:
    return _requirement(state, entry, seen=entry.payload['seen'],
                        unsigned=False)


def _ticket_missing(state: State, entry: Entry) -> State:
    return _requirement(state, entry, ticket=None)


def _ticket_replaced(state: State, entry: Entry) -> State:
    payload = entry.payload
    return _requirement(state, entry, ticket=payload['ticket'],
                        ticket_time=payload['ticket_time'],
                        seen=payload['ticket_time'], since=entry.number,
                        unsigned=False)


def _stage(state: State, entry: Entry, **changes: Any) -> State:
    key = entry.payload['stage']
    state.stage(key)
    stages = tuple(replace(s, **changes) if s.key == key else s
                   for s in state.stages)
    over = all(s.closed for s in stages)
    phase = Phase.OVER if over else Phase.UNDERWAY
    return replace(state, stages=stages,
                   campaign=replace(state.campaign, phase=phase.value))


def _stage_closed(state: State, entry: Entry) -> State:
    return _stage(state, entry, closed=True)


def _stage_reopened(state: State, entry: Entry) -> State:
    return _stage(state, entry, closed=False)


def _stage_renamed(state: State, entry: Entry) -> State:
    return _stage(state, entry, milestone=entry.payload['milestone'])


def _told(state: State, entry: Entry) -> State:
    """What is recorded for the reader and read from Trac by the rules."""
    return state


_EFFECTS: dict[str, Callable[[State, Entry], State]] = {
    'created': _created,
    'removed': _removed,
    Verdict.APPROVED.value: _verdict,
    Verdict.REJECTED.value: _verdict,
    Verdict.WITHDRAWN.value: _verdict,
    'closed-unsigned': _closed_unsigned,
    'reopened': _seen,
    'restored': _seen,
    'ticket-missing': _ticket_missing,
    'ticket-replaced': _ticket_replaced,
    'stage-closed': _stage_closed,
    'stage-reopened': _stage_reopened,
    'stage-renamed': _stage_renamed,
    'milestone-missing': _stage_reopened,
    'milestone-restored': _told,
    'ticket-moved': _told,
    'ticket-entered': _told,
    'ticket-left': _told,
    'refused': _told,
}

VERBS = tuple(_EFFECTS)
