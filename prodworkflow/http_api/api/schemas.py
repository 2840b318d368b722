"""JSON schemas of what the API takes and gives."""

from __future__ import annotations

from typing import Any

from prodworkflow.domain.model.vocabulary import Enforcement, Verdict
from prodworkflow.domain.template.list_checks import REQUIREMENTS_MAX
from prodworkflow.http_api.api.operation import Schema

# Names in requests: of templates, releases, logins, requirements.
NAME_MAX = 200
WORDS_MAX = 10000
ADDRESS_MAX = 2000
# In an address, of which some web servers take no more than 4094 bytes: a
# character may take twelve of them.
WORD_MAX, LINE_MAX, ASSUMED_MAX = 80, 300, 160
ITEMS_MAX = 1000
TEXT: Schema = {'type': 'string'}
WHOLE: Schema = {'type': 'integer'}
FLAG: Schema = {'type': 'boolean'}
LINES: Schema = {'type': 'array', 'items': TEXT}
NAME: Schema = {'type': 'string', 'maxLength': NAME_MAX}
WORDS: Schema = {'type': 'string', 'maxLength': WORDS_MAX}
WORD: Schema = {'type': 'string', 'maxLength': WORD_MAX}
LINE: Schema = {'type': 'string', 'maxLength': LINE_MAX}
ASSUMED: Schema = {'type': 'string', 'maxLength': ASSUMED_MAX,
                   'pattern': '^[a-z0-9-]+:(approved|rejected|withdrawn)$'}
LOGINS: Schema = {'type': 'array', 'items': NAME, 'maxItems': ITEMS_MAX}


def by_name(each: Schema, most: int = ITEMS_MAX) -> Schema:
    """An object whose members are all alike, under any names."""
    return {'type': 'object', 'additionalProperties': each,
            'maxProperties': most,
            'propertyNames': {'maxLength': NAME_MAX}}


VALUES = by_name({'type': ['string', 'number'], 'maxLength': NAME_MAX})
LINKS = by_name({'type': 'string', 'maxLength': ADDRESS_MAX})
OPTIONAL_TEXT: Schema = {'type': ['string', 'null']}
OPTIONAL_WHOLE: Schema = {'type': ['integer', 'null']}
PLOT: Schema = {
    'type': 'object', 'required': ['plot', 'reference'],
    'properties': {'plot': NAME, 'reference': NAME}}
SAID = tuple(v.value for v in (
    Verdict.APPROVED, Verdict.REJECTED, Verdict.WITHDRAWN, Verdict.OBJECTED,
    Verdict.ANSWERED))


def taken(*required: str, **members: Schema) -> Schema:
    """A document that is sent: these members and no others."""
    return {'type': 'object', 'properties': members,
            'required': list(required), 'additionalProperties': False}


def given(**members: Schema) -> Schema:
    """An object that is answered; it has these members, and perhaps more."""
    return {'type': 'object', 'properties': members,
            'required': list(members)}


def listed(item: Schema) -> Schema:
    """A list that comes by pages."""
    return {'type': 'array', 'items': item}


# What is blank is refused in the words of the pages.
REASON = taken('reason', reason={**WORDS, 'pattern': r'\S'})
NEW_CAMPAIGN = taken(
    'name', name=NAME, template=NAME, release=NAME, start=NAME,
    enforcement={**TEXT, 'enum': [e.value for e in Enforcement]},
    contacts=by_name(LOGINS, REQUIREMENTS_MAX),
    quorums=by_name({**WHOLE, 'minimum': 1, 'maximum': 99},
                    REQUIREMENTS_MAX),
    lists={**TEXT, 'maxLength': 100000}, unknown_contacts=FLAG)
NEW_SIGNOFF = taken(
    'verdict', verdict={**TEXT, 'enum': list(SAID)}, statement=WORDS,
    values=VALUES, links=LINKS,
    plots=by_name(PLOT))
NEW_EVIDENCE = taken(values=VALUES, links=LINKS, statement=WORDS)
NEW_WAIVER = taken(
    'requirement', 'reason', 'until', requirement=NAME, reason=NAME,
    until=NAME, statement=WORDS,
    bounds=by_name(taken(at_least=NAME, at_most=NAME)))

