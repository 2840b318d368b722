"""Row mapping: between table rows and values of the domain.

Nested values are canonical JSON in one column. ValueError if a row makes no
sense.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Callable, TypeVar

from prodworkflow.domain.canonical_json import canonical, plain
from prodworkflow.domain.dates import day_or_none
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.payloads import (
    change_of,
    pairs_of,
    requirement_of,
)
from prodworkflow.domain.model.campaign import (
    Campaign,
    Freeze,
    Stage,
    WaiverRules,
)
from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    FileFact,
    NOTHING_ASKED,
)
from prodworkflow.domain.model.item_list import Group, ItemList
from prodworkflow.domain.model.known_issue import KnownIssue
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.requirement import Objection, Requirement
from prodworkflow.domain.model.signoff import SignOff, Waiver
from prodworkflow.domain.model.state import State

_Value = TypeVar('_Value')


CAMPAIGN = ('name', 'template', 'release_name', 'start', 'enforcement',
            'phase', 'released', 'launched', 'held_since', 'held_by',
            'held_because', 'freeze_rule', 'changed', 'template_version',
            'moved', 'deputies', 'waiver_rules')


# Of a campaign, too, but beside it in a state: see `beside`.
BESIDE = ('item_lists', 'item_groups', 'dropped', 'known_issues')


STAGE = ('stage', 'number', 'title', 'milestone', 'due', 'closed')


REQUIREMENT = ('requirement', 'stage', 'title', 'ticket', 'ticket_time',
               'contacts', 'quorum', 'release_bound', 'seen', 'since',
               'unsigned_closing', 'deputies', 'separate_from', 'inputs',
               'asks', 'stale', 'carried', 'changed', 'item_group', 'item',
               'weight', 'due', 'rests_on', 'objection', 'files',
               'title_pattern')


SIGNOFF = ('number', 'requirement', 'verdict', 'signer', 'role',
           'release_name', 'time', 'statement', 'contact', 'evidence',
           'waiver', 'waited', 'basis')


ENTRY = ('campaign', 'number', 'time', 'actor', 'verb', 'requirement',
         'release_name', 'payload', 'previous', 'hash')


def columns(names: Sequence[str], alias: str) -> str:
    """The columns of one table, for a SELECT: `c.name,c.template,…`."""
    return ','.join(f'{alias}.{name}' for name in names)


def day_text(value: date | None) -> str:
    """A calendar day as it is stored: ISO 8601, '' for none."""
    return value.isoformat() if value else ''


def campaign(row: Sequence[Any]) -> Campaign:
    """A campaign from its row."""
    (name, template, release, start, enforcement, phase, released, launched,
     held_since, held_by, held_because, freeze, changed,
     template_version, moved, deputies, waivers) = row
    return Campaign(name or '', template or '', release or '',
                    day_or_none(start),
                    enforcement or '', phase or '', int(released or 0),
                    int(launched or 0), int(held_since or 0), held_by or '',
                    held_because or '', _value(freeze, Freeze.of),
                    _value(changed, change_of), int(template_version or 0),
                    _value(moved, change_of),
                    tuple(Deputy.of(d) for d in _list(deputies)),
                    _value(waivers, WaiverRules.of))


def campaign_row(value: Campaign) -> tuple[Any, ...]:
    """The row of a campaign."""
    return (value.name, value.template, value.release, day_text(value.start),
            value.enforcement, value.phase, value.released, value.launched,
            value.held_since, value.held_by, value.held_because,
            _text(value.freeze), _text(value.changed),
            value.template_version, _text(value.moved),
            _text(value.deputies), _text(value.waivers))


def beside(row: Sequence[Any]) -> dict[str, tuple]:
    """The lists, groups and dropped requirements of a campaign's row."""
    lists, groups, dropped, issues = row
    return {'lists': _values(lists, ItemList.of),
            'groups': _values(groups, Group.of),
            'dropped': _values(dropped, requirement_of),
            'known_issues': _values(issues, KnownIssue.of)}


def beside_of(value: State) -> tuple[tuple, ...]:
    """The lists, groups and dropped requirements of a state."""
    return value.lists, value.groups, value.dropped, value.known_issues


def beside_row(value: State) -> tuple[Any, ...]:
    """The columns of a state's lists, groups and dropped requirements."""
    return tuple(_text(nouns) if nouns else '' for nouns in beside_of(value))


def stage(row: Sequence[Any]) -> Stage:
    """A stage from its row."""
    key, number, title, milestone, due, closed = row
    return Stage(key, int(number), title, milestone, day_or_none(due),
                 bool(closed))


