"""History: the entries of a ledger as sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.evidence_words import EvidenceHistory
from prodworkflow.domain.ledger.sentences import sentence
from prodworkflow.domain.model.state import State


@dataclass(frozen=True)
class Event:
    """One entry of the history; `time` is in µs UTC.

    `stage` is the key of the stage that it concerns, or ''; `release` the one
    that the campaign was on.
    """

    number: int
    time: int
    actor: str
    words: str
    stage: str
    release: str = ''

    @property
    def tickets(self) -> set[int]:
        """The ids of all tickets in its words, to filter hidden ones."""
        return {int(number) for number
                in re.findall(r'#(\d{1,18})(?!\d)', self.words)}


def history(entries: list[Entry], state: State) -> list[Event]:
    """The events of a campaign, oldest first."""
    evidence = EvidenceHistory(state)
    return [_event(entry, state, evidence.words(entry)) for entry in entries]


def _event(entry: Entry, state: State, evidence: str) -> Event:
    requirement = next((r for r in state.requirements
                        if r.key == entry.requirement), None)
    payload = entry.payload
    ticket = payload.get('ticket')
    if ticket is None and requirement:
        ticket = requirement.ticket
    title = requirement.title if requirement else entry.requirement
    stage = payload.get('stage') or (requirement.stage if requirement else '')
    label = next((s.label for s in state.stages if s.key == stage), stage)
    what = ' '.join(filter(None, [f'#{ticket}' if ticket else '', title]))
    return Event(entry.number, entry.time, entry.actor,
                 sentence(entry, what, label, evidence), stage, entry.release)
