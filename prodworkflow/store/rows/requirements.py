"""Rows of requirements and their sign-offs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.dates import day_or_none
from prodworkflow.domain.ledger.payloads import (
    change_of,
    pairs_of,
    with_messages,
)
from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    FileFact,
    NOTHING_ASKED,
)
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.requirement import Objection, Requirement
from prodworkflow.domain.model.signoff import SignOff, Waiver
from prodworkflow.domain.text import Message
from prodworkflow.store.rows.campaigns import day_text
from prodworkflow.store.rows.json_columns import (
    json_list,
    json_names,
    json_text,
    stored,
)

REQUIREMENT = ('requirement', 'stage', 'title', 'ticket', 'ticket_time',
               'contacts', 'quorum', 'release_bound', 'seen', 'since',
               'unsigned_closing', 'deputies', 'separate_from', 'inputs',
               'asks', 'stale', 'carried', 'changed', 'item_group', 'item',
               'weight', 'due', 'rests_on', 'objection', 'files',
               'kept')


SIGNOFF = ('number', 'requirement', 'verdict', 'signer', 'role',
           'release_name', 'time', 'statement', 'contact', 'evidence',
           'waiver', 'waited', 'basis', 'persons')


def requirement(row: Sequence[Any]) -> Requirement:
    """A requirement from its row."""
    (key, in_stage, title, ticket, ticket_time, contacts, quorum, bound,
     seen, since, unsigned, deputies, separate_from, inputs, asks, stale,
     carried, changed, group, item, weight, due, rests_on, objection, files,
     kept) = row
    if int(quorum) < 1:
        raise ValueError(Message('quorum of %(key)s is %(quorum)s', key=key,
                                 quorum=quorum))
    return Requirement(
        key, in_stage, title, None if ticket is None else int(ticket),
        int(ticket_time), json_names(key, 'contacts', contacts), int(quorum),
        bool(bound), int(seen), int(since), bool(unsigned),
        tuple(Deputy.of(d) for d in json_list(deputies)),
        separate_from or '', json_names(key, 'inputs', inputs or '[]'),
        stored(asks, EvidenceSpec.of) or NOTHING_ASKED, int(stale or 0),
        json_names(key, 'releases', carried or '[]'),
        stored(changed, change_of),
        group or '', item or '', weight or '', day_or_none(due),
        rests_on=json_names(key, 'bases', rests_on or '[]'),
        objection=stored(objection, lambda found: Objection(**found)),
        files=tuple(FileFact(**f) for f in json_list(files)),
        kept=json_names(key, 'former contacts', kept or '[]'))


def requirement_row(value: Requirement) -> tuple[Any, ...]:
    """The row of a requirement."""
    return (value.key, value.stage, value.title, value.ticket,
            value.ticket_time, json_text(value.contacts), value.quorum,
            int(value.release_bound), value.seen, value.since,
            int(value.unsigned), json_text(value.deputies),
            value.separate_from, json_text(value.inputs),
            json_text(value.asks) if value.asks.anything else '',
            value.stale, json_text(value.carried), json_text(value.changed),
            value.group, value.item, value.weight, day_text(value.due),
            json_text(value.rests_on), json_text(value.objection),
            json_text(value.files), json_text(value.kept))


def signoff(row: Sequence[Any]) -> SignOff:
    """A sign-off from its row."""
    (number, key, verdict, signer, role, release, time, statement, contact,
     evidence, waiver, waited, basis, persons) = row
    return SignOff(int(number), key, verdict, signer, role, release or '',
                   int(time), statement or '', contact or '',
                   tuple(map(Evidence.of, json_list(evidence))),
                   stored(waiver, Waiver.of),
                   None if waited is None else int(waited),
                   stored(basis, pairs_of),
                   json_names(str(number), 'persons', persons or '[]'))


def signoff_row(value: SignOff) -> tuple[Any, ...]:
    """The row of a sign-off."""
    return (value.number, value.requirement, value.verdict, value.signer,
            value.role, value.release, value.time, value.statement,
            value.contact, json_text(tuple(
                with_messages(plain(e)) for e in value.evidence)),
            json_text(value.waiver), value.waited, json_text(value.basis),
            json_text(value.persons))
