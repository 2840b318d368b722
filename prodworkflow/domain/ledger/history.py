"""The ledger in words, for people to read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import joined


@dataclass(frozen=True)
class Event:
    """One ledger entry as people read it; `time` is in µs UTC.

    `stage` is the key of the stage it tells of, if any; `release` the one
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
        """The ids of all tickets that the words name."""
        return {int(number) for number
                in re.findall(r'#(\d{1,18})(?!\d)', self.words)}


def history(entries: list[Entry], state: State) -> list[Event]:
    """The events of a campaign, oldest first."""
    return [_event(entry, state) for entry in entries]


def _event(entry: Entry, state: State) -> Event:
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
                 _words(entry, what, label), stage, entry.release)


def _words(entry: Entry, what: str, stage: str) -> str:
    payload = entry.payload
    said = payload.get('statement') or payload.get('reason') or ''
    quoted = f': “{" ".join(str(said).split())}”' if said else ''
    told = {
        'created': 'created the campaign' + (
            f', like {payload["like"]}' if payload.get('like') else ''),
        'removed': f'removed the campaign{quoted}',
        'approved': f'approved {what}{quoted}',
        'rejected': f'rejected {what}{quoted}',
        'reported': f'reported on {what}{quoted}',
        'waived': f'waived {_waived(payload, what)}{quoted}',
        'released': f'moved the campaign to release '
                    f'{payload.get("release") or ""}{_touched(payload)}'
                    f'{quoted}',
        'held': f'put the campaign on hold{quoted}',
        'resumed': f'resumed the campaign{quoted}',
        'launched': f'launched production{quoted}',
        'closed': f'closed the campaign{quoted}',
        'abandoned': f'abandoned the campaign{quoted}',
        'enforcement-changed': 'changed enforcement to '
                               f'{payload.get("enforcement") or ""}{quoted}',
        'rescheduled': f'moved the start from {payload.get("was") or "none"} '
                       f'to {payload.get("start") or "none"}{quoted}',
        'item-added': f'added {_name(payload.get("item"))} to '
                      f'{payload.get("list") or ""}{quoted}',
        'item-dropped': f'dropped {payload.get("name") or ""} from '
                        f'{payload.get("list") or ""}{quoted}',
        'contacts-changed': f'changed who signs {what}{quoted}',
        'ticket-turned-away': f'was refused {what} in stage {stage}: '
                              f'{_reasons(payload) or "frozen"}',
        'withdrawn': f'withdrew the sign-off of {what}{quoted}',
        'closed-unsigned': f'closed {what} '
                           f'({payload.get("resolution") or "no resolution"})'
                           ' without a sign-off',
        'reopened': f'reopened {what}',
        'restored': f'closed {what} again: its sign-off stands',
        'ticket-missing': f'deleted {what}',
        'ticket-replaced': f'made {what} in place of a lost ticket',
        'ticket-moved': f'moved {what} from {payload.get("from") or "none"} '
                        f'to {payload.get("to") or "no milestone"}',
        'ticket-entered': f'opened {what} in stage {stage}',
        'ticket-left': f'closed or moved {what}, of stage {stage}',
        'stage-closed': f'closed stage {stage}',
        'stage-reopened': f'reopened stage {stage}: '
                          f'{payload.get("because") or ""}',
        'stage-renamed': f'renamed the milestone of stage {stage} to '
                         f'{payload.get("milestone") or ""}',
        'milestone-missing': f'deleted the milestone of stage {stage}',
        'milestone-restored': f'made the milestone of stage {stage} anew',
        'refused': f'was refused {payload.get("what") or ""} '
                   f'{what or stage}{_against(payload)}',
    }.get(entry.verb, entry.verb)
    return told + _exception(entry)


def _name(item: Any) -> str:
    return str(item.get('name') or '') if isinstance(item, Mapping) else ''


def _waived(payload: Mapping[str, Any], what: str) -> str:
    waiver = payload.get('waiver') or {}
    bounds = [' '.join(filter(None, [
        b.get('name'), b.get('at_least') and f'from {b["at_least"]}',
        b.get('at_most') and f'up to {b["at_most"]}']))
        for b in waiver.get('bounds') or ()]
    told = [f'“{waiver.get("reason") or ""}” of {what}', *bounds,
            f'until {waiver.get("until") or ""}']
    return ', '.join(told)


def _touched(payload: Mapping[str, Any]) -> str:
    touches = payload.get('touches')
    return f', touching {joined([str(t) for t in touches])}' \
        if touches else ''


def _reasons(payload: Mapping[str, Any]) -> str:
    """Why something was refused, as its doors said it."""
    found = payload.get('reasons')
    return '; '.join(str(each).rstrip('.') for each in found) \
        if isinstance(found, (list, tuple)) else ''


def _against(payload: Mapping[str, Any]) -> str:
    told = _reasons(payload)
    return f': {told}' if told else ''


def _exception(entry: Entry) -> str:
    """What the rules had against a passage that `advisory` let through."""
    against = entry.payload.get('against')
    if not against:
        return ''
    return f', against the rules: {joined([str(a) for a in against])}'
