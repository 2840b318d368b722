"""Section *History*: the entries of the ledger, newest first."""

from __future__ import annotations

from typing import Any

from trac.web.api import HTTPBadRequest

from prodworkflow.domain.views.meeting.history_filter import (
    HistoryFilter,
    kinds,
    people,
)
from prodworkflow.domain.views.meeting.kinds import Kind, mark_of
from prodworkflow.translation import _
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.meeting.addresses import (
    asked,
    beginning,
    day_asked,
    kept,
)

SHOWN = 8
FILTERS = ('what', 'who', 'stage', 'item', 'from')
ALL = 'all'


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    typed, choices = asked(page.req), _choices(page)
    chosen = _filter(page, typed, choices).chosen(page.history)
    whole = _whole(typed)
    return {'events': chosen if whole else chosen[:SHOWN],
            'more': 0 if whole else max(len(chosen) - SHOWN, 0),
            'all': kept(page.req, history=ALL), 'choices': choices,
            'typed': typed, 'mark_of': mark_of,
            'filtered': any(name in typed for name in FILTERS),
            'others': kept(page.req, *FILTERS),
            'count': len(page.history)}


def _choices(page: PageContext) -> dict[str, dict[str, str]]:
    """What each list offers: values and what they are called."""
    state = page.told.decision.snapshot.state
    return {
        'what': {k.value: k.words for k in kinds(page.history)},
        'who': {name: name for name in people(page.history)},
        'stage': {s.stage.key: s.stage.label for s in page.told.stages},
        'item': {i.key: i.name for each in state.lists
                 for i in (*each.items, *each.former)}}


def _filter(page: PageContext, typed: dict[str, str],
            choices: dict[str, dict[str, str]]) -> HistoryFilter:
    """The filter that an address asks for; 400 for what is no choice."""
    for name, known in choices.items():
        if typed.get(name) and typed[name] not in known:
            raise HTTPBadRequest(_(
                '%(name)s: the history of this campaign has no "%(text)s"; '
                'choose another one, or leave it out.', name=name,
                text=typed[name][:64]))
    start = day_asked(page.req, 'from')
    what = typed.get('what')
    return HistoryFilter(
        Kind(what) if what else None, typed.get('who', ''),
        typed.get('stage', ''), typed.get('item', ''),
        beginning(page.req, start) if start else 0)


def _whole(typed: dict[str, str]) -> bool:
    """Whether all events are asked for; 400 for another word."""
    word = typed.get('history', '')
    if word not in ('', ALL):
        raise HTTPBadRequest(_('history is "all", or left out.'))
    return word == ALL
