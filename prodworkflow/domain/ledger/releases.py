"""Effects of `released` and `release-renamed` on a campaign's requirements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.state import State


def released(state: State, entry: Entry) -> State:
    """Move to a release: affected sign-offs are void, others carried over.

    Entries that do not name the `waivers` that lapse void all of them.
    """
    payload, campaign = entry.payload, state.campaign
    changes: dict[str, dict[str, Any]] = {
        key: {'stale': entry.number, 'carried': ()}
        for key in payload['stale']}
    for r in state.requirements:
        if r.key in payload['carried']:
            changes[r.key] = {'carried': _with_release(r.carried, state)}
        if r.key in payload['seen']:
            changes.setdefault(r.key, {})['seen'] = payload['seen'][r.key]
    voided = campaign.released if 'waivers' in payload else entry.number
    return _titled(replace(
        state, campaign=replace(campaign, release=payload['release'],
                                released=voided),
        requirements=tuple(replace(r, **changes.get(r.key, {}))
                           for r in state.requirements)), entry)


def release_renamed(state: State, entry: Entry) -> State:
    """Follow the new name of the present release; nothing is void."""
    return _titled(replace(
        state, campaign=replace(state.campaign,
                                release=entry.payload['release']),
        requirements=tuple(
            replace(r, carried=_with_release(r.carried, state))
            if r.release_bound else r for r in state.requirements)), entry)


def _with_release(carried: tuple[str, ...], state: State) -> tuple[str, ...]:
    """The releases whose sign-offs count, the present one last."""
    return tuple(dict.fromkeys((*carried, state.campaign.release)))


def _titled(state: State, entry: Entry) -> State:
    """Give requirements and groups the titles of the entry, by their keys."""
    titles = entry.payload.get('titles', {})
    return replace(
        state, requirements=tuple(
            replace(r, title=titles.get(r.key, r.title))
            for r in state.requirements),
        groups=tuple(replace(g, title=titles.get(g.key, g.title))
                     for g in state.groups))
