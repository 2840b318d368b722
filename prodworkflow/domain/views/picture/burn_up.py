"""Burn-up: how many sign-offs were signed, and needed, by days.

It ends with the counts of the stages now, and counts only what its viewer
sees.  One pass over the ledger gives the standing of each sign-off by days,
one over the days on which something changed gives the steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.coverage_rule import rule
from prodworkflow.domain.model.item_list import AGREED
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.views.picture.standing import Standing, Track, Tracks
from prodworkflow.domain.views.readiness import Readiness


@dataclass(frozen=True)
class Step:
    """The counts from a day (UTC) on; of a day only its end is kept."""

    day: date
    signed: int
    needed: int


def burn_up(entries: Iterable[Entry], told: Readiness) -> tuple[Step, ...]:
    """The steps, oldest first; () where the ledger cannot be read."""
    today = day_of(told.decision.asked)
    try:
        tracks = Tracks(entries)
        tracks.end(today)
        steps = _Counts(_visible(tracks, told), tracks.groups).steps()
    except (AttributeError, KeyError, TypeError, ValueError):
        return ()
    if not steps:
        return ()
    last = Step(max(today, steps[-1].day), sum(s.signed for s in told.stages),
                sum(s.needed for s in told.stages))
    if (last.signed, last.needed) == (steps[-1].signed, steps[-1].needed):
        return tuple(steps)
    return (*(s for s in steps if s.day < last.day), last)


def _visible(tracks: Tracks, told: Readiness) -> list[Track]:
    """What the viewer sees, each ending as the decision says."""
    answers = {a.requirement.key: a for a in told.answers}
    seen = {*answers, *(r.key for s in told.stages for r in s.dropped)}
    found = [t for t in tracks.all if t.key in seen]
    present = {t.key: t for t in found if t.left is None}
    for track in [present[key] for key in answers if key in present]:
        _settle(track, answers, present)
    return found


def _settle(track: Track, answers: Mapping[str, Answer],
            tracks: Mapping[str, Track]) -> None:
    """Let a track end as the answer says."""
    answer, ended = answers[track.key], track.at_last
    if answer.met:
        wanted = Standing.WAIVED if answer.waived else Standing.APPROVED
        if Standing.OPEN is ended or wanted is Standing.WAIVED:
            track.move(track.touched, wanted)
    elif ended is not Standing.OPEN and all(
            answers[k].met for k in track.rests_on if k in answers):
        _reopen(track, [tracks[k] for k in track.rests_on if k in tracks])


def _reopen(track: Track, bases: list[Track]) -> None:
    """Open it with what changed last: itself, or what it rests on."""
    since = track.moves[-1][0]
    day = max([since, track.touched,
               *(b.moves[-1][0] for b in bases if b.moves)])
    if day == since:
        track.moves.pop()
    track.move(day, Standing.OPEN)


class _Counts:
    """The counts of some tracks, from day to day."""

    def __init__(self, tracks: list[Track],
                 groups: Mapping[str, Mapping[str, str]]) -> None:
        self._groups = groups
        self._changes: dict[date, list[tuple[Track, Standing | None]]] = {}
        self._there: dict[str, tuple[Track, Standing]] = {}
        self._gone: dict[str, list[str]] = {}
        self._missing: dict[tuple[object, ...], int] = {}
        for track in tracks:
            self._change(track.joined, track, Standing.OPEN)
            for day, standing in track.moves:
                self._change(day, track, standing)
            if track.left:
                self._change(track.left, track, None)

    def _change(self, day: date, track: Track,
                standing: Standing | None) -> None:
        self._changes.setdefault(day, []).append((track, standing))

    def steps(self) -> list[Step]:
        """A step for each day on which a count changed."""
        found: list[Step] = []
        for day in sorted(self._changes):
            for track, standing in self._changes[day]:
                self._apply(track, standing)
            signed, needed = self._now()
            if not found or (signed, needed) != (found[-1].signed,
                                                 found[-1].needed):
                found.append(Step(day, signed, needed))
        return found

    def _apply(self, track: Track, standing: Standing | None) -> None:
        if standing is not None:
            if track.key not in self._there:
                self._came(track)
            self._there[track.key] = track, standing
            return
        self._there.pop(track.key, None)
        if self._groups.get(track.group, {}).get('counts') == AGREED:
            self._gone.setdefault(track.group, []).append(track.weight)

    def _came(self, track: Track) -> None:
        """An item that came back is not gone any more."""
        gone = self._gone.get(track.group, [])
        if track.weight in gone:
            gone.remove(track.weight)

    def _now(self) -> tuple[int, int]:
        """How many are signed, and how many of all are needed."""
        signed = single = 0
        groups: dict[str, tuple[list[str], list[str]]] = {}
        for key, (track, standing) in self._there.items():
            met = standing is not Standing.OPEN and _met(key, self._there)
            signed += met
            if track.group in self._groups:
                groups.setdefault(track.group, ([], []))[not met].append(
                    track.weight)
            else:
                single += not met
        return signed, signed + single + sum(
            self._lacking(g, *weights) for g, weights in groups.items())

    def _lacking(self, group: str, met: list[str], unmet: list[str]) -> int:
        """How many members are missing by the rule of their group."""
        gone = self._gone.get(group, [])
        key = (group, tuple(gone), tuple(met), tuple(unmet))
        if key not in self._missing:
            self._missing[key] = _missing(
                self._groups[group].get('rule', 'all'), gone, met, unmet)
        return self._missing[key]


def _missing(text: str, gone: list[str], met: list[str],
             unmet: list[str]) -> int:
    try:
        read, whole = rule(text), [*gone, *met, *unmet]
        if read.reached(whole, met):
            return 0
        lacking = read.lacking(whole, met, unmet)
    except ValueError:
        return len(unmet)
    return min(max(lacking, 1), len(unmet))


def _met(key: str, there: Mapping[str, tuple[Track, Standing]]) -> bool:
    """Whether it counts, with all that it rests on."""
    waiting, seen = [key], {key}
    while waiting:
        track, standing = there[waiting.pop()]
        if standing is Standing.OPEN:
            return False
        if standing is Standing.APPROVED and track.rests_on:
            new = [b for b in track.rests_on if b in there and b not in seen]
            seen.update(new)
            waiting += new
    return True
