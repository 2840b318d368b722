"""Effects on the words of the site: what may enter a freeze, renamed words."""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.campaign import Freeze, with_renaming
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message


def freeze_changed(state: State, entry: Entry) -> State:
    """Let other types and priorities enter after the freeze.

    ValueError where the campaign has none.
    """
    return _with_freeze(state, tuple(entry.payload['types']),
                        entry.payload['priority'])


def word_renamed(state: State, entry: Entry) -> State:
    """Follow a word that Trac has renamed: in the freeze, and from now on."""
    payload, campaign = entry.payload, state.campaign
    field, was, now = payload['field'], payload['was'], payload['word']
    known = replace(state, campaign=replace(
        campaign, words=with_renaming(campaign.words, field, was, now)))
    freeze = campaign.freeze
    if freeze is None:
        return known
    if field == 'type':
        return _with_freeze(known, tuple(
            now if t == was else t for t in freeze.types), freeze.priority)
    if (field, freeze.priority) == ('priority', was):
        return _with_freeze(known, freeze.types, now)
    return known


def _with_freeze(state: State, types: tuple[str, ...],
                 priority: str) -> State:
    freeze: Freeze | None = state.campaign.freeze
    if freeze is None:
        raise ValueError(Message('the campaign has no freeze'))
    return replace(state, campaign=replace(state.campaign, freeze=replace(
        freeze, types=types, priority=priority)))
