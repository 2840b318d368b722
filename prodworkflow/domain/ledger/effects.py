"""Effects: how each verb of the ledger changes the state (the reducers).

The effect of a verb never changes: docs/development/ledger.rst.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable

from prodworkflow.domain.dates import day_or_none
from prodworkflow.domain.ledger.creation import created
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.evidence_basis import attachment_changed
from prodworkflow.domain.ledger.membership import MEMBERSHIP
from prodworkflow.domain.ledger.reducers import verdicts
from prodworkflow.domain.ledger.reducers.concerns import (
    reopening_refused,
    ticket_counts,
    ticket_noted,
    without_objections,
)
from prodworkflow.domain.ledger.reducers.known_issues import (
    tolerated,
    toleration_ended,
)
from prodworkflow.domain.ledger.reducers.site_words import (
    freeze_changed,
    word_renamed,
)
from prodworkflow.domain.ledger.reducers.verdicts import changed_requirement
from prodworkflow.domain.ledger.releases import release_renamed, released
from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Phase, Verdict

BEFORE_LAUNCH = (Phase.UNDERWAY.value, Phase.OVER.value)


def _campaign(state: State, **changes: Any) -> State:
    return replace(state, campaign=replace(state.campaign, **changes))


def _removed(state: State, entry: Entry) -> State:
    """Forget everything but the campaign itself."""
    return State(replace(state.campaign, phase=Phase.REMOVED.value))




def _held(state: State, entry: Entry) -> State:
    return _campaign(state, held_since=entry.time, held_by=entry.actor,
                     held_because=entry.payload['reason'])


def _resumed(state: State, entry: Entry) -> State:
    return without_objections(_campaign(state, held_since=0, held_by='',
                                        held_because=''))


def _launched(state: State, entry: Entry) -> State:
    return _campaign(state, launched=entry.time, phase=Phase.LAUNCHED.value)


def _ended(state: State, entry: Entry) -> State:
    return _campaign(state, phase=entry.verb)


def _enforced(state: State, entry: Entry) -> State:
    """Change the enforcement, and keep the one that it began with."""
    campaign, word = state.campaign, entry.payload['enforcement']
    first = campaign.changed.was if campaign.changed else campaign.enforcement
    return _campaign(state, enforcement=word,
                     changed=None if word == first else Change(
                         entry.actor, entry.time, first,
                         entry.payload['reason']))


def _rescheduled(state: State, entry: Entry) -> State:
    """Move the start and due dates, and keep the start planned first."""
    payload, campaign = entry.payload, state.campaign
    first = campaign.moved.was if campaign.moved else payload['was']
    moved = None if first in ('', payload['start']) else Change(
        entry.actor, entry.time, first, payload['reason'])
    stages = tuple(
        replace(s, due=day_or_none(payload['stages'][s.key]))
        if s.key in payload['stages'] else s for s in state.stages)
    own = payload.get('requirements', {})
    requirements = tuple(
        replace(r, due=day_or_none(own[r.key])) if r.key in own else r
        for r in state.requirements)
    return replace(_campaign(state, start=day_or_none(payload['start']),
                             moved=moved), stages=stages,
                   requirements=requirements)




def _closed_unsigned(state: State, entry: Entry) -> State:
    return changed_requirement(state, entry, seen=entry.payload['seen'],
                               unsigned=True)


def _seen(state: State, entry: Entry) -> State:
    return changed_requirement(state, entry, seen=entry.payload['seen'],
                               unsigned=False)


def _moved_on(state: State, entry: Entry) -> State:
    """Leave what was signed, for the ticket is still done."""
    return changed_requirement(state, entry, seen=entry.payload['seen'])


def _restored(state: State, entry: Entry) -> State:
    """Close as met; a closing inside its waiver stays unsigned."""
    payload = entry.payload
    return changed_requirement(state, entry, seen=payload['seen'],
                               unsigned=payload.get('unsigned', False))


def _ticket_missing(state: State, entry: Entry) -> State:
    return changed_requirement(state, entry, ticket=None)


def _ticket_replaced(state: State, entry: Entry) -> State:
    payload = entry.payload
    return changed_requirement(state, entry, ticket=payload['ticket'],
                               ticket_time=payload['ticket_time'],
                               seen=payload['ticket_time'], since=entry.number,
                               unsigned=False, objection=None, files=())


def _stage(state: State, entry: Entry, **changes: Any) -> State:
    """Change a stage; before the launch, the phase follows the stages."""
    key = entry.payload['stage']
    state.stage(key)
    stages = tuple(replace(s, **changes) if s.key == key else s
                   for s in state.stages)
    changed = replace(state, stages=stages)
    if state.campaign.phase not in BEFORE_LAUNCH:
        return changed
    over = all(s.closed for s in stages)
    return _campaign(changed, phase=(Phase.OVER if over
                                     else Phase.UNDERWAY).value)


def _stage_closed(state: State, entry: Entry) -> State:
    return _stage(state, entry, closed=True, reopened=False)


def _stage_reopened(state: State, entry: Entry) -> State:
    return _stage(state, entry, closed=False,
                  reopened=entry.payload.get('by_rules', False))


def _stage_renamed(state: State, entry: Entry) -> State:
    return _stage(state, entry, milestone=entry.payload['milestone'])


def _told(state: State, entry: Entry) -> State:
    """No effect on the state: kept for the history.

    The rules read the fact from Trac.
    """
    return state


EFFECTS: dict[str, Callable[[State, Entry], State]] = {
    'created': created, 'removed': _removed,
    Verdict.APPROVED.value: verdicts.approved,
    Verdict.REJECTED.value: verdicts.verdict,
    Verdict.WITHDRAWN.value: verdicts.verdict,
    Verdict.REPORTED.value: verdicts.verdict,
    Verdict.WAIVED.value: verdicts.verdict,
    Verdict.OBJECTED.value: verdicts.objected,
    Verdict.ANSWERED.value: verdicts.answered,
    'released': released,
    'release-renamed': release_renamed,
    'held': _held,
    'resumed': _resumed,
    'launched': _launched,
    Phase.CLOSED.value: _ended,
    Phase.ABANDONED.value: _ended,
    'enforcement-changed': _enforced,
    'rescheduled': _rescheduled,
    'freeze-changed': freeze_changed,
    'word-renamed': word_renamed,
    **MEMBERSHIP,
    'tolerated': tolerated,
    'toleration-ended': toleration_ended,
    verdicts.UNSIGNED: _closed_unsigned,
    'reopened': _seen,
    'moved-on': _moved_on,
    'restored': _restored,
    'attachment-changed': attachment_changed,
    'ticket-missing': _ticket_missing,
    'ticket-replaced': _ticket_replaced,
    'stage-closed': _stage_closed,
    'stage-reopened': _stage_reopened,
    'stage-renamed': _stage_renamed,
    'milestone-missing': _stage_reopened,
    'milestone-restored': _told,
    'ticket-moved': _told,
    'ticket-entered': ticket_counts,
    'ticket-left': ticket_counts,
    'ticket-noted': ticket_noted,
    'reopening-refused': reopening_refused,
    'ticket-turned-away': _told,
    'refused': _told,
    'passed': _told,
}


VERBS = tuple(EFFECTS)