def stage_row(value: Stage) -> tuple[Any, ...]:
    """The row of a stage."""
    return (value.key, value.number, value.title, value.milestone,
            day_text(value.due), int(value.closed))


def requirement(row: Sequence[Any]) -> Requirement:
    """A requirement from its row."""
    (key, in_stage, title, ticket, ticket_time, contacts, quorum, bound,
     seen, since, unsigned, deputies, separate_from, inputs, asks, stale,
     carried, changed, group, item, weight, due, rests_on, objection, files,
     pattern) = row
    if int(quorum) < 1:
        raise ValueError(f'quorum of {key} is {quorum}')
    return Requirement(
        key, in_stage, title, None if ticket is None else int(ticket),
        int(ticket_time), _names(key, 'contacts', contacts), int(quorum),
        bool(bound), int(seen), int(since), bool(unsigned),
        tuple(Deputy.of(d) for d in _list(deputies)),
        separate_from or '', _names(key, 'inputs', inputs or '[]'),
        _value(asks, EvidenceSpec.of) or NOTHING_ASKED, int(stale or 0),
        _names(key, 'releases', carried or '[]'), _value(changed, change_of),
        group or '', item or '', weight or '', day_or_none(due),
        rests_on=_names(key, 'bases', rests_on or '[]'),
        objection=_value(objection, lambda found: Objection(**found)),
        files=tuple(FileFact(**f) for f in _list(files)),
        title_pattern=pattern or '')


def requirement_row(value: Requirement) -> tuple[Any, ...]:
    """The row of a requirement."""
    return (value.key, value.stage, value.title, value.ticket,
            value.ticket_time, _text(value.contacts), value.quorum,
            int(value.release_bound), value.seen, value.since,
            int(value.unsigned), _text(value.deputies), value.separate_from,
            _text(value.inputs),
            _text(value.asks) if value.asks.anything else '',
            value.stale, _text(value.carried), _text(value.changed),
            value.group, value.item, value.weight, day_text(value.due),
            _text(value.rests_on), _text(value.objection),
            _text(value.files), value.title_pattern)


def signoff(row: Sequence[Any]) -> SignOff:
    """A sign-off from its row."""
    (number, key, verdict, signer, role, release, time, statement, contact,
     evidence, waiver, waited, basis) = row
    return SignOff(int(number), key, verdict, signer, role, release or '',
                   int(time), statement or '', contact or '',
                   tuple(Evidence(**p) for p in _list(evidence)),
                   _value(waiver, Waiver.of),
                   None if waited is None else int(waited),
                   _value(basis, pairs_of))


def signoff_row(value: SignOff) -> tuple[Any, ...]:
    """The row of a sign-off."""
    return (value.number, value.requirement, value.verdict, value.signer,
            value.role, value.release, value.time, value.statement,
            value.contact, _text(value.evidence), _text(value.waiver),
            value.waited, _text(value.basis))


def _text(value: Any) -> str:
    """A nested value as it is stored: canonical JSON, '' for None."""
    return ('' if value is None else '[]' if value == () else
            canonical(plain(value)))


def _value(text: str | None, read: Callable[[Any], _Value]) -> _Value | None:
    """Read back what `_text` wrote; ValueError if it makes no sense."""
    try:
        return read(json.loads(text)) if text else None
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f'{text} makes no sense: {error!r}') from error


def _values(text: str | None, read: Callable[[Any], _Value]
           ) -> tuple[_Value, ...]:
    return _value(text, lambda found: tuple(read(each) for each in found)) \
        or ()


def _list(text: str | None) -> Any:
    """Read back a stored tuple; mostly it is the empty one."""
    return json.loads(text) if text and text != '[]' else ()


def _names(key: str, what: str, text: str) -> tuple[str, ...]:
    names = [] if text == '[]' else json.loads(text)
    if not (isinstance(names, list)
            and all(isinstance(n, str) for n in names)):
        raise ValueError(f'{what} of {key} are no list of names')
    return tuple(names)


def entry(row: Sequence[Any]) -> Entry:
    """A ledger entry from its row."""
    (of, number, time, actor, verb, key, release, text, previous,
     seal) = row
    payload = json.loads(text or '')
    if not isinstance(payload, dict):
        raise ValueError(f'payload of entry {number} is no table')
    return Entry(int(of), int(number), int(time), actor or '', verb or '',
                 key or '', release or '', payload,
                 previous or '', seal or '')


def entry_row(value: Entry) -> tuple[Any, ...]:
    """The row of a ledger entry."""
    return (value.campaign, value.number, value.time, value.actor,
            value.verb, value.requirement, value.release,
            canonical(dict(value.payload)), value.previous, value.hash)
