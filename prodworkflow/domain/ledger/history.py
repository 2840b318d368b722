"""History: the entries of a ledger as sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.evidence_words import EvidenceHistory
from prodworkflow.domain.ledger.payloads import message_of
from prodworkflow.domain.ledger.sentences import sentence
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State


@dataclass(frozen=True)
class Event:
    """One entry of the history; `time` is in µs UTC.

    `stage` is the key of the stage that it concerns, or ''; `release` the one
    that the campaign was on.  `requirement`, with `title` and `ticket`, is
    what it is about, `item` the site or subdetector; '' or None for none.
    `said` is the statement or reason; `again` holds the keys of what a
    release asks again.
    """

    number: int
    time: int
    actor: str
    words: str
    stage: str
    release: str = ''
    verb: str = ''
    requirement: str = ''
    title: str = ''
    ticket: int | None = None
    item: str = ''
    said: str = ''
    again: tuple[str, ...] = ()

    @property
    def tickets(self) -> set[int]:
        """The ids of all tickets in its words, to filter hidden ones."""
        return {int(number) for number
                in re.findall(r'#(\d{1,18})(?!\d)', self.words)}


def history(entries: list[Entry], state: State) -> list[Event]:
    """The events of a campaign, oldest first."""
    evidence = EvidenceHistory(state)
    known = {r.key: r for r in state.requirements}
    return [_event(entry, state, known.get(entry.requirement),
                   evidence.words(entry)) for entry in entries]


def _event(entry: Entry, state: State, requirement: Requirement | None,
           evidence: str) -> Event:
    payload = entry.payload
    ticket = payload.get('ticket')
    if ticket is None and requirement:
        ticket = requirement.ticket
    title = requirement.title if requirement else entry.requirement
    stage = payload.get('stage') or (requirement.stage if requirement else '')
    label = next((s.label for s in state.stages if s.key == stage), stage)
    what = ' '.join(filter(None, [f'#{ticket}' if ticket else '', title]))
    return Event(entry.number, entry.time, entry.actor,
                 sentence(entry, what, label, evidence), stage, entry.release,
                 entry.verb, entry.requirement, title, ticket,
                 requirement.item if requirement else _item(payload),
                 message_of(payload, 'statement')
                 or message_of(payload, 'reason'),
                 tuple(map(str, payload.get('stale') or ()))
                 if entry.verb == 'released' else ())


def _item(payload: Mapping[str, Any]) -> str:
    """The key of the item that an entry adds, drops or weighs; '' if none."""
    item = payload.get('item')
    if isinstance(item, Mapping):
        return str(item.get('key') or '')
    return str(item or '')