HELD: Schema = {
    'type': ['object', 'null'], 'properties': {
        'by': TEXT, 'because': TEXT, 'since': TEXT}}
STAGE = given(key=TEXT, number=WHOLE, title=TEXT, milestone=TEXT,
              due=OPTIONAL_TEXT, open=FLAG, closed=FLAG, needed=WHOLE,
              signed=WHOLE, waived=WHOLE, missing=WHOLE)
CAMPAIGN = given(
    name=TEXT, template=TEXT, release=TEXT, start=OPTIONAL_TEXT,
    enforcement=TEXT, phase=TEXT, revision=WHOLE, launched=OPTIONAL_TEXT,
    held=HELD, open=FLAG, passes=FLAG, verdict=TEXT, url=TEXT,
    stages=listed(STAGE))
CAMPAIGN_LINE = given(name=TEXT, phase=TEXT, href=TEXT, url=TEXT)
DECISION = given(
    campaign=TEXT, release=TEXT, enforcement=TEXT, revision=WHOLE,
    asked=TEXT, gate=TEXT, open=FLAG, passes=FLAG, phase=TEXT, held=HELD,
    verdict=TEXT, reasons=LINES, veiled=FLAG, stages=listed(given(key=TEXT)))
REQUIREMENT = given(
    key=TEXT, stage=TEXT, title=TEXT, ticket=OPTIONAL_WHOLE, answer=TEXT,
    reason=OPTIONAL_TEXT, words=TEXT, quorum=WHOLE, signed_by=LINES,
    contacts=LINES, awaits=LINES, evidence=listed(given(name=TEXT)))
SIGNOFF = given(
    entry=WHOLE, requirement=TEXT, verdict=TEXT, signer=TEXT, contact=TEXT,
    role=TEXT, release=TEXT, time=TEXT, statement=TEXT,
    evidence=listed(given(kind=TEXT, name=TEXT, given=TEXT, sha256=TEXT)))
EVIDENCE = given(requirement=TEXT, kind=TEXT, name=TEXT, title=TEXT,
                 asked=TEXT, given=OPTIONAL_TEXT, by=OPTIONAL_TEXT,
                 fault=OPTIONAL_TEXT, fault_reason=OPTIONAL_TEXT)
REPORTED = given(
    requirement=TEXT, evidence=listed(given(kind=TEXT, name=TEXT)),
    readings=listed(given(name=TEXT, value=TEXT)))
WAIVER = given(
    requirement=TEXT, ticket=OPTIONAL_WHOLE, reason=TEXT, until=TEXT,
    bounds=listed(given(name=TEXT, at_least=TEXT, at_most=TEXT)), by=TEXT,
    because=TEXT, time=TEXT, entry=WHOLE, in_force=FLAG, words=TEXT)
KNOWN_ISSUE = given(ticket=WHOLE, stage=TEXT, by=TEXT, because=TEXT,
                    until=TEXT, entry=WHOLE, in_force=FLAG, words=TEXT)
ENTRY = given(entry=WHOLE, time=TEXT, actor=TEXT, verb=TEXT, words=TEXT,
              requirement=TEXT, stage=TEXT, ticket=OPTIONAL_WHOLE,
              release=TEXT, hash=OPTIONAL_TEXT)
HOLD = given(campaign=TEXT, phase=TEXT, revision=WHOLE, held=HELD,
             open=FLAG, verdict=TEXT)
TEMPLATE = given(name=TEXT, version=WHOLE, title=TEXT, sha256=TEXT,
                 author=TEXT, time=OPTIONAL_TEXT, reason=TEXT)
PROBLEM: dict[str, Any] = {
    'type': 'object', 'required': ['type', 'title', 'status'],
    'properties': {
        'type': TEXT, 'title': TEXT, 'status': WHOLE, 'detail': TEXT,
        'reasons': LINES, 'errors': listed(given(field=TEXT, detail=TEXT))}}
