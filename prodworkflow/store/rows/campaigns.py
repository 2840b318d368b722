"""Rows of campaigns and their stages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from prodworkflow.domain.dates import day_or_none
from prodworkflow.domain.ledger.payloads import change_of, requirement_of
from prodworkflow.domain.model.campaign import (
    Campaign,
    Freeze,
    REMIND,
    SiteWord,
    Stage,
    WaiverRules,
)
from prodworkflow.domain.model.item_list import Group, ItemList
from prodworkflow.domain.model.known_issue import Concern, KnownIssue
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.state import State
from prodworkflow.store.rows.json_columns import (
    json_list,
    json_names,
    json_text,
    stored,
    stored_all,
)

CAMPAIGN = ('name', 'template', 'release_name', 'start', 'enforcement',
            'phase', 'released', 'launched', 'held_since', 'held_by',
            'held_because', 'freeze_rule', 'changed', 'template_version',
            'moved', 'deputies', 'waiver_rules', 'site_words', 'newcomers',
            'remind')


# Of a campaign, too, but beside it in a state: see `beside`.
BESIDE = ('item_lists', 'item_groups', 'dropped', 'known_issues',
          'concerns')


STAGE = ('stage', 'number', 'title', 'milestone', 'due', 'closed',
         'reopened')


def day_text(value: date | None) -> str:
    """A calendar day as it is stored: ISO 8601, '' for none."""
    return value.isoformat() if value else ''


def campaign(row: Sequence[Any]) -> Campaign:
    """A campaign from its row."""
    (name, template, release, start, enforcement, phase, released, launched,
     held_since, held_by, held_because, freeze, changed,
     template_version, moved, deputies, waivers, words, newcomers,
     remind) = row
    return Campaign(name or '', template or '', release or '',
                    day_or_none(start),
                    enforcement or '', phase or '', int(released or 0),
                    int(launched or 0), int(held_since or 0), held_by or '',
                    held_because or '', stored(freeze, Freeze.of),
                    stored(changed, change_of), int(template_version or 0),
                    stored(moved, change_of),
                    tuple(Deputy.of(d) for d in json_list(deputies)),
                    stored(waivers, WaiverRules.of),
                    tuple(SiteWord.of(w) for w in json_list(words)),
                    json_names(name or '', 'newcomers', newcomers or '[]'),
                    tuple(json.loads(remind)) if remind else REMIND)


def campaign_row(value: Campaign) -> tuple[Any, ...]:
    """The row of a campaign."""
    return (value.name, value.template, value.release, day_text(value.start),
            value.enforcement, value.phase, value.released, value.launched,
            value.held_since, value.held_by, value.held_because,
            json_text(value.freeze), json_text(value.changed),
            value.template_version, json_text(value.moved),
            json_text(value.deputies), json_text(value.waivers),
            json_text(value.words), json_text(value.newcomers),
            json_text(value.remind))


def beside(row: Sequence[Any]) -> dict[str, tuple]:
    """The lists, groups and dropped requirements of a campaign's row."""
    lists, groups, dropped, issues, concerns = row
    return {'lists': stored_all(lists, ItemList.of),
            'groups': stored_all(groups, Group.of),
            'dropped': stored_all(dropped, requirement_of),
            'known_issues': stored_all(issues, KnownIssue.of),
            'concerns': stored_all(concerns, lambda found: Concern(**found))}


def beside_of(value: State) -> tuple[tuple, ...]:
    """The lists, groups and dropped requirements of a state."""
    return (value.lists, value.groups, value.dropped, value.known_issues,
            value.concerns)


def beside_row(value: State) -> tuple[Any, ...]:
    """The columns of a state's lists, groups and dropped requirements."""
    return tuple(json_text(nouns) if nouns else ''
                 for nouns in beside_of(value))


def stage(row: Sequence[Any]) -> Stage:
    """A stage from its row."""
    key, number, title, milestone, due, closed, reopened = row
    return Stage(key, int(number), title, milestone, day_or_none(due),
                 bool(closed), bool(reopened))


def stage_row(value: Stage) -> tuple[Any, ...]:
    """The row of a stage."""
    return (value.key, value.number, value.title, value.milestone,
            day_text(value.due), int(value.closed), int(value.reopened))
