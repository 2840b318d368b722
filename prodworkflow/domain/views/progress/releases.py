"""Releases that a campaign was on, from its ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.views.readiness import Readiness


@dataclass(frozen=True)
class CampaignRelease:
    """A release from a time (µs UTC) on, by whom, and the entry that says so.

    `inputs` are those that a patch touches; `asked` and `carried` count the
    visible sign-offs that it asked again and those that it let stand.  `was`
    are the names that it had before in Trac.
    """

    name: str
    time: int
    by: str
    entry: int
    inputs: tuple[str, ...] = ()
    asked: int = 0
    carried: int = 0
    was: tuple[str, ...] = ()
    present: bool = False


def releases(entries: Iterable[Entry],
             told: Readiness) -> list[CampaignRelease]:
    """The releases, the latest first; [] where the ledger cannot be read."""
    seen = {a.requirement.key for a in told.answers}
    seen |= {r.key for s in told.stages for r in s.dropped}
    found: list[CampaignRelease] = []
    try:
        for entry in entries:
            _add(found, entry, seen)
    except (AttributeError, KeyError, TypeError):
        return []
    if found and not told.campaign.ended:
        found[-1] = replace(found[-1], present=True)
    return found[::-1]


def _add(found: list[CampaignRelease], entry: Entry, seen: set[str]) -> None:
    payload = entry.payload
    if entry.verb == 'created' and payload['campaign']['release']:
        found.append(CampaignRelease(payload['campaign']['release'],
                                     entry.time, entry.actor, entry.number))
    elif entry.verb == 'released':
        found.append(CampaignRelease(
            payload['release'], entry.time, entry.actor, entry.number,
            tuple(map(str, payload.get('touches') or ())),
            len(seen.intersection(payload['stale'])),
            len(seen.intersection(payload['carried']))))
    elif entry.verb == 'release-renamed' and found:
        last = found[-1]
        found[-1] = replace(last, name=payload['release'],
                            was=(*last.was, last.name))
