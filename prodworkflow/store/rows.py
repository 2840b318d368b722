"""Between table rows and values; ValueError if a row makes no sense."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from ..ledger import canonical
from ..model import Campaign, Entry, Requirement, SignOff, Stage

CAMPAIGN = ('name', 'template', 'release_name', 'start', 'enforcement',
            'phase')
STAGE = ('stage', 'number', 'title', 'milestone', 'due', 'closed')
REQUIREMENT = ('requirement', 'stage', 'title', 'ticket', 'ticket_time',
               'contacts', 'quorum', 'release_bound', 'seen', 'since',
               'unsigned_closing')
SIGNOFF = ('number', 'requirement', 'verdict', 'signer', 'role',
           'release_name', 'time', 'statement')
ENTRY = ('campaign', 'number', 'time', 'actor', 'verb', 'requirement',
         'release_name', 'payload', 'previous', 'hash')


def columns(names: Sequence[str], alias: str) -> str:
    """The columns of one table, for a SELECT: `c.name,c.template,…`."""
    return ','.join(f'{alias}.{name}' for name in names)


def day(text: str | None) -> date | None:
    """The calendar day of a stored text; '' and NULL are no day."""
    return date.fromisoformat(text) if text else None


def day_text(value: date | None) -> str:
    """How a calendar day is stored."""
    return value.isoformat() if value else ''


def campaign(row: Sequence[Any]) -> Campaign:
    name, template, release, start, enforcement, phase = row
    return Campaign(name or '', template or '', release or '', day(start),
                    enforcement or '', phase or '')


def campaign_row(value: Campaign) -> tuple[Any, ...]:
    return (value.name, value.template, value.release, day_text(value.start),
            value.enforcement, value.phase)


def stage(row: Sequence[Any]) -> Stage:
    key, number, title, milestone, due, closed = row
    return Stage(key, int(number), title, milestone, day(due), bool(closed))


def stage_row(value: Stage) -> tuple[Any, ...]:
    return (value.key, value.number, value.title, value.milestone,
            day_text(value.due), int(value.closed))


def requirement(row: Sequence[Any]) -> Requirement:
    (key, in_stage, title, ticket, ticket_time, contacts, quorum, bound,
     seen, since, unsigned) = row
    people = json.loads(contacts)
    if not (isinstance(people, list)
            and all(isinstance(p, str) for p in people)):
        raise ValueError(f'contacts of {key} are no list of names')
    if int(quorum) < 1:
        raise ValueError(f'quorum of {key} is {quorum}')
    return Requirement(key, in_stage, title,
                       None if ticket is None else int(ticket),
                       int(ticket_time), tuple(people), int(quorum),
                       bool(bound), int(seen), int(since), bool(unsigned))


def requirement_row(value: Requirement) -> tuple[Any, ...]:
    return (value.key, value.stage, value.title, value.ticket,
            value.ticket_time, canonical(list(value.contacts)), value.quorum,
            int(value.release_bound), value.seen, value.since,
            int(value.unsigned))


def signoff(row: Sequence[Any]) -> SignOff:
    number, key, verdict, signer, role, release, time, statement = row
    return SignOff(int(number), key, verdict, signer, role, release or '',
                   int(time), statement or '')


def signoff_row(value: SignOff) -> tuple[Any, ...]:
    return (value.number, value.requirement, value.verdict, value.signer,
            value.role, value.release, value.time, value.statement)


def entry(row: Sequence[Any]) -> Entry:
    (of, number, time, actor, verb, key, release, text, previous,
     seal) = row
    payload = json.loads(text or '')
    if not isinstance(payload, dict):
        raise ValueError(f'payload of entry {number} is no table')
    return Entry(int(of), int(number), int(time), actor or '', verb or '',
                 key or '', release or '', payload,
                 previous or '', seal or '')


def entry_row(value: Entry) -> tuple[Any, ...]:
    return (value.campaign, value.number, value.time, value.actor,
            value.verb, value.requirement, value.release,
            canonical(dict(value.payload)), value.previous, value.hash)
