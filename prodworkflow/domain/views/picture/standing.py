"""Standing of each sign-off by days, folded from the ledger.

It follows what the ledger says of approvals, quorums, waivers, objections,
releases and members.  Evidence and tickets are not judged again: where the
end differs from the decision, the last change that the ledger knows of the
sign-off is where it parts (`settled`).
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.person import GROUP

DAY = timedelta(days=1)


class Standing(enum.Enum):
    """What a sign-off counts as on a day."""

    OPEN = 'open'
    APPROVED = 'approved'
    WAIVED = 'waived'


@dataclass
class Track:
    """A sign-off by days: what it became on each, from `joined` to `left`.

    `left` is None while it is asked for.  `touched` is the last day on which
    the ledger says something of it.
    """

    key: str
    group: str
    item: str
    weight: str
    rests_on: tuple[str, ...]
    quorum: int
    joined: date
    touched: date
    left: date | None = None
    signers: set[str] = field(default_factory=set)
    until: date | None = None
    objected: bool = False
    moves: list[tuple[date, Standing]] = field(default_factory=list)

    @classmethod
    def of(cls, data: Mapping[str, Any], day: date) -> Track:
        """The track of a requirement as the ledger has it."""
        track = cls(data['key'], data.get('group', ''), data.get('item', ''),
                    data.get('weight', ''), tuple(data.get('rests_on', ())),
                    data.get('quorum', 1), day, day)
        for said in data.get('past', ()):
            VERDICTS.get(said['verdict'], _told)(
                track, {**said, 'waiver': said.get('waiver')}, said['signer'])
        track.note(day)
        return track

    def note(self, day: date) -> None:
        """Keep what it counts as from a day on; a waiver ends by itself."""
        self.lapse(day)
        self.touched = day
        self.move(day, self._now())

    def lapse(self, day: date) -> None:
        """End the waiver if its last day is before that day."""
        if self.until and self.until < day:
            over, self.until = self.until + DAY, None
            self.move(max(over, self.touched), self._now())

    def move(self, day: date, standing: Standing) -> None:
        """Count as that from a day on."""
        if standing is not self.at_last:
            self.moves.append((day, standing))

    @property
    def at_last(self) -> Standing:
        """What it counts as in the end."""
        return self.moves[-1][1] if self.moves else Standing.OPEN

    def _now(self) -> Standing:
        if self.until:
            return Standing.WAIVED
        enough = len(self.signers) >= max(self.quorum, 1)
        return (Standing.APPROVED if enough and not self.objected
                else Standing.OPEN)


Effect = Callable[[Track, Mapping[str, Any], str], None]


def _approved(track: Track, payload: Mapping[str, Any], actor: str) -> None:
    contact = payload.get('contact') or actor
    track.signers.add(actor if contact.startswith(GROUP) else contact)
    track.objected = False


def _voided(track: Track, payload: Mapping[str, Any], actor: str) -> None:
    track.signers.clear()
    track.until = None


def _waived(track: Track, payload: Mapping[str, Any], actor: str) -> None:
    track.until = date.fromisoformat(payload['waiver']['until'])


def _objected(track: Track, payload: Mapping[str, Any], actor: str) -> None:
    track.objected = True


def _answered(track: Track, payload: Mapping[str, Any], actor: str) -> None:
    track.objected = False


def _quorum(track: Track, payload: Mapping[str, Any], actor: str) -> None:
    track.quorum = payload['quorum']


def _told(track: Track, payload: Mapping[str, Any], actor: str) -> None:
    """Nothing that counts, but the ledger speaks of it."""


VERDICTS: Mapping[str, Effect] = {
    'approved': _approved, 'rejected': _voided, 'withdrawn': _voided,
    'ticket-replaced': _voided, 'waived': _waived, 'objected': _objected,
    'answered': _answered, 'contacts-changed': _quorum}


class Tracks:
    """All sign-offs of a campaign, those of items that left among them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """KeyError, TypeError or ValueError for what cannot be read."""
        self.all: list[Track] = []
        self.groups: dict[str, Mapping[str, Any]] = {}
        self._present: dict[str, Track] = {}
        for entry in entries:
            CAMPAIGN.get(entry.verb, Tracks._of_one)(self, entry)

    def end(self, today: date) -> None:
        """Let the waivers end whose last day is over."""
        for track in self._present.values():
            track.lapse(today)

    def _of_one(self, entry: Entry) -> None:
        track = self._present.get(entry.requirement)
        if track is not None:
            track.lapse(day_of(entry.time))
            VERDICTS.get(entry.verb, _told)(track, entry.payload, entry.actor)
            track.note(day_of(entry.time))

    def _created(self, entry: Entry) -> None:
        for group in entry.payload.get('groups', ()):
            self.groups[group['key']] = group
        self._joined(entry)

    def _joined(self, entry: Entry) -> None:
        for data in entry.payload['requirements']:
            track = Track.of(data, day_of(entry.time))
            self.all.append(track)
            self._present[track.key] = track

    def _dropped(self, entry: Entry) -> None:
        for track in self._of_item(entry):
            track.lapse(day_of(entry.time))
            track.left = day_of(entry.time)
            del self._present[track.key]

    def _weighed(self, entry: Entry) -> None:
        for track in self._of_item(entry):
            track.weight = entry.payload['weight']

    def _of_item(self, entry: Entry) -> list[Track]:
        named = entry.payload['list'], entry.payload['item']
        return [t for t in self._present.values() if t.group in self.groups
                and (self.groups[t.group]['list'], t.item) == named]

    def _released(self, entry: Entry) -> None:
        for key in entry.payload['stale']:
            track = self._present.get(key)
            if track is not None:
                track.lapse(day_of(entry.time))
                _voided(track, entry.payload, entry.actor)
                track.note(day_of(entry.time))


CAMPAIGN: Mapping[str, Callable[[Tracks, Entry], None]] = {
    'created': Tracks._created, 'item-added': Tracks._joined,
    'item-returned': Tracks._joined, 'item-dropped': Tracks._dropped,
    'weight-changed': Tracks._weighed, 'released': Tracks._released}
